"""The fields of a visit that travel, each with its column, as the contract of the event declares them.

A field of the contract is added there once, with its reference list. What the service does with fields follows from this
table: which codes it refuses, how it names them, what travels, and by which columns a list can be filtered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from contracts.visits import VISIT_CODES, Visit

_COLUMNS = {"durationMinutes": "duration"}
"""Columns that are not the name of their field in snake_case."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field that holds codes: its name in the API and in events, its column, and the reference list of its codes."""

    name: str
    column: str
    list_name: str


def _column(name: str) -> str:
    return _COLUMNS.get(name) or re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", name)


FIELDS = {name: _column(name) for name in Visit().fields}
"""Name in the API and in events → column."""

CODES = tuple(
    Field(name, FIELDS[name], codes.list_name) for name, codes in VISIT_CODES.items() if not codes.several
)
"""The fields that hold one code."""

CODE_LISTS = tuple(
    Field(name, FIELDS[name], codes.list_name) for name, codes in VISIT_CODES.items() if codes.several
)
"""The fields that hold several codes."""

FILTERS = ("digipunt", "municipality", "helper", *(field.column for field in CODES))
"""Columns that a list of visits can be filtered by, as far as its query offers them."""
