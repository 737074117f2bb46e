"""`FILE.rejected.csv`: the refused rows, to be mended and imported again.

It is opened in a spreadsheet, where a cell such as `=cmd|…` would be a command; so what could be one gets an apostrophe before
it, which the import takes away again.
"""

from __future__ import annotations

import csv
import os
import re
import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from chassis.errors import InvalidInput
from digipunt.importing.cells import Cell, text_of, word

if TYPE_CHECKING:
    from digipunt.importing.book import Row
    from digipunt.importing.tables import Table
    from digipunt.importing.visits import Refusal

ID_COLUMN = "digipunt-id"
"""Column that keeps a refused row's id, so that correcting it never doubles or loses a visit."""
OWN_COLUMNS = ("rij", "kolom", "reden", ID_COLUMN)

_COMMAND = re.compile(r"'*\s*[=+\-@\t\r＝＋－＠]")


def armed(text: str) -> str:
    """Text that no spreadsheet takes for a command."""
    return f"'{text}" if _COMMAND.match(text) else text


def unarmed(cell: Cell) -> Cell:
    """The text that `armed` was given."""
    return cell[1:] if isinstance(cell, str) and cell.startswith("'") and _COMMAND.match(cell[1:]) else cell


class RejectedFile:
    """Where refused rows are written; no file is left when there are none, not even that of an earlier run."""

    def __init__(self, path: Path | None, tables: Sequence[Table]) -> None:
        """At `path`, or on standard output. Raises InvalidInput when it cannot be made."""
        self.path = path
        self.count = 0
        header, self._places = _columns(tables)
        self._several = len(tables) > 1
        self._file = _stdout() if path is None else _new(path)
        self._writer = csv.writer(self._file, delimiter=";")
        self._writer.writerow([*OWN_COLUMNS, *map(armed, header)])

    def write(self, table: Table, row: Row, id: str, refusals: Sequence[Refusal]) -> None:
        """Write a row with what is wrong with it."""
        self.count += 1
        at = f"{table.sheet.name} {row.number}" if self._several else str(row.number)
        columns = " | ".join(refusal.column for refusal in refusals)
        reasons = " | ".join(refusal.reason for refusal in refusals)
        over = range(len(table.header), len(row.cells))
        cells = [self._text(table, row, place) for place in (*self._places[table.sheet.name], *over)]
        self._writer.writerow([armed(at), armed(columns), armed(reasons), id, *cells])

    def close(self) -> None:
        """Finish the file, or take it away when it holds no row."""
        self._file.close()
        if self.path is not None and not self.count:
            self.path.unlink()

    def _text(self, table: Table, row: Row, place: int | None) -> str:
        """A cell in the forms that the mapping reads."""
        cell = row.cells[place] if place is not None and place < len(row.cells) else None
        if isinstance(cell, str):
            return armed(cell)
        if isinstance(cell, date) and not isinstance(cell, datetime):
            return cell.strftime(table.mapping.dates[0])
        if isinstance(cell, time) and not cell.second:
            return cell.strftime(table.mapping.times[0])
        return armed(text_of(cell))


def _columns(tables: Sequence[Table]) -> tuple[list[str], dict[str | None, list[int | None]]]:
    """The header of all lists together, without what we add, and where each list has its columns."""
    header: list[str] = []
    words: list[str] = []
    places: dict[str | None, list[int | None]] = {}
    for table in tables:
        found: list[int | None] = [None] * len(header)
        for place, cell in enumerate(table.header):
            name = word(cell)
            if name in OWN_COLUMNS:
                continue
            if name in words and found[words.index(name)] is None:
                found[words.index(name)] = place
            else:
                header.append(text_of(cell))
                words.append(name)
                found.append(place)
        places[table.sheet.name] = found
    return header, {name: found + [None] * (len(header) - len(found)) for name, found in places.items()}


def _new(path: Path) -> TextIO:
    try:
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InvalidInput.at(
            "--rejected", f"refused rows cannot be written to {path}: {error.strerror}; name another file"
        ) from None
    return os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="")


def _stdout() -> TextIO:
    sys.stdout.flush()
    return os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8-sig", newline="")
