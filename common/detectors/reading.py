"""A text as the detectors read it: without what nobody sees, and with one sign for what looks alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from common.detectors.spoken import with_digits
from common.detectors.unseen import MOST_KEPT, seen


class _Marks(dict[int, str | None]):
    """Drops the accents of a decomposed text."""

    def __missing__(self, code: int) -> str | None:
        becomes = None if unicodedata.combining(chr(code)) else chr(code)
        if len(self) < MOST_KEPT:
            self[code] = becomes
        return becomes


_MARKS = _Marks()


_BLANKS = re.compile(r"\s+")
_LONG_GAP = re.compile(r"[\W_]{5,}")
_GAP = re.compile(r"[\W_]+")
_NOUGHT = re.compile(r"(?<![^\W_])o(?=\d)|(?<=\d)o(?=\d)|(?<=\d\d)o(?![^\W_])")
_HAS_NOUGHT = re.compile(r"o\d|\do")
_ZERO_IN_BRACKETS = re.compile(r"\( ?0 ?\)")


_CLUSTER = re.compile(r"\d(?:[\W_]{0,4}+\d){7,}+")
"""Eight digits or more that stand together: no number that names somebody or opens something has fewer."""

_BEFORE, _AFTER = 60, 40


@dataclass(frozen=True, slots=True)
class Cluster:
    """Digits that stand together, what is before and after them, and the signs between and around them.

    `digits` has one blank where `signs` has up to four signs.
    """

    before: str
    signs: str
    digits: str
    after: str


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
            found.append(
                Cluster(
                    before, text[match.start() : last + 4], condensed(match[0]), text[last : last + _AFTER]
                )
            )
        return found


def condensed(text: str) -> str:
    """`text` with one blank for up to four signs between letters and digits; more signs keep them apart."""
    return _GAP.sub(" ", _LONG_GAP.sub(" x ", text))
