"""One statement per table for any number of rows: read by key, add to counts, or insert or replace.

Rows travel as whole columns in array parameters (PostgreSQL) or as one JSON parameter (SQLite), so that the statement does
not grow with them; the generation, the same in all of them, is a parameter of its own. They are written in the order of their
key, so that two writers cannot deadlock.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import lru_cache
from typing import Any

import orjson
import sqlalchemy as sa

Row = tuple[Any, ...]
"""Values in the order of the table's columns behind the generation, those of the key first."""


def insert(connection: sa.Connection, table: sa.Table, generation: int, rows: Iterable[Row]) -> None:
    """Insert each row. Raises IntegrityError where one has its key, and costs a quarter less than looking for it."""
    _write(connection, table, generation, rows, _inserting)


def add(connection: sa.Connection, table: sa.Table, generation: int, rows: Iterable[Row]) -> None:
    """Insert each row, or add its `count`, the last value, to that of the row with its key."""
    _write(connection, table, generation, [row for row in rows if row[-1]], _adding)


def put(connection: sa.Connection, table: sa.Table, generation: int, rows: Iterable[Row]) -> None:
    """Insert each row, or replace the one with its key."""
    _write(connection, table, generation, rows, _replacing)


def read(
    connection: sa.Connection, table: sa.Table, generation: int, keys: Collection[Row]
) -> list[sa.Row[Any]]:
    """The rows that have one of `keys`, each a whole primary key but for the generation."""
    if not keys:
        return []
    statement = _reading(table, connection.dialect.name)
    return list(
        connection.execute(statement, _parameters(connection, _keys_of(table), generation, list(keys)))
    )


def delete(connection: sa.Connection, table: sa.Table, generation: int, keys: Collection[Row]) -> None:
    """Delete the rows that have one of `keys`, each a whole primary key but for the generation."""
    if keys:
        statement = _deleting(table, connection.dialect.name)
        connection.execute(statement, _parameters(connection, _keys_of(table), generation, sorted(keys)))


def _write(
    connection: sa.Connection,
    table: sa.Table,
    generation: int,
    rows: Iterable[Row],
    statement: Callable[[sa.Table, str], Any],
) -> None:
    ordered = sorted(rows)  # By their keys, which are distinct and come first.
    if ordered:
        connection.execute(
            statement(table, connection.dialect.name),
            _parameters(connection, _columns_of(table), generation, ordered),
        )


def _columns_of(table: sa.Table) -> list[sa.Column[Any]]:
    return [column for column in table.columns if column.name != "generation"]


def _keys_of(table: sa.Table) -> list[sa.Column[Any]]:
    return [column for column in _columns_of(table) if column.primary_key]


@lru_cache
def _reading(table: sa.Table, dialect: str) -> Any:
    keys = _keys_of(table)
    # CROSS JOIN tells SQLite to look up each key, and is a plain join elsewhere.
    matches = " AND ".join(f"{table.name}.{key.name} = given.{key.name}" for key in keys)
    columns = ", ".join(f"{table.name}.{column.name}" for column in table.c)
    return sa.text(
        f"SELECT {columns} FROM {_given(dialect, keys)} CROSS JOIN {table.name}"
        f" WHERE {table.name}.generation = :generation AND {matches}"
    ).columns(*table.c)


@lru_cache
def _deleting(table: sa.Table, dialect: str) -> Any:
    keys = _keys_of(table)
    names = ", ".join(key.name for key in keys)
    return sa.text(
        f"DELETE FROM {table.name} WHERE generation = :generation"
        f" AND ({names}) IN (SELECT {names} FROM {_given(dialect, keys)})"
    )


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
    columns = _columns_of(table)
    names = ", ".join(column.name for column in columns)
    return (
        f"INSERT INTO {table.name} (generation, {names})"
        f" SELECT CAST(:generation AS INTEGER), {names} FROM {_given(dialect, columns)}"
    )


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
    connection: sa.Connection, columns: list[sa.Column[Any]], generation: int, rows: list[Row]
) -> dict[str, Any]:
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
    given: dict[str, Any] = {"generation": generation}
    if connection.dialect.name == "postgresql":
        return given | {column.name: _array(values) for column, values in zip(columns, bound, strict=True)}
    return given | {"rows": _json(list(zip(*bound, strict=True)))}


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
