"""The hash of a PIN: scrypt, of which one takes 50 ms. It is computed in a thread, so that others are answered meanwhile.

However many sign in at once, at most half of the processors compute hashes: the others answer everybody else.

Four digits are tried out in minutes even so; that is why the hash is stored encrypted (`tables.helpers.pin`).
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from threading import BoundedSemaphore
from typing import TypeVar

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from chassis.green import in_thread

T = TypeVar("T")

AT_ONCE = max(1, (os.cpu_count() or 1) // 2)
COST = 2**14
SALT_BYTES = 16
LENGTH = 32

_turns = BoundedSemaphore(AT_ONCE)


def hashed(pin: str) -> dict[str, str]:
    """What is kept, encrypted, of a PIN."""
    salt = secrets.token_bytes(SALT_BYTES)
    digest = _in_turn(lambda: _scrypt(salt).derive(pin.encode()))
    return {"salt": salt.hex(), "scrypt": digest.hex()}


def fits(pin: str, kept: dict[str, str]) -> bool:
    """Whether this is the PIN, compared in constant time."""
    salt, digest = bytes.fromhex(kept["salt"]), bytes.fromhex(kept["scrypt"])

    def compare() -> bool:
        try:
            _scrypt(salt).verify(pin.encode(), digest)
        except InvalidKey:
            return False
        return True

    return _in_turn(compare)


def _in_turn(work: Callable[[], T]) -> T:
    with _turns:
        return in_thread(work)


def _scrypt(salt: bytes) -> Scrypt:
    return Scrypt(salt, LENGTH, n=COST, r=8, p=1)
