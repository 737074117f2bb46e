"""The report as one tidy CSV: a line a number (RFC 4180, UTF-8, ISO dates, NIS codes as text)."""

from __future__ import annotations

import csv
import io
from typing import Literal

from services.reporting.model.places import municipality_name
from services.reporting.reports.parts import Cell, Report

Dialect = Literal["plain", "excel"]

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
    return _written(report, "plain")


def csv_for_excel(report: Report) -> bytes:
    """The same as a Belgian Excel opens it in columns: a mark of the encoding, semicolons and decimal commas."""
    return "\ufeff".encode() + _written(report, "excel")


def line(cell: Cell, language: str) -> tuple[str | int | float, ...]:
    """A number with what it is of, in the order of the columns."""
    first, last, place, digipunt, dimension, code, measure = cell.key
    name = municipality_name(place, language) if place else ""
    value = "" if cell.value is None else cell.value
    return first, last, place, name, digipunt, dimension, code, cell.label, measure, value, cell.status


def _written(report: Report, dialect: Dialect) -> bytes:
    text = io.StringIO()
    excel = dialect == "excel"
    writer = csv.writer(text, delimiter=";" if excel else ",", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for cell in report.cells():
        writer.writerow(
            str(each).replace(".", ",") if excel and isinstance(each, float) else each
            for each in line(cell, report.language)
        )
    return text.getvalue().encode()
