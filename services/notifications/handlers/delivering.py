"""Tells people, once each, by the first way that works, at a decent hour.

Promise: nobody is told twice and nobody is forgotten, whatever dies when. A message is claimed (`claiming`), then its owner is
asked whether it is still true and for whom it is. Before anything leaves, an *intent* is committed: the delivery row, whose id
is the idempotency key, and the person's one message of the day. What is still `sending` after its deadline may have left: it
becomes `failed` with the reason `unknown` and is shown, never sent again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
import structlog
from jinja2 import TemplateError

from chassis.clock import Clock, local_day
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.storage.database import Database
from services.notifications.channels.base import (
    Channel,
    ChannelError,
    OutcomeUnknown,
    Outgoing,
)
from services.notifications.handlers import gateways
from services.notifications.handlers.claiming import Claims, lock_unchanged
from services.notifications.handlers.contexts import RpcClients, RpcUnavailable, Unreadable, ask
from services.notifications.handlers.messages import contacted_today, transition
from services.notifications.handlers.outcomes import Result, record_outcome
from services.notifications.handlers.templates import overrides
from services.notifications.model.plans import RECEIPTS, REMINDERS
from services.notifications.model.quiet import next_day, next_open
from services.notifications.model.routing import Context, Person, next_channel
from services.notifications.model.rows import MessageChanges, MessageRow, MessageState
from services.notifications.model.states import PUSH
from services.notifications.tables import deliveries
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

SENDING = timedelta(minutes=3)
"""Longer than a send can take in a process that lives."""

UNREADABLE_PAUSE = timedelta(minutes=10)
AT_ONCE = 200
"""Messages in one round, so that the rounds of a busy morning leave room for what else is to be done."""

URGENCY = {kind: number for number, kind in enumerate(REMINDERS, 1)}

Asked = tuple[MessageRow, Context]


@dataclass(frozen=True, slots=True)
class Sender:
    """What sending needs. `phone` is the number to give where a digipunt has none of its own."""

    claims: Claims
    owners: RpcClients
    channels: Mapping[str, Channel]
    phone: str | None = None
    faults: FaultPoints = NO_FAULTS

    @property
    def database(self) -> Database:
        return self.claims.database

    @property
    def clock(self) -> Clock:
        return self.claims.clock

    def run(self) -> int:
        """One round: what came too late is dropped, and whoever may be told now is told. How many were claimed."""
        now = self.clock.now()
        self.claims.recover(now)
        self.claims.expire(now)
        if (opens := next_open(now)) > now:
            self.claims.hold(now, opens)
            return 0
        claimed = 0
        while claimed < AT_ONCE and (group := self.claims.claim(self.clock.now())):
            claimed += len(group)
            self.faults.reach("sender.claimed")
            self._tell(group)
        return claimed

    def _tell(self, group: list[MessageRow]) -> None:
        person = group[0]["person"]
        if person and self.claims.was_contacted_today(person):
            self.claims.postpone(group, next_day(local_day(self.clock.now())))
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

    def _ask(self, group: list[MessageRow]) -> list[Asked]:
        """What the owner says of each message that is still true; the others are dropped, or wait for the owner."""
        asked = []
        for row in group:
            try:
                context = ask(self.owners, row, self.phone)
            except RpcUnavailable as error:
                log.warning("messages.waitingForOwner", owner=row["source"], error=str(error))
                self.claims.wait_for_owner(row["source"])
                return []
            except Unreadable as error:
                log.error("messages.ownerUnreadable", message=row["id"], error=str(error))
                self.claims.postpone([row], self.clock.now() + UNREADABLE_PAUSE)
                continue
            if context.true:
                asked.append((row, context))
                continue
            with self.claims.unit_of_work() as uow:
                if (current := lock_unchanged(uow, [row])) is not None:
                    transition(uow, current[0], "expired", {"next_at": None}, reason="noLongerTrue")
        return asked

    def _to_staff(self, asked: list[Asked]) -> None:
        """Nobody whom a machine could reach stands behind it."""
        for row, _ in asked:
            self._hand(row, "phoneCall" if row["kind"] == "followUpCall" else "inPerson")

    def _hand(self, row: MessageRow, channel: str) -> None:
        """Put a message on the list of staff: to write, to call or to say."""
        with self.claims.unit_of_work() as uow:
            if (current := lock_unchanged(uow, [row])) is not None:
                state: MessageState = "toCall" if channel == "phoneCall" else "planned"
                transition(uow, current[0], state, {"channel": channel, "attempts": 0, "next_at": None})

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
                state: MessageState = "expired" if row["kind"] in RECEIPTS else "failed"
                with self.claims.unit_of_work() as uow:
                    if (current := lock_unchanged(uow, [row])) is not None:
                        transition(uow, current[0], state, {"next_at": None}, reason=reason)
            else:
                self._hand(row, channel)

    def _send(self, asked: list[Asked], person: Person, channel: str) -> None:
        rows = [row for row, _ in asked]
        try:
            text = self._written(asked, person, channel)
        except TemplateError as error:
            log.error("messages.notWritable", kinds=[row["kind"] for row in rows], error=type(error).__name__)
            self.claims.postpone(rows, self.clock.now() + UNREADABLE_PAUSE)
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
        with self.claims.unit_of_work() as uow:
            record_outcome(uow, channel, delivery, outcome)
        self.faults.reach("sender.recorded")

    def _written(self, asked: list[Asked], person: Person, channel: str) -> Text:
        urgent = sorted(asked, key=lambda each: -URGENCY.get(each[0]["kind"], 0))
        items = [Item(row["kind"], context.facts) for row, context in urgent]
        with self.database.read() as connection:
            own = overrides(connection, asked[0][0]["municipality"])
        return compose(channel, person.language, items, own)

    def _intend(self, rows: list[MessageRow], person: Person, channel: str, text: Text) -> str | None:
        """Commit that this is about to leave; the id of the delivery, or None when it must not (now)."""
        now = self.clock.now()
        with self.claims.unit_of_work() as uow:
            current = lock_unchanged(uow, rows)
            if current is None:
                return None
            id = uow.new_id()
            if not contacted_today(uow, rows[0]["person"], id):
                for row in current:
                    transition(uow, row, row["state"], {"next_at": next_day(local_day(now))}, silent=True)
                return None
            delivery = {
                "id": id,
                "channel": channel,
                "state": "sending",
                "segments": text.segments,
                "started_at": now,
                "deadline": now + SENDING,
            }
            uow.connection.execute(sa.insert(deliveries), delivery)
            for each in current:
                changes: MessageChanges = {
                    "channel": channel,
                    "delivery": id,
                    "attempts": each["attempts"] + 1,
                    "next_at": None,
                }
                transition(uow, each, "sending", changes)
        return id

    def _sent(self, channel: str, message: Outgoing) -> Result:
        try:
            return self.channels[channel].send(message)
        except ChannelError as error:
            return error
        except Exception as error:
            log.error("channels.failed", channel=channel, error=type(error).__name__)
            return OutcomeUnknown(type(error).__name__)
