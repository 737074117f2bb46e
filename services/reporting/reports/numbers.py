"""Numbers as people write them in each language, and as a CSV has them."""

from __future__ import annotations

from services.reporting.reports.parts import AS_IT_IS, Cell, Number

_MARKS = {"nl": (".", ","), "fr": ("\N{NARROW NO-BREAK SPACE}", ","), "en": (",", ".")}
"""Between thousands, and before decimals."""

PROVISIONAL = "p"
"""Said once for a whole report, so not beside each number."""


def written(cell: Cell, language: str) -> str:
    """Such as “1.442”, “71 %”, “486 [e]”, or “[x]” where there is no number."""
    sign = sign_of(cell)
    if cell.value is None:
        return sign
    text = number(cell.value, language, share=cell.unit == "share", decimals=cell.unit == "mean")
    return f"{text} {sign}" if sign else text


def sign_of(cell: Cell) -> str:
    """The sign to write beside, or in the place of, its number; '' when it needs none."""
    if cell.status == AS_IT_IS or (cell.status == PROVISIONAL and cell.value is not None):
        return ""
    return f"[{cell.status}]"


def number(value: Number, language: str, *, share: bool = False, decimals: bool = False) -> str:
    """A number with the marks of the language; a share in whole percents."""
    thousands, point = _MARKS[language]
    text = f"{value * 100 + 1e-9:.0f}" if share else f"{value:,.1f}" if decimals else f"{value:,.0f}"
    text = text.translate({ord(","): thousands, ord("."): point})
    blank = "" if language == "en" else "\N{NO-BREAK SPACE}"
    return f"{text}{blank}%" if share else text
