"""Names of municipalities."""

from __future__ import annotations

from contracts.refdata import codes, label


def municipality_name(code: str, language: str) -> str:
    """The name of a municipality of the partnership; of another one its NIS code, for no list has its name."""
    return label("municipality", code, language) if code in codes("municipality") else code
