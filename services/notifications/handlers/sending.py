"""Tells people, once each, by the first way that works, at a decent hour.

Promise: nobody is told twice and nobody is forgotten, whatever dies when. A message is *claimed* by moving its `next_at` into
the future, so that of two replicas one has it, and a claim that nobody finishes runs out. Then the owner is asked whether it
is still true and for whom it is. Before anything leaves, an *intent* is committed: the delivery row, whose id is the
idempotency key, and the person's one message of the day. What is still `sending` after its deadline may have left: it becomes
`failed` with the reason `unknown` and is shown, never sent again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
import structlog
from jinja2 import TemplateError

from chassis.clock import Clock, local_day
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import Database, for_update
from chassis.storage.rows import Row
from services.notifications.channels.base import (
    Channel,
    ChannelError,
    OutcomeUnknown,
    Outgoing,
)
from services.notifications.handlers import gateways
from services.notifications.handlers.contexts import RpcClients, RpcUnavailable, Unreadable, ask
from services.notifications.handlers.messages import move, told
from services.notifications.handlers.outcomes import Result, record_outcome, rows_of, settle
from services.notifications.handlers.templates import overrides
from services.notifications.model.plans import RECEIPTS, REMINDERS
from services.notifications.model.quiet import next_day, next_open
from services.notifications.model.routing import Context, Person, next_channel
from services.notifications.model.states import OPEN, PUSH, WAITING
from services.notifications.tables import deliveries, messages, told_days
from services.notifications.texts import Item, Text, compose

log = structlog.get_logger(__name__)

POINTS = (
    "sender.claimed",
    "sender.asked",
    "sender.beforeIntent",
    "sender.intended",
    "sender.sent",
    "sender.recorded",
)
"""Where a fault test may strike, besides the chassis's own points."""

SETTLING = timedelta(seconds=3)
"""What is due within this is told together."""

CLAIM = timedelta(minutes=3)
SENDING = timedelta(minutes=3)
"""Longer than a claim, or a send, can take in a process that lives."""

OWNER_PAUSE, UNREADABLE_PAUSE, FIRST_PAUSE = (
    timedelta(seconds=30),
    timedelta(minutes=10),
    timedelta(minutes=2),
)
AT_ONCE = 200
"""Messages in one round, so that the rounds of a busy morning leave room for what else is to be done."""

URGENCY = {kind: number for number, kind in enumerate(REMINDERS, 1)}

Asked = tuple[Row, Context]


