"""Run a SELECT of a resource's table, and give its rows the type that the table promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from chassis.storage.queries import Window, page
from chassis.storage.rows import Resource

R = TypeVar("R", bound=Mapping[str, object])


def select_all(connection: sa.Connection, resource: Resource[R], statement: sa.Select[Any]) -> list[R]:
    """The rows that `statement` selects, with all columns of the resource's table."""
    return [cast("R", dict(row)) for row in connection.execute(statement).mappings()]


def select_first(connection: sa.Connection, resource: Resource[R], statement: sa.Select[Any]) -> R | None:
    """The first of those rows, if there is one."""
    row = connection.execute(statement).mappings().first()
    return cast("R", dict(row)) if row else None


def select_page(
    connection: sa.Connection, resource: Resource[R], statement: sa.Select[Any], window: Window
) -> tuple[list[R], int]:
    """The rows of one page, and how many there are in all."""
    rows, total = page(connection, statement, window)
    return cast("list[R]", rows), total
