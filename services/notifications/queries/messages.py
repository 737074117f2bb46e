"""Messages as staff look at them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from common.access import Scope, within
from services.notifications.model.rows import MessageRow
from services.notifications.model.states import WAITING
from services.notifications.tables import MESSAGES, deliveries, gateways, history, messages

_AT_THE_DESK = sa.and_(messages.c.state.in_(WAITING), messages.c.channel == "inPerson")


Page = tuple[list[MessageRow], int]
Listing = Callable[[sa.Connection, Scope, Mapping[str, Any], Window], Page]
"""One of the lists below that staff work through."""


def list_messages(connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window) -> Page:
    """Messages, the latest first."""
    wanted = matching(
        messages, args, "state", "channel", "kind", "about", "digipunt", "municipality", "reason"
    )
    statement = sa.select(messages).where(within(messages, scope), *wanted)
    return MESSAGES.page(connection, statement.order_by(messages.c.planned_at.desc(), messages.c.id), window)


def history_of(connection: sa.Connection, id: str) -> list[dict[str, Any]]:
    """What happened to a message, step by step."""
    steps = connection.execute(
        sa.select(history.c.at, history.c.state, history.c.channel, history.c.reason)
        .where(history.c.message == id)
        .order_by(history.c.seq)
    ).mappings()
    return [dict(step) for step in steps]


def segments_of(connection: sa.Connection, delivery: str | None) -> int | None:
    """How many SMS a delivery was billed as; None when it was not one."""
    statement = sa.select(deliveries.c.segments).where(deliveries.c.id == delivery)
    return connection.execute(statement).scalar()


def to_call(connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window) -> Page:
    """What is on the call sheet, what is most urgent first."""
    return _listed(connection, scope, args, window, messages.c.state.in_(("toCall", "noAnswer")))


def in_person(connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window) -> Page:
    """What is to be said at the desk."""
    return _listed(connection, scope, args, window, _AT_THE_DESK)


def unreachable(connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window) -> Page:
    """What reached nobody, or perhaps nobody; and whoever can be told at a next visit only."""
    at_a_visit = sa.and_(_AT_THE_DESK, messages.c.person.is_not(None))
    return _listed(connection, scope, args, window, sa.or_(messages.c.state == "failed", at_a_visit))


def _listed(
    connection: sa.Connection,
    scope: Scope,
    args: Mapping[str, Any],
    window: Window,
    condition: sa.ColumnElement[bool],
) -> Page:
    wanted = matching(messages, args, "digipunt", "municipality")
    statement = sa.select(messages).where(within(messages, scope), *wanted, condition)
    order = (messages.c.until, messages.c.person, messages.c.id)
    return MESSAGES.page(connection, statement.order_by(*order), window)


def channels(connection: sa.Connection) -> dict[str, dict[str, Any]]:
    """The channels that are out of order."""
    return {row["channel"]: dict(row) for row in connection.execute(sa.select(gateways)).mappings()}