@dataclass(frozen=True, slots=True)
class Sender:
    """What sending needs. `phone` is the number to give where a digipunt has none of its own."""

    database: Database
    clock: Clock
    unit_of_work: Callable[[], UnitOfWork]
    owners: RpcClients
    channels: Mapping[str, Channel]
    phone: str | None = None
    faults: FaultPoints = NO_FAULTS

    def run(self) -> int:
        """One round: what came too late is dropped, and whoever may be told now is told. How many were claimed."""
        now = self.clock.now()
        self._recover(now)
        self._expire(now)
        if (opens := next_open(now)) > now:
            self._hold(now, opens)
            return 0
        claimed = 0
        while claimed < AT_ONCE and (group := self._claim(self.clock.now())):
            claimed += len(group)
            self.faults.reach("sender.claimed")
            self._tell(group)
        return claimed

    def _recover(self, now: datetime) -> None:
        """What was being sent when its process died may have left."""
        with self.unit_of_work() as uow:
            stuck = sa.select(deliveries.c.id).where(
                deliveries.c.state == "sending", deliveries.c.deadline <= now
            )
            for id in uow.connection.execute(for_update(uow.dialect, stuck)).scalars().all():
                settle(uow, id, "unknown")
                for row in rows_of(uow, id):
                    move(uow, row, "failed", reason="unknown", next_at=None)

    def _expire(self, now: datetime) -> None:
        with self.unit_of_work() as uow:
            late = sa.select(messages).where(messages.c.state.in_(OPEN), messages.c.until <= now).limit(500)
            for row in uow.connection.execute(for_update(uow.dialect, late)).mappings().all():
                # The last reminder is never dropped in silence: a coordinator has to know that it reached nobody.
                state = "failed" if row["kind"] == REMINDERS[-1] else "expired"
                move(uow, dict(row), state, reason="tooLate", next_at=None)

    def _hold(self, now: datetime, opens: datetime) -> None:
        """It is night, Sunday or a holiday: what is due waits for the morning."""
        with self.unit_of_work() as uow:
            due = (
                sa.select(messages).where(messages.c.state.in_(WAITING), messages.c.next_at <= now).limit(500)
            )
            for row in uow.connection.execute(for_update(uow.dialect, due)).mappings().all():
                move(
                    uow,
                    dict(row),
                    "heldQuietHours",
                    reason=row["reason"],
                    silent=row["state"] != "planned",
                    next_at=opens,
                )

    def _claim(self, now: datetime) -> list[Row]:
        """All that is due for one person, for us alone until the claim runs out; nothing for a channel that is closed."""
        closed = gateways.waiting(self.database, now)
        may_go = [
            messages.c.state.in_(WAITING),
            sa.or_(messages.c.channel.is_(None), messages.c.channel.not_in(closed)),
        ]
        with self.database.begin() as connection:
            first = connection.execute(
                sa.select(messages.c.id, messages.c.person)
                .where(messages.c.next_at <= now, *may_go)
                .order_by(messages.c.next_at, messages.c.id)
                .limit(1)
            ).first()
            if first is None:
                return []
            whose = messages.c.id == first.id if first.person is None else messages.c.person == first.person
            taken = connection.execute(
                sa.update(messages)
                .where(whose, messages.c.next_at <= now + SETTLING, *may_go)
                .values(next_at=now + CLAIM)
                .returning(messages)
            )
            return [dict(row) for row in taken.mappings()]

    def _tell(self, group: list[Row]) -> None:
        person = group[0]["person"]
        if person and self._told_today(person):
            self._later(group, next_day(local_day(self.clock.now())))
            return
        asked = self._ask(group)
        self.faults.reach("sender.asked")
        if not asked:
            return
        whose = asked[-1][1].person
        if whose is None:
            self._to_staff(asked)
        else:
            self._reach(asked, whose)

    def _told_today(self, person: str) -> bool:
        today = sa.select(told_days.c.day).where(
            told_days.c.person == person, told_days.c.day == local_day(self.clock.now())
        )
        with self.database.read() as connection:
            return connection.execute(today).first() is not None

    def _ask(self, group: list[Row]) -> list[Asked]:
        """What the owner says of each message that is still true; the others are dropped, or wait for the owner."""
        asked = []
        for row in group:
            try:
                context = ask(self.owners, row, self.phone)
            except RpcUnavailable as error:
                log.warning("messages wait for their owner", owner=row["source"], error=str(error))
                self._wait_for_owner(row["source"])
                return []
            except Unreadable as error:
                log.error(
                    "a message waits: its owner's answer is unreadable", message=row["id"], error=str(error)
                )
                self._later([row], self.clock.now() + UNREADABLE_PAUSE)
                continue
            if context.true:
                asked.append((row, context))
                continue
            with self.unit_of_work() as uow:
                if (current := _unchanged(uow, [row])) is not None:
                    move(uow, current[0], "expired", reason="noLongerTrue", next_at=None)
        return asked

    def _wait_for_owner(self, source: str) -> None:
        """One question is enough to know; all that is due from this owner waits."""
        now = self.clock.now()
        due = [messages.c.source == source, messages.c.state.in_(WAITING), messages.c.next_at <= now + CLAIM]
        with self.database.begin() as connection:
            connection.execute(sa.update(messages).where(*due).values(next_at=now + OWNER_PAUSE))

    def _later(self, group: list[Row], at: datetime) -> None:
        ids = [row["id"] for row in group]
        with self.database.begin() as connection:
            waiting = [messages.c.id.in_(ids), messages.c.state.in_(WAITING)]
            connection.execute(sa.update(messages).where(*waiting).values(next_at=at))

    def _to_staff(self, asked: list[Asked]) -> None:
        """Nobody whom a machine could reach stands behind it."""
        for row, _ in asked:
            self._hand(row, "phoneCall" if row["kind"] == "followUpCall" else "inPerson")

    def _hand(self, row: Row, channel: str) -> None:
        """Put a message on the list of staff: to write, to call or to say."""
        with self.unit_of_work() as uow:
            if (current := _unchanged(uow, [row])) is not None:
                state = "toCall" if channel == "phoneCall" else "planned"
                move(uow, current[0], state, channel=channel, attempts=0, next_at=None)

    def _reach(self, asked: list[Asked], person: Person) -> None:
        closed = {each: "notSetUp" for each in PUSH if each not in self.channels}
        closed |= dict.fromkeys(gateways.given_up(self.database, self.clock.now()), "unavailable")
        tried = {channel for row, _ in asked for channel in row["tried"]}
        channel = next_channel(person, tried, closed)
        if channel in PUSH:
            self._send(asked, person, channel)
            return
        reason = next((closed[each] for each in person.channels if each in closed), "noChannel")
        for row, _ in asked:
            if row["kind"] in RECEIPTS or channel is None:
                state = "expired" if row["kind"] in RECEIPTS else "failed"
                with self.unit_of_work() as uow:
                    if (current := _unchanged(uow, [row])) is not None:
                        move(uow, current[0], state, reason=reason, next_at=None)
            else:
                self._hand(row, channel)

    def _send(self, asked: list[Asked], person: Person, channel: str) -> None:
        rows = [row for row, _ in asked]
        try:
            text = self._written(asked, person, channel)
        except TemplateError as error:
            log.error(
                "a message cannot be written", kinds=[row["kind"] for row in rows], error=type(error).__name__
            )
            self._later(rows, self.clock.now() + UNREADABLE_PAUSE)
            return
        self.faults.reach("sender.beforeIntent")
        delivery = self._intend(rows, person, channel, text)
        if delivery is None:
            return
        self.faults.reach("sender.intended")
        outcome = self._sent(
            channel, Outgoing(delivery, str(person.address_for(channel)), text.subject, text.text)
        )
        self.faults.reach("sender.sent")
        with self.unit_of_work() as uow:
            record_outcome(uow, channel, delivery, outcome)
        self.faults.reach("sender.recorded")

    def _written(self, asked: list[Asked], person: Person, channel: str) -> Text:
        urgent = sorted(asked, key=lambda each: -URGENCY.get(each[0]["kind"], 0))
        items = [Item(row["kind"], context.facts) for row, context in urgent]
        with self.database.read() as connection:
            own = overrides(connection, asked[0][0]["municipality"])
        return compose(channel, person.language, items, own)

    def _intend(self, rows: list[Row], person: Person, channel: str, text: Text) -> str | None:
        """Commit that this is about to leave; the id of the delivery, or None when it must not (now)."""
        now = self.clock.now()
        with self.unit_of_work() as uow:
            current = _unchanged(uow, rows)
            if current is None:
                return None
            id = uow.new_id()
            if not told(uow, rows[0]["person"], id):
                for row in current:
                    move(uow, row, row["state"], silent=True, next_at=next_day(local_day(now)))
                return None
            row = {"id": id, "channel": channel, "state": "sending", "segments": text.segments}
            uow.connection.execute(
                sa.insert(deliveries), row | {"started_at": now, "deadline": now + SENDING}
            )
            for each in current:
                more = {"channel": channel, "delivery": id, "attempts": each["attempts"] + 1, "next_at": None}
                move(uow, each, "sending", **more)
        return id

    def _sent(self, channel: str, message: Outgoing) -> Result:
        try:
            return self.channels[channel].send(message)
        except ChannelError as error:
            return error
        except Exception as error:
            log.error("a channel broke", channel=channel, error=type(error).__name__)
            return OutcomeUnknown(type(error).__name__)


def _unchanged(uow: UnitOfWork, rows: Sequence[Row]) -> list[Row] | None:
    """The rows, locked, if nobody has touched one since they were claimed; else they come round again."""
    claimed = {row["id"]: row["version"] for row in rows}
    statement = for_update(uow.dialect, sa.select(messages).where(messages.c.id.in_(claimed)))
    found = [dict(row) for row in uow.connection.execute(statement).mappings()]
    same = [row for row in found if row["version"] == claimed[row["id"]] and row["state"] in WAITING]
    return same if len(same) == len(rows) else None
