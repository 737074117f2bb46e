"""Codes that people read from paper and type: visitor cards and references of registrations.

Five random characters and a check character, written `K7Q4-2M`. No letter or digit has a look-alike in the alphabet.
"""

from __future__ import annotations

from collections.abc import Callable

ALPHABET = "234679ACDEFHJKMNPQRTWXY"
"""23 characters, a prime, without 0 O, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V."""

_BASE = 11
"""A primitive root of 23: its powers all differ, so each single wrong character and each swap of two shows."""


def new_code(below: Callable[[int], int]) -> str:
    """A new code; `below(n)` draws a number under n, as `secrets.randbelow` does."""
    drawn = [below(len(ALPHABET)) for _ in range(5)]
    check = -_folded(drawn) * _BASE % len(ALPHABET)
    return _written("".join(ALPHABET[value] for value in [*drawn, check]))


def read_code(text: str) -> str | None:
    """The code that was meant, however it was typed; None when it cannot be one."""
    compact = "".join(character for character in text.upper() if character.isalnum())
    values = [ALPHABET.find(character) for character in compact]
    if len(values) != 6 or min(values) < 0 or _folded(values):
        return None
    return _written(compact)


def _folded(values: list[int]) -> int:
    total = 0
    for value in values:
        total = (total * _BASE + value) % len(ALPHABET)
    return total


def _written(compact: str) -> str:
    return f"{compact[:4]}-{compact[4:]}"
