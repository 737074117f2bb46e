"""Digits that are written as words, in Dutch, French and English: `nul vier zeven nul twaalf vierendertig …`."""

from __future__ import annotations

import re
from functools import cache

_UNITS = (
    """nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien
    negentien""",
    """zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
    dix-neuf""",
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen""",
)
_TENS = (
    "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "vingt trente quarante cinquante soixante septante quatre-vingt nonante",
    "twenty thirty forty fifty sixty seventy eighty ninety",
)
_DUTCH, _FRENCH, _ENGLISH = range(3)

_LEAST = 5
"""Words in a row that make a number; fewer are a count of things."""

_MOST_SIGNS = 4
"""Signs between two words of a row."""

_NOUGHT = re.compile(r"\b(?:nul|zero|oh)\b")
"""A number that somebody can be called on, or is known by, hardly ever is without one."""

_PIECE = re.compile(r"[a-z]+(?:-[a-z]+)*+|\d+")
_AND = frozenset(("en", "et", "and"))


@cache
def _values() -> dict[str, int]:
    """Each word from nought to ninety-nine, with its value."""
    found = {"oh": 0, "une": 1, "quatre-vingts": 80}
    for language, (units, tens) in enumerate(zip(_UNITS, _TENS, strict=True)):
        ones = units.split()
        found |= {word: value for value, word in enumerate(ones)}
        for ten, word in enumerate(tens.split(), 2):
            found[word] = 10 * ten
            for one in range(1, 10):
                both = f"{ones[one]}en{word}" if language == _DUTCH else f"{word}-{ones[one]}"
                found[both] = 10 * ten + one
        if language == _FRENCH:
            for more in range(10, 20):
                found[f"soixante-{ones[more]}"] = 60 + more
                found[f"quatre-vingt-{ones[more]}"] = 80 + more
    return found


@cache
def _open_tens() -> dict[str, range]:
    """The words after which another one may add to the same number: `trente quatre`."""
    tens = {word: range(1, 10) for language in (_FRENCH, _ENGLISH) for word in _TENS[language].split()}
    return tens | {"soixante": range(1, 20), "quatre-vingt": range(1, 20)}


def with_digits(text: str) -> str:
    """`text` with the digits for the words of a number; a text without such a number as it is."""
    if _NOUGHT.search(text) is None:
        return text
    values, at = _values(), 0
    shown: list[str] = []
    row: list[re.Match[str]] = []

    def settle() -> None:
        nonlocal at
        if len(row) >= _LEAST and not all(each[0].isdigit() for each in row):
            shown.extend((text[at : row[0].start()], " ".join(_numbers(row))))
            at = row[-1].end()
        row.clear()

    for piece in _PIECE.finditer(text):
        word = piece[0]
        if row and word in _AND:
            continue
        if row and piece.start() - row[-1].end() > _MOST_SIGNS + len("and"):
            settle()
        if word.isdigit() or word in values:
            row.append(piece)
        else:
            settle()
    settle()
    return "".join(shown) + text[at:]


def _numbers(row: list[re.Match[str]]) -> list[str]:
    found: list[str] = []
    room = range(0)
    for piece in row:
        word = piece[0]
        value = _values().get(word)
        if value is not None and value in room:
            found[-1] = str(int(found[-1]) + value)
            room = range(0)
        else:
            found.append(word if value is None else str(value))
            room = _open_tens().get(word, range(0))
    return found
