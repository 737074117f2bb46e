"""An address laid out for the window of an envelope, so that every sign of it is on paper: in smaller type, on more lines.

Widths are those of DejaVu Sans, in thousandths of the size of the type; a sign that is not listed counts as the widest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

WIDTH, HEIGHT = 71.0, 20.0
"""Millimetres that are in the window wherever the sheet has slid to (`letters`)."""

MARGIN = 0.4
"""Millimetres left free on the right and below, for what a renderer rounds."""

SIZES = (11.0, 10.0, 9.5, 9.0, 8.0, 7.0)
"""Points, the largest first; the least that eyes and sorting machines read."""

LEADING = 1.15
READABLE = 9.0
"""Points down to which a part is rather set smaller than broken in two."""

POINT = 25.4 / 72

_BREAK = re.compile(r"\s+(?!\d|\(?(?:bus|boîte|bte|box|b)\b)", re.IGNORECASE)
"""Where a line may end: not before a house number or a box."""

_FIRST = 32
_ASCII = (
    "318 401 460 838 636 950 780 275 390 390 500 838 318 361 318 337 636 636 636 636 636 636 636 636 636 636 337 337 838 "
    "838 838 531 1000 684 686 698 770 632 575 775 752 295 295 656 557 863 748 787 603 787 695 635 611 732 684 989 685 611 "
    "685 390 337 390 838 500 500 613 635 550 635 615 352 635 634 278 278 579 278 974 634 612 635 635 411 521 392 634 592 "
    "818 592 592 525 636 337 636 838"
)
_WIDTHS = {chr(_FIRST + number): int(width) for number, width in enumerate(_ASCII.split())}
_WIDTHS |= {"’": 318, "‘": 318, "ß": 630, "ø": 612, "Ø": 787, "æ": 982, "Æ": 974, "œ": 1023, "Œ": 1070}
_WIDTHS |= {"ł": 284, "Ł": 562, "đ": 635, "Đ": 775, "–": 500, "·": 318, "°": 500, "ı": 278}
_WIDEST = 1000


@dataclass(frozen=True, slots=True)
class Laid:
    """An address as it is printed: its lines, and the size of its type in points."""

    lines: list[str]
    size: float


def lay_out(parts: Sequence[str]) -> Laid | None:
    """The parts of an address, each from a line of its own, in the largest type that fits; None when none does."""
    parts = [" ".join(part.split()) for part in parts if part.strip()]
    laid = [each for size in SIZES if (each := _in_type(parts, size))]
    unbroken = (each for each in laid if len(each.lines) == len(parts) and each.size >= READABLE)
    return next(unbroken, laid[0] if laid else None)


def _in_type(parts: Sequence[str], size: float) -> Laid | None:
    room = (WIDTH - MARGIN) / (size * POINT) * 1000
    lines = [line for part in parts for line in _wrapped(part, room)]
    # One word that is wider than the window is broken in the smallest type only.
    whole = size == SIZES[-1] or all(_width(word) <= room for part in parts for word in part.split())
    fits = len(lines) * size * POINT * LEADING <= HEIGHT - MARGIN
    return Laid(lines, size) if whole and fits else None


def _wrapped(text: str, room: float) -> list[str]:
    lines: list[str] = []
    line = ""
    parts = ([part] if _width(part) <= room else part.split() for part in _BREAK.split(text))
    for word in chain.from_iterable(parts):
        longer = f"{line} {word}".strip()
        if _width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while _width(line) > room:
            fits = max(end for end in range(1, len(line)) if end == 1 or _width(line[:end]) <= room)
            lines.append(line[:fits])
            line = line[fits:]
    return [*lines, line] if line else lines


def _width(text: str) -> int:
    return sum(map(_width_of, unicodedata.normalize("NFC", text)))


def _width_of(char: str) -> int:
    base = unicodedata.normalize("NFKD", char)[0]
    if unicodedata.combining(char):
        return 0
    return _WIDTHS.get(char) or _WIDTHS.get(base, _WIDEST)
