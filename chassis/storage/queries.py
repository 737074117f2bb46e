"""What the queries of several resources share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

Window = tuple[int, int]
"""Limit and offset."""

Rows = tuple[list[dict[str, Any]], int]
"""The rows of a page, and how many there are in all."""


def matching(table: sa.Table, args: Mapping[str, Any], *names: str) -> list[sa.ColumnElement[bool]]:
    """Equality with each of the named arguments that was given."""
    return [table.c[name] == args[name] for name in names if name in args]


def in_period(day: sa.ColumnElement[Any], args: Mapping[str, Any]) -> list[sa.ColumnElement[bool]]:
    """Both ends of the period belong to it."""
    first = [day >= args["from_"]] if "from_" in args else []
    last = [day <= args["to"]] if "to" in args else []
    return first + last


def page(connection: sa.Connection, statement: sa.Select[Any], window: Window) -> Rows:
    """The rows of one page, and how many there are in all."""
    counted = sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())
    total = connection.execute(counted).scalar_one()
    limit, offset = window
    if total <= offset:
        return [], total
    rows = connection.execute(statement.limit(limit).offset(offset)).mappings()
    return [dict(row) for row in rows], total
