"""The lists in a file: where their header is, which column is what, and which rows are visits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from chassis.errors import InvalidInput
from digipunt.importing.book import Book, Row, Sheet
from digipunt.importing.cells import Cell, text_of, word
from digipunt.importing.guess import guess_mapping
from digipunt.importing.mapping import NEEDED, ColumnMapping
from digipunt.importing.rejected import ID_COLUMN, OWN_COLUMNS, unarmed

ROWS_BEFORE_HEADER = 50

TOO_MANY_CELLS = (
    "er staan meer cellen dan kolommen; zet tekst met een scheidingsteken tussen aanhalingstekens"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A list: the sheet it is on, its header, and how its columns are read."""

    sheet: Sheet
    start: int
    """How many rows stand before the header."""
    header: list[Cell]
    mapping: ColumnMapping
    places: Mapping[str, int]
    """Field of a visit → index of its column."""
    id_place: int | None

    def rows(self) -> Iterator[Row | None]:
        """Each row that is a visit; None for each that is not: a title, a blank one, a total, the header once more."""
        words = [word(cell) for cell in self.header]
        for index, row in enumerate(self.sheet.rows()):
            if index == self.start:
                continue
            if index < self.start or self._is_no_visit(row, words):
                yield None
                continue
            if self.id_place is not None:
                row.cells = [unarmed(cell) for cell in row.cells]
            if self.sheet.name is None and row.broken is None and _over(row, len(words)):
                row.broken = TOO_MANY_CELLS
            yield row

    def _is_no_visit(self, row: Row, header: Sequence[str]) -> bool:
        if row.broken:
            return False
        first = next(filter(None, map(word, row.cells)), "")
        if not first or first.rstrip(" :") in self.mapping.totals:
            return True
        return first in header and [word(cell) for cell in row.cells] == header

    def cells(self, row: Row) -> dict[str, Cell]:
        """The cells of a row by field."""
        return {name: _at(row, place) for name, place in self.places.items()}

    def former_cells(self, row: Row) -> dict[str, Cell]:
        """The same as the release before saw them: a row of a CSV file could end before its last column."""
        if self.sheet.name is not None:
            return self.cells(row)
        return {name: row.cells[place] for name, place in self.places.items() if place < len(row.cells)}

    def kept_id(self, row: Row) -> str | None:
        """The id that a rejected file kept for this row."""
        if self.id_place is None:
            return None
        try:
            return str(UUID(text_of(_at(row, self.id_place))))
        except ValueError:
            return None

    def unread(self) -> list[str]:
        """The columns that nothing is taken from."""
        taken = {*self.places.values(), self.id_place}
        return [
            text
            for place, cell in enumerate(self.header)
            if place not in taken and (text := text_of(cell)) and word(cell) not in OWN_COLUMNS
        ]

    def missing(self) -> list[str]:
        """The columns that the mapping names and the list does not have."""
        return [column for name, column in self.mapping.columns.items() if name not in self.places]


def find_tables(book: Book, mapping: ColumnMapping | None) -> tuple[list[Table], list[str]]:
    """The lists in a file, and the names of the sheets without one. Raises InvalidInput when there is no list at all."""
    tables, without = [], []
    for sheet in book.sheets:
        table = _find(sheet, mapping)
        if table is None:
            without.append(sheet.name or "")
            continue
        tables.append(table)
        if book.alternatives:
            return tables, []
    if not tables:
        raise InvalidInput.at("header", _no_header(book, mapping))
    return tables, without


def _find(sheet: Sheet, mapping: ColumnMapping | None) -> Table | None:
    for index, row in enumerate(islice(sheet.rows(), ROWS_BEFORE_HEADER)):
        found = guess_mapping(row.cells) if mapping is None else mapping
        if found is None:
            continue
        words = [word(cell) for cell in row.cells]
        places = {
            name: words.index(wanted)
            for name, column in found.columns.items()
            if (wanted := word(column)) in words
        }
        if all(name in places for name in NEEDED):
            _require_once(row.cells, words, places)
            id_place = words.index(ID_COLUMN) if ID_COLUMN in words else None
            return Table(sheet, index, row.cells, found, places, id_place)
    return None


def _require_once(header: Sequence[Cell], words: Sequence[str], places: Mapping[str, int]) -> None:
    for place in places.values():
        if words.count(words[place]) > 1:
            column = text_of(header[place])
            raise InvalidInput.at(
                "header", f"the column {column} is there more than once; give each column a name of its own"
            )


def _no_header(book: Book, mapping: ColumnMapping | None) -> str:
    hidden = f"; hidden sheets are not read: {', '.join(book.hidden)}" if book.hidden else ""
    if mapping is None:
        return f"no row names a day, a digipunt and a theme in words that are known; give a mapping with --map{hidden}"
    named = ", ".join(sorted({mapping.columns[name] for name in NEEDED}))
    return f"no row names the columns {named}; does the mapping fit this file?{hidden}"


def _at(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else None


def _over(row: Row, width: int) -> bool:
    """Whether a cell stands right behind the last column: text with the delimiter in it, that was not quoted."""
    return len(row.cells) > width and bool(word(row.cells[width]))
