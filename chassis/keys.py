"""The keys of the local issuer: Ed25519 (RFC 8037), so that whoever checks tokens cannot make any.

The private key is derived from `DIGIPUNT_SIGNING_KEY` (HKDF, RFC 5869), which only those have who make tokens; all others have
public keys in `DIGIPUNT_VERIFY_KEYS`: two while the key is changed. A token names its key by an id that follows from the public
key, and counts only when that key is among those of the settings.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # Loaded with the first token: it knows all kinds of certificates, and every start would wait.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ALGORITHM = "EdDSA"
PURPOSE = b"digipunt tokens ed25519"
PUBLIC_BYTES = 32


def public_key(secret: bytes) -> str:
    """The public key of a signing key, as `DIGIPUNT_VERIFY_KEYS` takes it: base64url of its 32 bytes."""
    return base64.urlsafe_b64encode(_private_key(secret).public_key().public_bytes_raw()).decode().rstrip("=")


def read_public_key(text: str) -> bytes:
    """The 32 bytes of a public key. Raises ValueError for anything else."""
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(raw) != PUBLIC_BYTES or base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
        raise ValueError("a public key is 32 bytes in base64url")
    return raw


def known_keys(secret: bytes | None, public: Iterable[str]) -> Mapping[str, Ed25519PublicKey]:
    """The keys under which a token may be signed, by their id: those that were given, and that of the own signing key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    texts = [*public, *([public_key(secret)] if secret else [])]
    return {key_id(text): Ed25519PublicKey.from_public_bytes(read_public_key(text)) for text in texts}


def named(known: Mapping[str, Ed25519PublicKey], token: str) -> Ed25519PublicKey:
    """The key that a token names. Raises jwt.InvalidTokenError for one that is not known."""
    import jwt

    found = known.get(str(jwt.get_unverified_header(token).get("kid")))
    if found is None:
        raise jwt.InvalidTokenError("signed with a key that is not known")
    return found


def key_id(public: str) -> str:
    """What a token says of its key (`kid`)."""
    return hashlib.sha256(read_public_key(public)).hexdigest()[:16]


def sign(secret: bytes, claims: Mapping[str, Any]) -> str:
    """`claims` as a JWT of the local issuer."""
    import jwt

    token: str = jwt.encode(
        dict(claims), _private_key(secret), algorithm=ALGORITHM, headers={"kid": key_id(public_key(secret))}
    )
    return token


@lru_cache(maxsize=8)
def _private_key(secret: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return Ed25519PrivateKey.from_private_bytes(HKDF(SHA256(), 32, None, PURPOSE).derive(secret))
