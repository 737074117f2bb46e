"""The report as a workbook that a screen reader can read too: one table a sheet, marked up and named, nothing merged or hidden.

After the guidance of the UK Analysis Function. There are no formulas: each number is the one of the report.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from textwrap import wrap
from typing import Any

from services.reporting.reports import tidy
from services.reporting.reports.numbers import sign_of
from services.reporting.reports.packing import with_language
from services.reporting.reports.parts import Cell, Chart, Report, Table
from services.reporting.reports.words import Words, words

FIRST_ROW = 4
"""Row of the headings of a table, counted from 0: A5."""

NARROWEST, WIDEST = 12, 40
"""Widths of a column in characters."""

LINE = 15
"""Height of a line of text, in points."""
MARGIN = 2
"""Characters of a column that a text leaves free."""

FORMATS = {"count": "#,##0", "share": "0 %", "mean": "0.0"}


def workbook_of(report: Report) -> bytes:
    """The bytes of the XLSX; the same for the same report."""
    from xlsxwriter import Workbook

    made = BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {
                "title": report.title,
                "subject": report.subject,
                "author": report.author,
                "created": datetime.combine(report.made_on, time()),
            }
        )
        _Writer(book, report).write()
    return with_language(made.getvalue(), report.language)


class _Writer:
    """Writes the sheets, in order."""

    def __init__(self, book: Any, report: Report) -> None:
        self._book = book
        self._report = report
        self._words: Words = words(report.language)
        self._notes = report.notes()
        self._title = book.add_format({"bold": True, "font_size": 14, "text_wrap": False})
        self._heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._link = book.get_default_url_format()
        self._formats: dict[str, Any] = {}

    def write(self) -> None:
        words, report = self._words, self._report
        tables, charts = list(report.tables()), list(report.charts())
        self._pairs(words("sheet.cover"), report.title, [*report.facts, *report.definitions])
        contents = [
            *((self._sheet_of(each), each.title) for each in tables),
            *((words("sheet.figure", number=each.number), each.title) for each in charts),
            (words("sheet.figures"), words("figures.title")),
        ]
        self._contents([(words("sheet.notes"), words("notes.title")), *contents])
        notes = [(words("note", number=number), text) for text, number in self._notes.items()]
        self._pairs(words("sheet.notes"), words("notes.title"), [*notes, *report.signs])
        for table in tables:
            self._table(table)
        for chart in charts:
            self._chart(chart)
        self._all_numbers()

    def _sheet(self, name: str, title: str, *lines: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, title, self._title)
        for row, text in enumerate(lines, 1):
            sheet.write_string(row, 0, text)
        return sheet

    def _sheet_of(self, table: Table) -> str:
        return self._words("sheet.table", number=table.number)

    def _pairs(self, name: str, title: str, pairs: list[tuple[str, str]]) -> None:
        """A sheet with one table of two columns: what it is about, and what it says."""
        sheet = self._sheet(name, title, self._words("holdsTable"))
        widths = [34, 100]
        headings = [self._words("column.about"), self._words("column.says")]
        self._add_table(sheet, headings, widths, len(pairs))
        for row, pair in enumerate(pairs, FIRST_ROW + 1):
            sheet.set_row(row, _height(pair, widths))
            for column, text in enumerate(pair):
                sheet.write_string(row, column, text, self._text)

    def _contents(self, entries: list[tuple[str, str]]) -> None:
        sheet = self._sheet(
            self._words("sheet.contents"), self._words("contents.title"), self._words("holdsTable")
        )
        headings = [self._words("column.sheet"), self._words("column.about")]
        self._add_table(sheet, headings, [16, 100], len(entries))
        for row, (name, title) in enumerate(entries, FIRST_ROW + 1):
            sheet.write_url(row, 0, f"internal:'{name}'!A1", self._link, name)
            sheet.write_string(row, 1, title, self._text)

    def _table(self, table: Table) -> None:
        notes = ", ".join(self._words("note", number=self._notes[each]) for each in table.notes)
        source = self._words("notesOfTable", notes=notes) if notes else self._words("noNotes")
        sheet = self._sheet(
            self._sheet_of(table), f"{self._titled(table)}", self._words("holdsTable"), source
        )
        widths = _widths(table)
        self._add_table(sheet, list(table.columns), widths, len(table.rows))
        for place, row in enumerate(table.rows, FIRST_ROW + 1):
            texts = [row.heading, *(cell if isinstance(cell, str) else "" for cell in row.cells)]
            sheet.set_row(place, _height(texts, widths))
            sheet.write_string(place, 0, row.heading, self._text)
            for column, cell in enumerate(row.cells, 1):
                self._cell(sheet, place, column, cell)

    def _titled(self, table: Table) -> str:
        return self._words("tableTitle", number=table.number, title=table.title)

    def _add_table(self, sheet: Any, headings: list[str], widths: list[int], rows: int) -> None:
        """The table of a sheet, named as it. Raises ValueError for headings that Excel does not take, such as one twice."""
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_row(FIRST_ROW, _height(headings, widths))
        options = {
            "name": sheet.get_name(),
            "style": None,
            "autofilter": False,
            "columns": [{"header": each, "header_format": self._heading} for each in headings],
        }
        if sheet.add_table(FIRST_ROW, 0, FIRST_ROW + max(rows, 1), len(headings) - 1, options):
            raise ValueError(f"{sheet.get_name()} is no table for Excel")

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell | str) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, column, cell, self._text)
        elif cell.value is None:
            sheet.write_string(row, column, sign_of(cell), self._format("@"))
        else:
            sign = sign_of(cell)
            shown = FORMATS[cell.unit] + (f'" {sign}"' if sign else "")
            sheet.write_number(row, column, cell.value, self._format(shown))

    def _format(self, shown: str) -> Any:
        if shown not in self._formats:
            self._formats[shown] = self._book.add_format(
                {"num_format": shown, "align": "right", "valign": "top"}
            )
        return self._formats[shown]

    def _chart(self, chart: Chart) -> None:
        words = self._words
        table = next(each for each in self._report.tables() if each.number == chart.of)
        told = words("holdsFigure", sheet=self._sheet_of(table))
        title = words("figureTitle", number=chart.number, title=chart.title)
        sheet = self._sheet(words("sheet.figure", number=chart.number), title, told, chart.alt)
        drawn = self._book.add_chart({"type": chart.kind})
        for place in chart.series:
            drawn.add_series(self._series(table, place))
        drawn.set_title({"none": True})
        drawn.set_legend({"position": "bottom"} if len(chart.series) > 1 else {"none": True})
        drawn.set_size({"width": 900, "height": 420})
        sheet.insert_chart(FIRST_ROW, 0, drawn, {"description": chart.alt, "decorative": False})

    def _series(self, table: Table, place: int) -> dict[str, Any]:
        """The rows with a number only: one without would be drawn as nought."""
        sheet, column = self._sheet_of(table), place + 1
        rows = [
            (FIRST_ROW + 1 + number, row.heading, cell.value)
            for number, row in enumerate(table.rows)
            if isinstance(cell := row.cells[place], Cell) and cell.value is not None
        ]
        return {
            "name": [sheet, FIRST_ROW, column],
            "categories": _range(sheet, "A", [row for row, _, _ in rows]),
            "categories_data": [heading for _, heading, _ in rows],
            "values": _range(sheet, chr(ord("A") + column), [row for row, _, _ in rows]),
            "values_data": [value for _, _, value in rows],
        }

    def _all_numbers(self) -> None:
        words = self._words
        sheet = self._sheet(words("sheet.figures"), words("figures.title"), words("holdsTable"))
        lines = [tidy.line(cell, self._report.language) for cell in self._report.cells()]
        widths = [
            _width([str(value) for value in column]) for column in zip(tidy.COLUMNS, *lines, strict=True)
        ]
        self._add_table(sheet, list(tidy.COLUMNS), widths, len(lines))
        for row, values in enumerate(lines, FIRST_ROW + 1):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    sheet.write_string(row, column, value)
                else:
                    sheet.write_number(row, column, value)


def _range(sheet: str, column: str, rows: list[int]) -> str:
    """Such as `=(Tabel_4!$B$6:$B$9,Tabel_4!$B$11:$B$12)`: the rows, counted from 0, without those between them."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    parts = [f"{sheet}!${column}${run[0] + 1}:${column}${run[-1] + 1}" for run in runs]
    return f"={parts[0]}" if len(parts) == 1 else f"=({','.join(parts)})"


def _widths(table: Table) -> list[int]:
    """Of each column, for its texts; numbers are as narrow as a column gets."""
    columns = [[row.heading for row in table.rows]]
    for place in range(len(table.columns) - 1):
        columns.append([cell for row in table.rows if isinstance(cell := row.cells[place], str)])
    return [_width(column) for column in columns]


def _width(texts: Sequence[str]) -> int:
    return max(NARROWEST, min(WIDEST, max(map(len, texts), default=0) + MARGIN))


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Of a row, in points: LibreOffice does not make room by itself for a text that goes on in its cell."""
    lines = [len(wrap(text, width - MARGIN)) for text, width in zip(texts, widths, strict=True)]
    return LINE * max(1, *lines)
