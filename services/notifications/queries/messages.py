"""Messages as staff look at them, and the state of the channels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from common.access import Scope, within
from services.notifications.model.rows import CallClaimRow, GatewayRow, HistoryStep, MessageRow
from services.notifications.model.states import TO_CALL, WAITING, PushChannel
from services.notifications.tables import MESSAGES, call_claims, deliveries, gateways, history, messages

MessagePage = tuple[list[MessageRow], int]
"""The rows of a page, and how many there are in all."""

AT_THE_DESK = sa.and_(messages.c.state.in_(WAITING), messages.c.channel == "inPerson")


WAITING_FOR_NUMBER = sa.and_(messages.c.state.in_(WAITING), messages.c.reason == "noNumber")


@dataclass(frozen=True, slots=True)
class MessageWithHistory:
    """A message, its steps, and how many SMS its present delivery is billed as."""

    row: MessageRow
    history: list[HistoryStep]
    segments: int | None


def list_messages(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> MessagePage:
    """Messages, the latest first."""
    wanted = matching(
        messages, args, "state", "channel", "kind", "about", "digipunt", "municipality", "reason"
    )
    statement = sa.select(messages).where(within(messages, scope), *wanted)
    return MESSAGES.page(connection, statement.order_by(messages.c.planned_at.desc(), messages.c.id), window)


def get_with_history(connection: sa.Connection, id: str) -> MessageWithHistory:
    """A message with its history. Raises NotFound."""
    row = MESSAGES.get(connection, id)
    steps = connection.execute(
        sa.select(history.c.at, history.c.state, history.c.channel, history.c.reason)
        .where(history.c.message == id)
        .order_by(history.c.seq)
    ).mappings()
    segments = connection.execute(
        sa.select(deliveries.c.segments).where(deliveries.c.id == row["delivery"])
    ).scalar()
    return MessageWithHistory(row, [cast(HistoryStep, dict(step)) for step in steps], segments)


def list_to_call(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> MessagePage:
    """The call sheet, the most urgent first."""
    return _work_list(connection, scope, args, window, messages.c.state.in_(TO_CALL))


def list_in_person(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> MessagePage:
    """What staff say at the desk."""
    return _work_list(connection, scope, args, window, AT_THE_DESK)


def list_unreachable(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> MessagePage:
    """What reached nobody, or perhaps nobody; people who can be told at a next visit only; what waits for a number."""
    at_a_visit = sa.and_(AT_THE_DESK, messages.c.person.is_not(None))
    found = sa.or_(messages.c.state == "failed", at_a_visit, WAITING_FOR_NUMBER)
    return _work_list(connection, scope, args, window, found)


def count_waiting_for_number(connection: sa.Connection) -> int:
    """How many messages nobody can be told, because there is no number to call."""
    counted = sa.select(sa.func.count()).select_from(messages).where(WAITING_FOR_NUMBER)
    return int(connection.execute(counted).scalar_one())


def claims_of(
    connection: sa.Connection, rows: Sequence[MessageRow], now: datetime
) -> dict[str, CallClaimRow]:
    """Who is calling about these messages just now, by message."""
    mine = call_claims.c.message.in_([row["id"] for row in rows])
    found = connection.execute(sa.select(call_claims).where(mine, call_claims.c.until > now)).mappings()
    return {row["message"]: cast(CallClaimRow, dict(row)) for row in found}


def channels_down(connection: sa.Connection) -> dict[PushChannel, GatewayRow]:
    """The channels that are down."""
    rows = connection.execute(sa.select(gateways)).mappings()
    return {row["channel"]: cast(GatewayRow, dict(row)) for row in rows}


def _work_list(
    connection: sa.Connection,
    scope: Scope,
    args: Mapping[str, Any],
    window: Window,
    condition: sa.ColumnElement[bool],
) -> MessagePage:
    wanted = matching(messages, args, "digipunt", "municipality")
    statement = sa.select(messages).where(within(messages, scope), *wanted, condition)
    order = (messages.c.until, messages.c.person, messages.c.id)
    return MESSAGES.page(connection, statement.order_by(*order), window)
