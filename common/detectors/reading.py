"""A text as the detectors read it: without what nobody sees, and with one sign for what looks alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from common.detectors.spoken import with_digits

_UNSEEN = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x20E3, 0x2800, 0x3164, 0xFFA0})
"""Fillers and joiners that are in other categories than Cf, and the box around a digit of an emoji."""

_LOOK_ALIKES = {0x3002: ".", 0x0306F: "o", 0x03BF: "o", 0x039F: "o", 0x043E: "o", 0x041E: "o"}
"""The full stop of Chinese, and the letters of other scripts that serve as a nought."""

_MOST_KEPT = 4096


class _Table(dict[int, str | None]):
    """What each character becomes, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        category = unicodedata.category(sign)
        becomes: str | None = sign
        if category == "Cf" or code in _UNSEEN or 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
            becomes = None
        elif category == "Cc" and not sign.isspace():
            becomes = " "
        elif category == "Nd":
            becomes = str(unicodedata.decimal(sign))
        elif code in _LOOK_ALIKES:
            becomes = _LOOK_ALIKES[code]
        if len(self) < _MOST_KEPT:
            self[code] = becomes
        return becomes


class _Marks(dict[int, str | None]):
    """Drops the accents of a decomposed text."""

    def __missing__(self, code: int) -> str | None:
        becomes = None if unicodedata.combining(chr(code)) else chr(code)
        if len(self) < _MOST_KEPT:
            self[code] = becomes
        return becomes


_TABLE, _MARKS = _Table(), _Marks()


def seen(text: str) -> str:
    """`text` without the characters that nobody sees, such as what a PDF or a web page pastes between words."""
    return text if text.isascii() and text.isprintable() else text.translate(_TABLE)


_BLANKS = re.compile(r"\s+")
_LONG_GAP = re.compile(r"[\W_]{5,}")
_GAP = re.compile(r"[\W_]+")
_NOUGHT = re.compile(r"(?<![^\W_])o(?=\d)|(?<=\d)o(?=\d)|(?<=\d\d)o(?![^\W_])")
_HAS_NOUGHT = re.compile(r"o\d|\do")
_ZERO_IN_BRACKETS = re.compile(r"\( ?0 ?\)")


_CLUSTER = re.compile(r"\d(?:[\W_]{0,4}+\d){7,}+")
"""Eight digits or more that stand together: no number that names somebody or opens something has fewer."""

_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Cluster:
    """Digits that stand together, what is before them, and the signs between and around them.

    `digits` has one blank where `signs` has up to four signs.
    """

    before: str
    signs: str
    digits: str


@dataclass(frozen=True)
class Reading:
    """One text in the forms in which it is searched."""

    typed: str

    @cached_property
    def text(self) -> str:
        """In lower case, with digits of any script as 0 to 9, and its accents."""
        return unicodedata.normalize("NFKC", seen(self.typed)).casefold()

    @cached_property
    def plain(self) -> str:
        """Without accents as well."""
        if self.text.isascii():
            return self.text
        return unicodedata.normalize("NFKD", self.text).translate(_MARKS)

    @cached_property
    def spoken(self) -> str:
        """With digits for numbers in words, and one blank for several."""
        text = _ZERO_IN_BRACKETS.sub(" ", _BLANKS.sub(" ", with_digits(self.plain)))
        return _NOUGHT.sub("0", text) if _HAS_NOUGHT.search(text) else text

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Each row of eight digits or more."""
        text, found, last = self.spoken, [], 0
        for match in _CLUSTER.finditer(text):
            before = text[max(last, match.start() - _BEFORE) : match.start()]
            last = match.end()
            found.append(Cluster(before, text[match.start() : last + 4], condensed(match[0])))
        return found


def condensed(text: str) -> str:
    """`text` with one blank for up to four signs between letters and digits; more signs keep them apart."""
    return _GAP.sub(" ", _LONG_GAP.sub(" x ", text))
