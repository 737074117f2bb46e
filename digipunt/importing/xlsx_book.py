"""Reads the sheets of an XLSX file, row by row, believing nothing that the file says about its own size.

openpyxl knows what the cells mean. Its own loop over rows trusts `<dimension>`, fills up what is missing and keeps an
element for each row; ours does not.
"""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Any, BinaryIO
from xml.parsers import expat

from openpyxl.cell.text import Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.worksheet._reader import DATA_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from chassis.errors import InvalidInput
from digipunt.importing.book import Book, Row, Sheet
from digipunt.importing.cells import Cell, text_of

MOST_BYTES = {"worksheets/": 512 * 1024 * 1024, "sharedStrings": 64 * 1024 * 1024, "other": 16 * 1024 * 1024}
"""Of a part, unpacked: a sheet is read row by row, the texts of all sheets are kept, any other part is read as a whole."""
BYTES_IN_A_ROW = 4 * 1024 * 1024
COLUMNS = 1024
TEXT_TAG = f"{{{SHEET_MAIN_NS}}}si"
BLANK_ROWS = 10_000
"""Blank rows between two others that are counted; Excel has a million below a list where somebody coloured a column."""

_BROKEN = (ValueError, IndexError, KeyError, TypeError, OverflowError, ArithmeticError)
UNREADABLE = "de rij is niet te lezen"


class UnreadableXlsx(Exception):
    """Why this is no XLSX file that can be read, in a few words."""


def open_xlsx(file: BinaryIO) -> Book:
    """The sheets of a workbook. Raises UnreadableXlsx."""
    try:
        with warnings.catch_warnings(action="ignore"):
            return _open(file)
    except UnreadableXlsx:
        raise
    except Exception as error:
        # zipfile, zlib, expat and openpyxl each have errors of their own for a file that is not as it should be.
        raise UnreadableXlsx(_words(error)) from error


def _open(file: BinaryIO) -> Book:
    reader: Any = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    for part in reader.archive.infolist():
        kind = next((kind for kind in MOST_BYTES if kind in part.filename), "other")
        if part.file_size > MOST_BYTES[kind] and not part.filename.startswith("xl/media/"):
            raise UnreadableXlsx(f"{part.filename} is too large, unpacked")
    reader.read_manifest()
    if texts := reader.package.find(SHARED_STRINGS):
        with reader.archive.open(texts.PartName[1:]) as source:
            reader.shared_strings = _texts(source)
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    book = Book([])
    for sheet, relation in reader.parser.find_sheets():
        if not relation.Type.endswith("/worksheet") or relation.target not in reader.valid_files:
            continue
        if sheet.state != "visible":
            book.hidden.append(sheet.name)
            continue
        _check(reader.archive, relation.target)
        book.sheets.append(Sheet(sheet.name, _Rows(reader, relation.target)))
    if not book.sheets and not book.hidden:
        raise UnreadableXlsx("it has no sheets")
    return book


def _texts(source: IO[bytes]) -> list[str]:
    """The texts that cells point to. openpyxl's own loop keeps an element for each."""
    found: list[str] = []
    root = None
    for event, element in iterparse(source, events=("start", "end")):
        if root is None:
            root = element
        elif event == "end" and element.tag == TEXT_TAG:
            text = Text.from_tree(element)
            found.append(text.content if text else "")
            root.clear()
    return found


def _check(archive: zipfile.ZipFile, part: str) -> None:
    """A sheet is whole and well-formed to its end, before the first of its rows is taken."""
    with archive.open(part) as source:
        expat.ParserCreate().ParseFile(source)


class _Rows:
    """Reads the rows of one sheet, from the beginning each time it is called."""

    def __init__(self, reader: Any, part: str) -> None:
        self._reader = reader
        self._part = part

    def __call__(self) -> Iterator[Row]:
        workbook = self._reader.wb
        parser = WorkSheetParser(
            "",  # we hand it one row at a time
            self._reader.shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        blank: list[Row] = []
        with self._reader.archive.open(self._part) as source:
            for element in _row_elements(_Bounded(source)):
                row = _row(parser, element)
                if row.cells or row.broken:
                    # Rows that hold nothing count as rows of the list as long as others follow.
                    yield from blank
                    blank.clear()
                    yield row
                elif len(blank) < BLANK_ROWS:
                    blank.append(row)


def _row_elements(source: _Bounded) -> Iterator[Any]:
    """Each `<row>` with its cells; what was read is forgotten."""
    data = None
    depth = 0
    for event, element in iterparse(source, events=("start", "end")):
        if event == "start":
            if element.tag == DATA_TAG:
                data = element
            elif element.tag == ROW_TAG:
                depth += 1
        elif element.tag == ROW_TAG:
            depth -= 1
            yield element
            source.taken = 0
            if data is not None:
                data.clear()
        elif element.tag == DATA_TAG:
            return
        elif not depth:
            element.clear()


def _row(parser: WorkSheetParser, element: Any) -> Row:
    broken = None
    try:
        number, found = parser.parse_row(element)
    except _BROKEN:
        # A cell that points to a text which is not there, or holds a number that is none.
        number, found, broken = parser.row_counter, _readable(parser, element), UNREADABLE
    parser.row_dimensions.clear()
    filled = [each for each in found if each["column"] <= COLUMNS and _filled(each["value"])]
    cells: list[Cell] = [None] * max((each["column"] for each in filled), default=0)
    for each in filled:
        cells[each["column"] - 1] = _plain(each["value"])
    return Row(number, cells, broken)


def _readable(parser: WorkSheetParser, element: Any) -> list[dict[str, Any]]:
    """The cells of a broken row that can be read, so that the row can be mended."""
    found = []
    parser.col_counter = 0
    for cell in element:
        try:
            found.append(parser.parse_cell(cell))
        except _BROKEN:
            continue
    return found


def _filled(value: object) -> bool:
    return value is not None and (not isinstance(value, str) or bool(text_of(value)))


def _plain(value: Any) -> Cell:
    """A cell as a date, a time, a number or text. Excel keeps a day as a moment at midnight."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, str | int | float | date | time | timedelta):
        return value
    return str(value)


class _Bounded:
    """A part of the archive that ends with an error when one row of it has no end."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        found = self._source.read(size)
        self.taken += len(found)
        if self.taken > BYTES_IN_A_ROW:
            raise InvalidInput.at(
                "xlsx", "one row of this file is larger than a row can be; save it again in Excel"
            )
        return found


def _words(error: Exception) -> str:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "it has a password"
    return f"it is damaged: {error or type(error).__name__}"
