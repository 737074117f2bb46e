"""The rows of a backup on their way into one table."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson
import sqlalchemy as sa

from digipunt.backup import tables
from digipunt.backup.encrypted import Unreadable

PAGE = 1000


class Rows:
    """The rows of one table, inserted by the thousand."""

    def __init__(
        self,
        connection: sa.Connection | None = None,
        table: sa.Table | None = None,
        columns: Iterable[str] = (),
    ) -> None:
        self.counted: dict[str, Any] = {"rows": 0, "sha256": ""}
        self._connection = connection
        self._table = table
        self._names = list(columns)
        self._decoders = [] if table is None else tables.decoders(table.c[name] for name in self._names)
        self._digest = hashlib.sha256()
        self._page: list[dict[str, Any]] = []

    def add(self, line: bytes) -> None:
        if self._table is None:
            raise Unreadable("the backup has rows that belong to no table")
        self._digest.update(line)
        values = orjson.loads(line)
        self._page.append(
            {
                name: decode(value)
                for name, decode, value in zip(self._names, self._decoders, values, strict=True)
            }
        )
        self.counted["rows"] += 1
        if len(self._page) == PAGE:
            self._insert()

    def close(self) -> None:
        """No more rows come for this table."""
        if self._connection is None or self._table is None:
            return
        self._insert()
        self.counted["sha256"] = self._digest.hexdigest()
        if self._connection.dialect.name == "postgresql":
            _advance_sequences(self._connection, self._table)

    def _insert(self) -> None:
        if self._page and self._connection is not None and self._table is not None:
            self._connection.execute(sa.insert(self._table), self._page)
            self._page = []


def _advance_sequences(connection: sa.Connection, table: sa.Table) -> None:
    """Rows with explicit ids leave PostgreSQL's sequences behind."""
    column = table.autoincrement_column
    if column is None:
        return
    counter = sa.func.pg_get_serial_sequence(table.name, column.name)
    highest = sa.select(sa.func.max(column)).scalar_subquery()
    connection.execute(sa.select(sa.func.setval(counter, sa.func.coalesce(highest, 1), highest.is_not(None))))
