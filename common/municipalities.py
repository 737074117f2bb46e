"""Municipalities: those where Digipunt began, and their names."""

from __future__ import annotations

from contracts.refdata import codes, label

MUNICIPALITIES = ("24107", "24059", "24130", "24133", "24041", "24028", "24054")
"""NIS codes of the seven founding municipalities, which are those of a deployment that names none."""


def municipality_name(code: str, language: str) -> str:
    """The name of a municipality of the partnership; of another one its NIS code, for no list has its name."""
    return label("municipality", code, language) if code in codes("municipality") else code
