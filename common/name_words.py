"""Names as people compare them: `Łukasz` is `lukasz`, `D’Hondt` is `dhondt`, `Van den Broeck` is `vandenbroeck`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ø": "o",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ĸ": "k",
        "ɨ": "i",
        "ƀ": "b",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ß": "ss",
        "ĳ": "ij",
        "ŀ": "l",
        "ə": "e",
        **dict.fromkeys("ʼʻʹ", "'"),
    }
)
"""Letters that are no other letter with an accent, and signs that count as letters and serve as an apostrophe."""

_PARTICLES = frozenset(
    re.findall(
        r"\w+",
        """d de den der des du di da das dos del della degli la le les l van vande vanden vander von vom zu zur ter ten te
        tot op t s el al abd abu ben bin ibn bou ait o mac mc st ste sint saint""",
    )
)
"""What some write to the name behind it, and others apart from it."""


def without_accents(text: str) -> str:
    """Without case, accents or double spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in plain if not unicodedata.combining(each)).split())


def normalised(text: str) -> str:
    """A text as people compare it: without case, accents, double spaces or letters that keyboards here lack."""
    return without_accents(text).translate(_LETTERS)


def words(text: str, form: Callable[[str], str] = normalised) -> list[str]:
    """The words of a name in this form: `Van den Broeck, José` has four."""
    kept = "".join(each if each.isalnum() else " " for each in form(text))
    return sorted(set(kept.split()))


def joined_words(text: str) -> list[str]:
    """The words of a name with particles and hyphens written to them: `vandenbroeck` and `jose`."""
    found: list[str] = []
    before = ""
    for word in normalised(text).replace(",", " ").split():
        parts = "".join(each if each.isalnum() else " " for each in word).split()
        name = "".join(parts)
        if len(parts) == 1 and name in _PARTICLES:
            before += name
        elif name:
            found.append(before + name)
            before = ""
    return sorted({*found, before} - {""})
