"""Messages as staff look at them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Rows, Window, matching, page
from chassis.storage.rows import get
from common.access import Scope, within
from services.notifications.model.states import WAITING
from services.notifications.tables import MESSAGES, deliveries, gateways, history, messages

_AT_THE_DESK = sa.and_(messages.c.state.in_(WAITING), messages.c.channel == "inPerson")


def list_messages(connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window) -> Rows:
    """Messages, the latest first."""
    wanted = matching(
        messages, args, "state", "channel", "kind", "about", "digipunt", "municipality", "reason"
    )
    statement = sa.select(messages).where(within(messages, scope), *wanted)
    return page(connection, statement.order_by(messages.c.planned_at.desc(), messages.c.id), window)


def one(connection: sa.Connection, id: str) -> dict[str, Any]:
    """A message with its history. Raises NotFound."""
    row = get(connection, MESSAGES, id)
    steps = connection.execute(
        sa.select(history.c.at, history.c.state, history.c.channel, history.c.reason)
        .where(history.c.message == id)
        .order_by(history.c.seq)
    ).mappings()
    segments = connection.execute(
        sa.select(deliveries.c.segments).where(deliveries.c.id == row["delivery"])
    ).scalar()
    return {**row, "segments": segments, "history": [dict(step) for step in steps]}


def to_call(scope: Scope, args: Mapping[str, Any]) -> sa.Select[Any]:
    """What is on the call sheet, what is most urgent first."""
    return _listed(scope, args, messages.c.state.in_(("toCall", "noAnswer")))


def in_person(scope: Scope, args: Mapping[str, Any]) -> sa.Select[Any]:
    """What is to be said at the desk."""
    return _listed(scope, args, _AT_THE_DESK)


def unreachable(scope: Scope, args: Mapping[str, Any]) -> sa.Select[Any]:
    """What reached nobody, or perhaps nobody; and whoever can be told at a next visit only."""
    at_a_visit = sa.and_(_AT_THE_DESK, messages.c.person.is_not(None))
    return _listed(scope, args, sa.or_(messages.c.state == "failed", at_a_visit))


def _listed(scope: Scope, args: Mapping[str, Any], *conditions: sa.ColumnElement[bool]) -> sa.Select[Any]:
    wanted = matching(messages, args, "digipunt", "municipality")
    order = (messages.c.until, messages.c.person, messages.c.id)
    return sa.select(messages).where(within(messages, scope), *wanted, *conditions).order_by(*order)


def channels(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """The channels that are out of order."""
    return {row["channel"]: dict(row) for row in connection.execute(sa.select(gateways)).mappings()}
