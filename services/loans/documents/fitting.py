"""How large a text can be set so that all of it is in its box: WeasyPrint does not make it smaller by itself.

Widths are estimated, never below those of DejaVu Sans, the widest of the fonts in use: a text that fits here fits on paper.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

MM_OF_A_POINT = 25.4 / 72
NARROW = frozenset("iljItfr.,:;'’|!()[]-/ \N{NO-BREAK SPACE}")
WIDE = frozenset("mwMWQOGD@%&#_")
BOLD = 1.14
"""How much wider bold letters are."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text that begins on a line of its own. `whole` ones are never broken, as a phone number is not."""

    text: str
    size: float
    bold: bool = False
    whole: bool = False


def height(parts: Iterable[Part], width: float, spacing: float) -> float | None:
    """How high these parts are below one another in a box of this width, in mm; None when one of them is too wide."""
    total = 0.0
    for part in parts:
        count = _lines(part, width)
        if part.whole and count > 1:
            return None
        total += count * part.size * MM_OF_A_POINT * spacing
    return total


def _lines(part: Part, width: float) -> int:
    """The lines of a part; a word that is longer than a line begins on a new one and is broken."""
    em = part.size * MM_OF_A_POINT * (BOLD if part.bold else 1)
    count, filled = 1, 0.0
    for word in part.text.split():
        length = em * sum(map(_width, word))
        if filled and filled + em * _width(" ") + length > width:
            count, filled = count + 1, 0.0
        if length > width:
            more = ceil(length / (width - em)) - 1
            count, filled = count + more, width
        else:
            filled += length + (em * _width(" ") if filled else 0)
    return count


def _width(sign: str) -> float:
    """In parts of the size of the type."""
    if sign in NARROW:
        return 0.46
    if unicodedata.category(sign) in ("Mn", "Cf"):
        return 0.0
    if sign in WIDE or ord(sign) > 0x24F:
        return 1.0
    return 0.8 if sign.isupper() else 0.68
