"""The report as one tidy CSV: a line a number (RFC 4180, UTF-8, ISO dates, NIS codes as text)."""

from __future__ import annotations

import csv
import io

from common.municipalities import municipality_name
from services.reporting.reports.parts import Cell, Report

COLUMNS = (
    "from",
    "to",
    "municipality",
    "municipalityName",
    "digipunt",
    "dimension",
    "code",
    "label",
    "measure",
    "value",
    "status",
)


def csv_of(report: Report) -> bytes:
    """Every number of the report, with the columns above."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(line(cell, report.language) for cell in report.cells())
    return text.getvalue().encode()


def for_excel(plain: bytes) -> bytes:
    """The same as a Belgian Excel opens it in columns: a mark of the encoding, semicolons and decimal commas."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    value = COLUMNS.index("value")
    for row in csv.reader(io.StringIO(plain.decode(), newline="")):
        row[value] = row[value].replace(".", ",")
        writer.writerow(row)
    return "\ufeff".encode() + text.getvalue().encode()


def line(cell: Cell, language: str) -> tuple[str | int | float, ...]:
    """A number with what it is of, in the order of the columns."""
    first, last, place, digipunt, dimension, code, measure = cell.key
    name = municipality_name(place, language) if place else ""
    value = "" if cell.value is None else cell.value
    return first, last, place, name, digipunt, dimension, code, cell.label, measure, value, cell.status
