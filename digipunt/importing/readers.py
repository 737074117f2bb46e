"""Reads the rows of a CSV or XLSX file as Excel in Belgium writes them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import openpyxl

from chassis.errors import InvalidInput

Cell = str | int | float | date | time | None

ENCODINGS = ("utf-8-sig", "cp1252")
"""Tried in this order: text in cp1252 is hardly ever valid UTF-8, and anything is valid cp1252."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file; `number` counts from 1 as a spreadsheet shows it."""

    number: int
    cells: list[Cell]


def read(path: Path) -> list[Row]:
    """All rows of the file. Raises InvalidInput when it is neither CSV nor XLSX."""
    try:
        if zipfile.is_zipfile(path):
            return list(_xlsx(path))
        return list(_csv(path))
    except (csv.Error, UnicodeDecodeError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise InvalidInput.at(
            path.name, f"this is not a CSV or XLSX file that can be read ({error})"
        ) from None


def _csv(path: Path) -> Iterator[Row]:
    text = _decoded(path.read_bytes())
    delimiter = max(";,\t", key=text.count)
    for number, cells in enumerate(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1
    ):
        yield Row(number, list(cells))


def _decoded(raw: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _xlsx(path: Path) -> Iterator[Row]:
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        for number, cells in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield Row(number, [_plain(cell) for cell in cells])
    finally:
        workbook.close()


def _plain(cell: object) -> Cell:
    """A cell as a date, a time, a number or text. Excel keeps a day as a moment at midnight."""
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    if cell is None or isinstance(cell, str | int | float | date | time):
        return cell
    return str(cell)
