"""What a cell says, however the file was written, and the id of the visit that a row stands for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID, uuid5

from digipunt.importing.readers import Cell

NAMESPACE = UUID("6f1c3a52-2b0f-5d0e-9a53-6469676970ff")
"""Ids of imported visits and digipunts are made under this one, so that the same row always gets the same id."""


def row_id(cells: Mapping[str, Cell], ordinal: int) -> str:
    """The id of the visit that a row stands for: equal rows are told apart by their order.

    It depends on what the row says and not on the encoding, on CSV or XLSX, or on where in the file the row stands.
    """
    text = "\x1f".join(f"{name}={normalise(cell)}" for name, cell in sorted(cells.items()))
    return str(uuid5(NAMESPACE, f"visit {text} #{ordinal}"))


def normalise(cell: Cell) -> str:
    """A cell's text without what does not matter: case, spaces around it, and the kind of apostrophe."""
    return " ".join(text_of(cell).replace("’", "'").split()).casefold()


def text_of(cell: Cell) -> str:
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
