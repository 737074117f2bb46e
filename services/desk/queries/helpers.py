"""Helpers, and where they help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window
from common.access import Scope, within
from services.desk.model.rows import HelperRow
from services.desk.tables import HELPERS, helper_digipunts, helpers


def list_helpers(
    connection: sa.Connection, scope: Scope, digipunt: str | None, window: Window
) -> tuple[list[HelperRow], int]:
    """Helpers in scope, of one digipunt if asked."""
    where: list[sa.ColumnElement[Any]] = [within(helper_digipunts, scope)]
    if digipunt is not None:
        where.append(helper_digipunts.c.digipunt == digipunt)
    here = sa.select(helper_digipunts.c.helper).where(*where)
    statement = sa.select(helpers).where(helpers.c.id.in_(here)).order_by(helpers.c.id)
    return HELPERS.page(connection, statement, window)


def digipunts_of(connection: sa.Connection, ids: Iterable[str], scope: Scope) -> dict[str, list[str]]:
    """Where these helpers help, as far as that is in scope."""
    statement = sa.select(helper_digipunts.c.helper, helper_digipunts.c.digipunt).where(
        helper_digipunts.c.helper.in_(list(ids)), within(helper_digipunts, scope)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for helper, digipunt in connection.execute(statement):
        found[helper].append(digipunt)
    return found


def municipalities_of(connection: sa.Connection, ids: Iterable[str], scope: Scope) -> list[tuple[str, str]]:
    """(helper, municipality) of each place where these helpers help, as far as that is in scope."""
    here = (helper_digipunts.c.helper, helper_digipunts.c.municipality)
    statement = sa.select(*here).where(
        helper_digipunts.c.helper.in_(list(ids)), within(helper_digipunts, scope)
    )
    return [
        (row.helper, row.municipality) for row in connection.execute(statement.distinct().order_by(*here))
    ]
