"""Personal fields are encrypted at rest under `DIGIPUNT_DATA_KEY`, and found by a blind index.

The setting may hold several keys with commas, newest first: the first one encrypts, all of them decrypt. To change the key,
put a new one before the old, restart, run `digipunt rotate-keys`, and remove the old one (docs/ops.md).

A blind index is a keyed hash of a normalised value: equal values can be matched without being read. Whoever has the
database but not the key can neither read a name nor test a guess.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chassis.errors import ConfigurationError, Unavailable
from common.name_words import normalised, without_accents


class Opens(Protocol):
    """What decrypts the data of somebody."""

    def decrypt(self, encrypted: str) -> dict[str, Any]: ...
    def decrypt_bytes(self, encrypted: str) -> bytes: ...


class FieldCipher:
    """Encrypts, decrypts and indexes personal fields under the keys of one deployment."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        """`keys` are those of the setting, newest first. Raises ConfigurationError when there is none."""
        if not keys:
            raise ConfigurationError(
                "DIGIPUNT_DATA_KEY is not set: personal data is stored encrypted only; give a random text of 32 characters"
                " or more"
            )
        self._newest = Fernet(_derived(keys[0], b"digipunt personal fields"))
        self._fernet = MultiFernet([Fernet(_derived(key, b"digipunt personal fields")) for key in keys])
        self._index_keys = [_derived(key, b"digipunt blind index") for key in keys]

    def encrypt(self, values: Mapping[str, Any]) -> str:
        """`values`, plain JSON, as text that only the keys decrypt (Fernet: AES-128-CBC with HMAC-SHA256)."""
        return self.encrypt_bytes(json.dumps(values, ensure_ascii=False).encode())

    def decrypt(self, encrypted: str) -> dict[str, Any]:
        """The values that were encrypted. Raises Unavailable when none of the keys fits."""
        values: dict[str, Any] = json.loads(self.decrypt_bytes(encrypted))
        return values

    def encrypt_bytes(self, content: bytes) -> str:
        """A document, as text that only the keys decrypt."""
        return self._fernet.encrypt(content).decode()

    def decrypt_bytes(self, encrypted: str) -> bytes:
        """The document that was encrypted. Raises Unavailable when none of the keys fits."""
        try:
            return self._fernet.decrypt(encrypted)
        except InvalidToken:
            raise Unavailable(
                "dataKeyMissing",
                retry_after=600,
            ) from None

    def is_current(self, encrypted: str) -> bool:
        """Whether the newest key encrypted it."""
        try:
            self._newest.decrypt(encrypted)
        except InvalidToken:
            return False
        return True

    def blind_index(self, kind: str, value: str) -> str:
        """The blind index of a value, to store beside the row; `kind` separates, say, phone numbers from names."""
        return _blind_index(self._index_keys[0], kind, value)

    def blind_indexes(self, kind: str, value: str) -> list[str]:
        """The blind indexes that rows with this value may have: under older keys, or as earlier checkouts made them."""
        forms = dict.fromkeys((normalised(value), without_accents(value)))
        return [_digest(key, kind, form) for key in self._index_keys for form in forms]


def _blind_index(key: bytes, kind: str, value: str) -> str:
    return _digest(key, kind, normalised(value))


def _digest(key: bytes, kind: str, form: str) -> str:
    digest = hmac.new(key, f"{kind}\0{form}".encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest[:18]).decode()


def _derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose only (HKDF, RFC 5869), in the format of Fernet."""
    return urlsafe_b64encode(HKDF(SHA256(), 32, None, purpose).derive(key))
