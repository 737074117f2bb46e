"""What a report is made of: sections with sentences, tables and charts, whose every number says what it is of.

PDF, XLSX and CSV are written from this one object, so none of them can hold another number than the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Literal

Unit = Literal["count", "share", "mean"]
Number = int | float

AS_IT_IS = "A"
"""The status of a number that needs no sign; the others stand in `services.reporting.model.signs`."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: a line of the CSV. `value` is None where there is none, and `status` says why.

    A share is a part of one (0.25), a mean has one decimal. `municipality` is '' when the number is of all municipalities of
    the report together, and `digipunt` likewise; `dimension` and `code` are '' when it is of all contacts.
    """

    value: Number | None
    measure: str
    first: date
    last: date
    status: str = AS_IT_IS
    unit: Unit = "count"
    municipality: str = ""
    digipunt: str = ""
    dimension: str = ""
    code: str = ""
    label: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What it is of: no two numbers of a report have the same."""
        days = (self.first.isoformat(), self.last.isoformat())
        return (*days, self.municipality, self.digipunt, self.dimension, self.code, self.measure)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its heading, and numbers or words. `rest` is that of all that has no line of its own."""

    heading: str
    cells: tuple[Cell | str, ...]
    rest: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `columns` are the headings, the one above the headings of the rows first; `bars` is the place in the cells of
    a row of the number that a bar is drawn of. `number` is given by the report."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    bars: int | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of columns of a table: `svg` for a page, and what a spreadsheet draws it of.

    `table` is the title of the table, wherever in the report, and `series` are the places of the numbers in its rows.
    """

    kind: Literal["column", "line"]
    title: str
    alt: str
    svg: str
    table: str
    series: tuple[int, ...]
    number: int = 0
    of: int = 0
    """The number of the table it is drawn of; given by the report."""


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, on a page of its own."""

    heading: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    points: tuple[str, ...] = ()
    """Sentences that are a list."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. `facts` are the lines of the first page: what they are about, and what they say.

    `definitions` are those of the tables too; a spreadsheet has them on its first sheet.
    """

    language: str
    title: str
    subject: str
    author: str
    made_on: date
    facts: tuple[tuple[str, str], ...]
    definitions: tuple[tuple[str, str], ...]
    signs: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    warnings: tuple[str, ...] = field(default=())

    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        for section in self.sections:
            yield from section.tables

    def charts(self) -> Iterator[Chart]:
        """Every chart, in order."""
        for section in self.sections:
            yield from section.charts

    def cells(self) -> list[Cell]:
        """Every number once, in the order in which it first comes.

        Raises ValueError when one and the same thing has two numbers: then something was counted in two ways.
        """
        found: dict[tuple[str, ...], Cell] = {}
        for table in self.tables():
            for row in table.rows:
                for cell in row.cells:
                    if isinstance(cell, str):
                        continue
                    first = found.setdefault(cell.key, cell)
                    if (first.value, first.status) != (cell.value, cell.status):
                        raise ValueError(f"{cell.key} is {first.value} and {cell.value}")
        return list(found.values())

    def notes(self) -> dict[str, int]:
        """Each note under a table, with its number."""
        texts = dict.fromkeys(note for table in self.tables() for note in table.notes)
        return {text: number for number, text in enumerate(texts, 1)}


def numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with their tables and charts numbered through. Raises KeyError for a chart of a table that is not there."""
    tables, charts = count(1), count(1)
    found = [
        replace(section, tables=tuple(replace(table, number=next(tables)) for table in section.tables))
        for section in sections
    ]
    numbers = {table.title: table.number for section in found for table in section.tables}
    return tuple(
        replace(
            section,
            charts=tuple(
                replace(chart, number=next(charts), of=numbers[chart.table]) for chart in section.charts
            ),
        )
        for section in found
    )
