"""Visits, and the referrals in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Rows, Window, in_period, matching, page
from common.access import Scope, within
from services.visits.model.fields import FILTERS
from services.visits.model.rows import VisitRow
from services.visits.tables import VISITS, visits


def list_visits(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> tuple[list[VisitRow], int]:
    """Visits of the period, latest first."""
    conditions = [within(visits, scope), *matching(visits, args, *FILTERS), *in_period(visits.c.day, args)]
    if args["state"] != "any":
        conditions.append(visits.c.state == args["state"])
    if "theme" in args:
        conditions.append(_holds(visits.c.themes, f'"{args["theme"]}"'))
    if "service" in args:
        conditions.append(_holds(visits.c.bottlenecks, f'"service":"{args["service"]}"'))
    order = (visits.c.day.desc(), visits.c.started_at.desc(), visits.c.id)
    return VISITS.page(connection, sa.select(visits).where(*conditions).order_by(*order), window)


def list_referrals(connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window) -> Rows:
    """Referrals in and out, latest first. A visit may hold one of each."""
    directions = {"in": visits.c.referred_from, "out": visits.c.referred_to}
    if "direction" in args:
        directions = {args["direction"]: directions[args["direction"]]}
    conditions = [
        within(visits, scope),
        visits.c.state == "registered",
        *matching(visits, args, "digipunt", "municipality"),
        *in_period(visits.c.day, args),
    ]
    halves = [
        sa.select(
            visits.c.id.label("visit"),
            visits.c.digipunt,
            visits.c.municipality,
            visits.c.day,
            sa.literal(direction).label("direction"),
            party.label("party"),
            visits.c.outcome,
        ).where(*conditions, party.is_not(None), *([party == args["party"]] if "party" in args else []))
        for direction, party in directions.items()
    ]
    both = sa.union_all(*halves).subquery()
    return page(
        connection, sa.select(both).order_by(both.c.day.desc(), both.c.visit, both.c.direction), window
    )


def _holds(column: sa.ColumnElement[Any], text: str) -> sa.ColumnElement[bool]:
    """The JSON text of the column holds this text, which is a code of a reference list in quotes."""
    return sa.type_coerce(column, sa.Text).contains(text)
