"""Figures behind the name of a secret: which are one, and which are a year, or so many of something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from common.detectors.password_words import UNITS

Kind = Literal["phrase", "password", "pin", "cvc", "wifi", "code"]
Link = Literal["none", "word", "strong", "quote"]

YEAR = re.compile(r"(?:19|20)\d\d")
_PIN_GROUPS = re.compile(r"\d{1,4}")


def is_number(word: str, later: Sequence[str], link: Link, kind: Kind) -> bool:
    """Whether these figures, and those behind them, are a secret of this kind."""
    digits = [word]
    for each in later:
        if not _PIN_GROUPS.fullmatch(each.strip(".")) or len("".join(digits)) >= 8:
            break
        digits.append(each.strip("."))
    next_word = next(iter(later[len(digits) - 1 :]), "").strip(".")
    if next_word in UNITS:
        return False
    number = re.sub(r"\D", "", "".join(digits))
    if kind == "wifi":
        return False
    if kind == "cvc":
        return 3 <= len(number) <= 8
    if kind == "pin":
        return 4 - (link != "none") <= len(number) <= 16
    if kind == "code":
        return 4 <= len(number) <= 8 and (link != "none" or not YEAR.fullmatch(number))
    return len(number) >= 4 - (link == "strong") and (
        link in ("strong", "quote") or not YEAR.fullmatch(number)
    )
