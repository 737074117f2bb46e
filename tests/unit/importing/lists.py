"""Files as Excel and others write them, and what the import reads in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

from digipunt.importing.book import Row
from digipunt.importing.mapping import ColumnMapping
from digipunt.importing.readers import open_book
from digipunt.importing.tables import Table, find_tables

HEADER = ["Datum", "Beginuur", "Duur", "Digipunt", "Thema", "Opmerking"]
VISIT = ["3/11/2026", "10u00", "30", "Bezorgd om Mensen", "apps", ""]


def text(*rows: Sequence[str], delimiter: str = ";", end: str = "\r\n") -> str:
    """Rows with the delimiter between their cells, as they are."""
    return "".join(delimiter.join(row) + end for row in rows)


def xlsx(sheets: dict[str, Iterable[Sequence[Any]]]) -> bytes:
    """A workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def changed(content: bytes, part: str, change: Any) -> bytes:
    """The same archive with another text in one of its parts."""
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body.decode()).encode() if name == part else body)
    return into.getvalue()


def tables(content: bytes, mapping: ColumnMapping | None = None) -> list[Table]:
    """The lists in a file, found by their header."""
    return find_tables(open_book(io.BytesIO(content), "lijst"), mapping)[0]


def rows(content: bytes) -> list[Row | None]:
    """The rows of all lists in a file."""
    return [row for table in tables(content) for row in table.rows()]


def notes(content: bytes) -> list[Any]:
    """What the column of notes says, row by row."""
    return [table.cells(row)["note"] for table in tables(content) for row in table.rows() if row is not None]
