"""The report as a page of HTML, for a PDF that can be printed in grey and listened to."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from services.reporting.reports.numbers import written
from services.reporting.reports.parts import Cell, Report, Row, Table
from services.reporting.reports.words import spaced, words

TEMPLATES = Path(__file__).parent / "templates"

MOST_ROWS = 25
"""Rows of a table that stay together on a page; a longer table goes on as a next part, with its headings again."""


def html_of(report: Report) -> str:
    """The whole report as one page of HTML that loads nothing."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Definitions come from elsewhere, and stand in a line of their own width here.
        finalize=lambda value: spaced(value, report.language) if type(value) is str else value,
    )
    return environment.get_template("report.html").render(
        report=report,
        words=words(report.language),
        parts=partial(_parts, report.language),
        written=lambda cell: cell if isinstance(cell, str) else written(cell, report.language),
        is_number=lambda cell: isinstance(cell, Cell),
        bar=_bar,
        headed=_headed,
        picture=_picture,
    )


def _parts(language: str, table: Table) -> Iterator[tuple[str, Table]]:
    """The title of each part, and the part."""
    say = words(language)
    title = say("tableTitle", number=table.number, title=table.title)
    count = -(-len(table.rows) // MOST_ROWS)
    if count <= 1:
        yield title, table
        return
    size = -(-len(table.rows) // count)
    for number in range(count):
        rows = table.rows[number * size : (number + 1) * size]
        notes = table.notes if number == count - 1 else ()
        part = say("partOf", number=number + 1, count=count)
        yield f"{title} {part}", replace(table, rows=rows, notes=notes)


def _headed(table: Table) -> bool:
    """Whether its rows have headings too: checkers take a table with more headings than other cells for a broken one."""
    rows, columns = len(table.rows), len(table.columns)
    return rows * (columns - 1) >= rows + columns


def _bar(table: Table, row: Row) -> str:
    """How far the bar of a row goes, in percents of the longest."""
    longest = max((_length(table, each) for each in table.rows), default=0)
    return f"{100 * _length(table, row) / longest:.1f}" if longest else "0"


def _length(table: Table, row: Row) -> float:
    """What all others have in common is no bar beside theirs."""
    assert table.bars is not None, "asked of a table with bars only"
    cell = row.cells[table.bars]
    return float(cell.value or 0) if isinstance(cell, Cell) and not row.rest else 0.0


def _picture(svg: str) -> str:
    """As a `data:` URL: a page may load nothing else."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
