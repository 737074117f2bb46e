"""Numbers as people write them: a point between the thousands in Dutch, a space in French, a comma in English."""

from __future__ import annotations

_BETWEEN_THOUSANDS = {"nl": ".", "fr": "\u202f", "en": ","}


def whole(value: int, language: str) -> str:
    """A whole number, such as `1.442`."""
    return f"{value:,}".replace(",", _BETWEEN_THOUSANDS[language])


def percent(part: int, whole: int) -> int:
    """How many of each hundred, to the nearest, half up."""
    return (200 * part + whole) // (2 * whole)
