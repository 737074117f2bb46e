"""What a file holds: sheets with rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from digipunt.importing.cells import Cell


@dataclass(slots=True)
class Row:
    """One row of a file; `number` counts from 1 as a spreadsheet shows it.

    `broken` is a sentence in Dutch when the row could not be read as it should.
    """

    number: int
    cells: list[Cell]
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its name, or a text file, which has none. `rows` reads it from the beginning, each time."""

    name: str | None
    rows: Callable[[], Iterator[Row]]


@dataclass(slots=True)
class Book:
    """A workbook with its sheets; or a text file, as it is read with one delimiter or another."""

    sheets: list[Sheet]
    alternatives: bool = False
    hidden: list[str] = field(default_factory=list)
