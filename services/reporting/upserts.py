"""One statement per table for any number of rows: read by key, add to counts, or insert or replace.

Rows travel as whole columns in array parameters (PostgreSQL) or as one JSON parameter (SQLite), so that the statement does
not grow with them. They are written in the order of their key, so that two writers cannot deadlock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
import sqlalchemy as sa

Row = tuple[Any, ...]
"""Values in the order of the table's columns, those of the key first."""


def insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    """Insert each row. Raises IntegrityError where one has its key, and costs a quarter less than looking for it."""
    _write(connection, table, rows, _inserting)


def add(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    """Insert each row, or add its `count`, the last value, to that of the row with its key."""
    _write(connection, table, [row for row in rows if row[-1]], _adding)


def put(connection: sa.Connection, table: sa.Table, rows: Iterable[Row]) -> None:
    """Insert each row, or replace the one with its key."""
    _write(connection, table, rows, _replacing)


def read(connection: sa.Connection, table: sa.Table, keys: Collection[Row]) -> list[sa.Row[Any]]:
    """The rows that have one of `keys`, each a whole primary key."""
    if not keys:
        return []
    columns = list(table.primary_key.columns)
    dialect = connection.dialect.name
    return list(
        connection.execute(_reading(table, dialect), _parameters(dialect, columns, list(keys), connection))
    )


def delete(connection: sa.Connection, table: sa.Table, keys: Collection[Row]) -> None:
    """Delete the rows that have one of `keys`, each a whole primary key."""
    if keys:
        columns = list(table.primary_key.columns)
        dialect = connection.dialect.name
        connection.execute(_deleting(table, dialect), _parameters(dialect, columns, sorted(keys), connection))


def _write(
    connection: sa.Connection, table: sa.Table, rows: Iterable[Row], statement: Callable[[sa.Table, str], Any]
) -> None:
    ordered = sorted(rows)  # By their keys, which are distinct and come first.
    if ordered:
        dialect = connection.dialect.name
        connection.execute(
            statement(table, dialect), _parameters(dialect, list(table.columns), ordered, connection)
        )


@lru_cache
def _reading(table: sa.Table, dialect: str) -> Any:
    names = table.primary_key.columns.keys()
    # CROSS JOIN tells SQLite to look up each key, and is a plain join elsewhere.
    matches = " AND ".join(f"{table.name}.{name} = given.{name}" for name in names)
    columns = ", ".join(f"{table.name}.{column.name}" for column in table.c)
    given = _given(dialect, list(table.primary_key.columns))
    return sa.text(f"SELECT {columns} FROM {given} CROSS JOIN {table.name} WHERE {matches}").columns(*table.c)


@lru_cache
def _deleting(table: sa.Table, dialect: str) -> Any:
    names = ", ".join(table.primary_key.columns.keys())
    given = _given(dialect, list(table.primary_key.columns))
    return sa.text(f"DELETE FROM {table.name} WHERE ({names}) IN (SELECT {names} FROM {given})")


@lru_cache
def _inserting(table: sa.Table, dialect: str) -> Any:
    return sa.text(_insert(table, dialect))


@lru_cache
def _adding(table: sa.Table, dialect: str) -> Any:
    return sa.text(_on_conflict(table, dialect, f"count = {table.name}.count + excluded.count"))


@lru_cache
def _replacing(table: sa.Table, dialect: str) -> Any:
    values = [column.name for column in table.c if not column.primary_key]
    return sa.text(_on_conflict(table, dialect, ", ".join(f"{name} = excluded.{name}" for name in values)))


def _on_conflict(table: sa.Table, dialect: str, change: str) -> str:
    key = ", ".join(table.primary_key.columns.keys())
    # WHERE true keeps SQLite from reading ON as part of a join.
    return f"{_insert(table, dialect)} WHERE true ON CONFLICT ({key}) DO UPDATE SET {change}"


def _insert(table: sa.Table, dialect: str) -> str:
    names = ", ".join(table.c.keys())
    return f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {_given(dialect, list(table.columns))}"


def _given(dialect: str, columns: list[sa.Column[Any]]) -> str:
    """The rows that are passed in, as a table expression."""
    if dialect == "postgresql":
        names = ", ".join(column.name for column in columns)
        arrays = ", ".join(f"CAST(:{column.name} AS {_type(column)}[])" for column in columns)
        return f"unnest({arrays}) AS given ({names})"
    values = ", ".join(
        f"json_extract(value, '$[{number}]') AS {column.name}" for number, column in enumerate(columns)
    )
    return f"(SELECT {values} FROM json_each(:rows)) AS given"


def _type(column: sa.Column[Any]) -> str:
    # Only a server's database asks for it, and its package takes part in every start (chassis/storage/database.py).
    from sqlalchemy.dialects import postgresql

    return column.type.compile(postgresql.dialect()).partition(" ")[0]  # type: ignore[no-untyped-call]


def _parameters(
    dialect: str, columns: list[sa.Column[Any]], rows: list[Row], connection: sa.Connection
) -> dict[str, str]:
    bound = [
        [value if process is None else process(value) for value in values]
        for process, values in zip(
            (
                column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
                for column in columns
            ),
            zip(*rows, strict=True),
            strict=True,
        )
    ]
    if dialect == "postgresql":
        return {column.name: _array(values) for column, values in zip(columns, bound, strict=True)}
    return {"rows": _json(list(zip(*bound, strict=True)))}


def _json(values: Any) -> str:
    return orjson.dumps(values, default=str).decode()


def _array(values: list[Any]) -> str:
    """An array literal of PostgreSQL (its manual, "Array Input and Output Syntax")."""
    kinds = set(map(type, values))
    if kinds <= {int, date}:
        return "{" + ",".join(map(str, values)) + "}"
    if kinds == {str} and '"' not in (joined := "\n".join(values)) and "\\" not in joined:
        return '{"' + '","'.join(values) + '"}'
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
