"""A stream that is compressed and encrypted in pieces, so that a backup of any size needs little memory.

AES-256-GCM over pieces of 1 MiB whose nonce is their number and whose last one is marked (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015): a piece that is changed, moved or missing is noticed, even at the end. The key is
derived from DIGIPUNT_DATA_KEY, which is needed anyway to read the personal fields inside, with a salt for each backup. The
format is in docs/adr/0009.
"""

from __future__ import annotations

import gzip
import io
import os
from collections.abc import Sequence
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from chassis.errors import DigipuntError

MAGIC = b"digipunt backup 1\n"
SALT = 16
PIECE = 1 << 20
TAG = 16
LAST = b"last"
WITHIN = b"more"


class Unreadable(DigipuntError):
    """The file is not a backup, is damaged, or was made with another key."""


class Encryptor:
    """Writes bytes, compressed and encrypted, to `out`; only a block that ends well makes a whole backup."""

    def __init__(self, out: IO[bytes], key: bytes) -> None:
        self._raw = _Encrypting(out, key)
        self._zip = gzip.GzipFile(fileobj=self._raw, mode="wb", compresslevel=4, mtime=0)

    def __enter__(self) -> IO[bytes]:
        return self._zip  # type: ignore[return-value]

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._zip.close()
        if kind is None:
            self._raw.finish()


def decrypted(source: IO[bytes], keys: Sequence[bytes]) -> IO[bytes]:
    """The bytes that an Encryptor wrote with one of `keys`.

    Reading raises Unreadable at the first piece that is not right, and EOFError when the compressed stream is cut off.
    """
    return gzip.GzipFile(fileobj=io.BufferedReader(_Decrypting(source, keys), PIECE), mode="rb")  # type: ignore[return-value]


class _Encrypting(io.RawIOBase):
    def __init__(self, out: IO[bytes], key: bytes) -> None:
        salt = os.urandom(SALT)
        out.write(MAGIC + salt)
        self._out = out
        self._cipher = _cipher(key, salt)
        self._pending = bytearray()
        self._number = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        written = bytes(data)  # type: ignore[call-overload]
        self._pending += written
        while len(self._pending) > PIECE:
            self._write_piece(self._pending[:PIECE], WITHIN)
            del self._pending[:PIECE]
        return len(written)

    def finish(self) -> None:
        """Write the last piece; without it the whole is not readable."""
        self._write_piece(self._pending, LAST)
        self._out.flush()

    def _write_piece(self, piece: bytes | bytearray, place: bytes) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number), bytes(piece), place))
        self._number += 1


class _Decrypting(io.RawIOBase):
    def __init__(self, source: IO[bytes], keys: Sequence[bytes]) -> None:
        head = _read(source, len(MAGIC) + SALT)
        if not head.startswith(MAGIC) or len(head) < len(MAGIC) + SALT:
            raise Unreadable("this is not a backup of Digipunt")
        self._source = source
        self._ciphers = [_cipher(key, head[len(MAGIC) :]) for key in keys]
        self._next = _read(source, PIECE + TAG)
        self._number = 0
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        if not self._ready and self._next:
            self._ready = memoryview(self._read_piece())
        view = memoryview(buffer)  # type: ignore[arg-type]
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _read_piece(self) -> bytes:
        piece, self._next = self._next, _read(self._source, PIECE + TAG)
        nonce, place = _nonce(self._number), WITHIN if self._next else LAST
        self._number += 1
        for cipher in self._ciphers:
            try:
                text = cipher.decrypt(nonce, piece, place)
            except InvalidTag:
                continue
            self._ciphers = [cipher]
            return text
        raise Unreadable(
            "the backup is damaged, cut off, or was made with another DIGIPUNT_DATA_KEY: give it the key of the"
            " deployment that made it"
        )


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"digipunt backup").derive(key))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _read(source: IO[bytes], size: int) -> bytes:
    """Exactly `size` bytes, or what is left; a pipe gives less at a time."""
    parts = bytearray()
    while len(parts) < size and (part := source.read(size - len(parts))):
        parts += part
    return bytes(parts)
