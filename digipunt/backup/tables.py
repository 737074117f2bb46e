"""Which tables a service's database has, and how their rows are written.

A row is a JSON array. Types are those of our own tables, not of the database, so a backup of SQLite can be put into
PostgreSQL, and the other way round.
"""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa

from chassis.errors import DigipuntError
from chassis.http import idempotency
from chassis.storage.tables import UTCDateTime

VERSION_TABLE = "alembic_version"


APART = ("person_keys", "borrower_tokens")
"""What must not outlive a person in an old backup: keys, and by what they are searched. It can be kept in a file of its own."""


class Incomplete(DigipuntError):
    """There is a table or a database that this release does not know, and that a backup would leave out."""


def tables(service: str) -> list[sa.Table]:
    """All tables of `service`, the chassis's among them, each after those that it refers to."""
    own: sa.MetaData = import_module(f"services.{service}.tables").metadata
    return [*idempotency.keys.metadata.sorted_tables, *own.sorted_tables]


def versions(service: str) -> Path:
    """The folder with the migrations of `service`."""
    [package] = import_module(f"services.{service}").__path__
    return Path(package) / "migrations" / "versions"


def require_known(connection: sa.Connection, service: str) -> None:
    """Raise Incomplete when the database has a table that would be left out."""
    there = set(sa.inspect(connection).get_table_names()) - {VERSION_TABLE}
    unknown = there - {table.name for table in tables(service)}
    if unknown:
        raise Incomplete(
            f"the database of {service} has tables that this release does not know ({', '.join(sorted(unknown))}):"
            " use the release that made them"
        )


def revisions(connection: sa.Connection) -> list[str]:
    """The migrations that were applied."""
    return sorted(connection.execute(sa.text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars())  # noqa: S608


def encode(row: Iterable[Any]) -> bytes:
    """One row as a line of JSON."""
    return orjson.dumps(list(row), default=_plain, option=orjson.OPT_APPEND_NEWLINE)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a backup cannot hold a {type(value).__name__}")


def decoders(columns: Iterable[sa.Column[Any]]) -> list[Callable[[Any], Any]]:
    """For each column, the function from JSON back to what its type takes."""
    return [_decoder(column.type) for column in columns]


def _decoder(kind: sa.types.TypeEngine[Any]) -> Callable[[Any], Any]:
    for types, decode in _DECODERS:
        if isinstance(kind, types):
            return lambda value: None if value is None else decode(value)
    return lambda value: value


_DECODERS: list[tuple[tuple[type, ...], Callable[[Any], Any]]] = [
    ((UTCDateTime, sa.DateTime), dt.datetime.fromisoformat),
    ((sa.Date,), dt.date.fromisoformat),
    ((sa.Time,), dt.time.fromisoformat),
    ((sa.LargeBinary,), base64.b64decode),
]
