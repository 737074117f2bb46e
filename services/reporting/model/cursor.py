"""Where the next page of an answer begins: opaque to whoever holds it, and good for one question and one generation."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """After the cell of these codes, in the answer to `question` that these generations gave."""

    generations: list[int]
    question: str
    codes: tuple[str, ...]

    def text(self) -> str:
        """As it goes into an address."""
        whole = json.dumps([self.generations, self.question, self.codes], separators=(",", ":"))
        return base64.urlsafe_b64encode(whole.encode()).decode().rstrip("=")


def read(text: str) -> Cursor:
    """The cursor that was given out as `text`. Raises ValueError for anything else."""
    try:
        whole = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        generations, question, codes = whole
    except (binascii.Error, UnicodeDecodeError, TypeError) as error:
        raise ValueError("not a cursor") from error
    if not (_all(int, generations) and isinstance(question, str) and _all(str, codes)):
        raise ValueError("not a cursor")
    return Cursor(generations, question, tuple(codes))


def _all(kind: type, values: object) -> bool:
    return (
        isinstance(values, Sequence)
        and not isinstance(values, str)
        and all(type(each) is kind for each in values)
    )
