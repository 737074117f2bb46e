"""The ids that the release before this one gave, made of how a cell looked.

A list that was imported then is recognised now, and digipunten that it made stay the digipunten of the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID, uuid5

from digipunt.importing.cells import Cell

NAMESPACE = UUID("6f1c3a52-2b0f-5d0e-9a53-6469676970ff")
"""Ids of imported visits and digipunts are made under this one, so that the same row always gets the same id."""


def former_text(cells: Mapping[str, Cell]) -> str:
    """What a row said, to that release."""
    return text_of_row({name: _normalise(cell) for name, cell in cells.items()})


def text_of_row(says: Mapping[str, str]) -> str:
    """What a row says, by field, as one text."""
    return "\x1f".join(f"{name}={text}" for name, text in sorted(says.items()))


def visit_id(text: str, ordinal: int) -> str:
    """The id of the visit that a row stands for: rows that say the same are told apart by their order."""
    return str(uuid5(NAMESPACE, f"visit {text} #{ordinal}"))


def digipunt_id(digipunt: Mapping[str, str]) -> str:
    """The id of a digipunt that an import makes."""
    return str(uuid5(NAMESPACE, f"digipunt {digipunt['municipality']} {_normalise(digipunt['name'])}"))


def _normalise(cell: Cell) -> str:
    return " ".join(_text(cell).replace("’", "'").split()).casefold()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat()
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, time):
        return f"{cell:%Hu%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
