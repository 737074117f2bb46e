"""Sends what is due, once to each person, by the first channel that works, outside quiet hours.

Promise: nobody is contacted twice about the same thing and nobody is forgotten, whatever dies when. Messages are claimed
(`claiming`), and their owner is asked whether they are still true and for whom they are. Before anything leaves, an *intent*
is committed: the delivery row, whose id is the idempotency key, and the person's one contact of the day. What is still
`sending` after its deadline may have left: it becomes `failed` with the reason `unknown`, is shown to staff and never sent
again (docs/adr/0011).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa
import structlog

from chassis.clock import Clock, local_day
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import Database
from services.notifications.channels.base import (
    Channel,
    ChannelError,
    OutcomeUnknown,
    Outgoing,
)
from services.notifications.handlers import claiming, gateways
from services.notifications.handlers.address_book import AddressBook
from services.notifications.handlers.contexts import (
    NotThere,
    RpcClients,
    RpcUnavailable,
    Unreadable,
    ask,
)
from services.notifications.handlers.outcomes import Outcome, record_outcome
from services.notifications.handlers.senders import Details, details_of
from services.notifications.handlers.templates import overrides
from services.notifications.handlers.transitions import mark_contacted_today, transition
from services.notifications.model import timing
from services.notifications.model.kinds import COURTESIES, KINDS, RECEIPTS
from services.notifications.model.quiet import next_day, next_open
from services.notifications.model.routing import Context, Person, next_channel
from services.notifications.model.rows import DeliveryRow, MessageRow
from services.notifications.model.seats import cannot_wait
from services.notifications.model.states import PUSH, ChannelName, PushChannel, Reason, State
from services.notifications.model.wording import tidy
from services.notifications.tables import contact_days, deliveries
from services.notifications.texts import Item, NotComposed, Text, compose

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

AT_ONCE = 200
"""Messages in one round, so that a busy morning leaves room for other work."""

WRITTEN = frozenset({"sms", "email", "letter"})
"""Ways on which nobody is there to answer a question, so that there has to be a number to call."""

Asked = tuple[MessageRow, Context]


@dataclass(frozen=True, slots=True)
class Sender:
    """What sending needs. `phone` is the number to give where neither digipunt nor municipality has one."""

    database: Database
    clock: Clock
    unit_of_work: Callable[[], UnitOfWork]
    owners: RpcClients
    people: AddressBook
    channels: Mapping[PushChannel, Channel]
    phone: str | None = None
    faults: FaultPoints = NO_FAULTS

    def run(self) -> int:
        """One round: expire what is too late, and deliver what is due. Returns how many messages were claimed."""
        now = self.clock.now()
        claiming.recover(self.unit_of_work, now)
        claiming.expire(self.unit_of_work, now)
        if (opens := next_open(now)) > now:
            claiming.hold(self.unit_of_work, now, opens)
            return 0
        claimed = 0
        while claimed < AT_ONCE and (group := claiming.claim(self.database, self.clock.now())):
            claimed += len(group)
            self.faults.reach("sender.claimed")
            self._deliver(group)
        return claimed

    def details_of(self, row: MessageRow) -> Details:
        """What to give to call, and to answer to, in this message."""
        with self.database.read() as connection:
            return details_of(connection, row["municipality"], row["digipunt"], self.phone)

    def _deliver(self, group: list[MessageRow]) -> None:
        person = group[0]["person"]
        if person and self._contacted_today(person):
            if later := [row for row in group if not self._cannot_wait(row)]:
                claiming.postpone(self.database, later, self._tomorrow())
            group = [row for row in group if self._cannot_wait(row)]
        asked = self._ask(group)
        self.faults.reach("sender.asked")
        by_phone = [each for each in asked if KINDS[each[0]["kind"]].by_phone]
        for part in (by_phone, [each for each in asked if each not in by_phone]):
            if not part:
                continue
            recipient = part[-1][1].person
            if recipient is None:
                for row, _ in part:
                    self._hand_to_staff(row, "inPerson")
            elif part is by_phone and recipient.phone:
                others = [each for each in recipient.channels if each != "phoneCall"]
                self._reach(part, replace(recipient, channels=("phoneCall", *others)))
            else:
                self._reach(part, recipient)

    def _cannot_wait(self, row: MessageRow) -> bool:
        return cannot_wait(row["kind"], row["until"], self.clock.now())

    def _contacted_today(self, person: str) -> bool:
        today = sa.select(contact_days.c.day).where(
            contact_days.c.person == person, contact_days.c.day == local_day(self.clock.now())
        )
        with self.database.read() as connection:
            return connection.execute(today).first() is not None

    def _ask(self, group: list[MessageRow]) -> list[Asked]:
        """The messages that are still true, each with its owner's answer; the others expire, or wait for the owner."""
        asked = []
        for row in group:
            try:
                context = ask(self.owners, self.people, row, self.details_of(row).phone)
            except NotThere:
                claiming.postpone(self.database, [row], self.clock.now() + timing.CONTACT_PAUSE)
                continue
            except RpcUnavailable as error:
                log.warning("owner.unavailable", owner=row["source"], error=str(error))
                claiming.postpone_owner(self.database, row["source"], self.clock.now())
                return []
            except Unreadable as error:
                log.error("owner.unreadable", owner=row["source"], message=row["id"], error=str(error))
                claiming.postpone(self.database, [row], self.clock.now() + timing.UNREADABLE_PAUSE)
                continue
            if context.true:
                asked.append((row, context))
            else:
                self._end(row, "expired", "noLongerTrue")
        return asked

    def _has_number(self, row: MessageRow, context: Context) -> bool:
        """Nobody is told to call without a number to call: it waits, where staff see it, until somebody gives one."""
        if context.facts["phone"]:
            return True
        again = self.clock.now() + timing.NUMBER_PAUSE
        with self.unit_of_work() as uow:
            if (current := claiming.lock_unchanged(uow, [row])) is not None:
                known = row["reason"] == "noNumber"
                if not known:
                    log.error("message.no_number", message=row["id"], digipunt=row["digipunt"])
                transition(uow, current[0], row["state"], reason="noNumber", silent=known, next_at=again)
        return False

    def _reach(self, asked: list[Asked], person: Person) -> None:
        closed: dict[ChannelName, Reason] = {each: "notSetUp" for each in PUSH if each not in self.channels}
        for each in gateways.list_given_up(self.database, self.clock.now()):
            closed[each] = "unavailable"
        if any(claiming.is_late_for_post(row, self.clock.now()) for row, _ in asked):
            closed["letter"] = "tooLate"
        tried = {channel for row, _ in asked for channel in row["tried"]}
        channel = next_channel(person, tried, closed)
        if channel in WRITTEN:
            asked = [each for each in asked if self._has_number(*each)]
        if channel == "email" or channel == "sms":
            if asked:
                self._send(asked, person, channel)
            return
        reasons = (closed[each] for each in person.channels if each in closed)
        reason: Reason = next(reasons, "noChannel")
        for row, _ in asked:
            if row["kind"] in RECEIPTS or (channel is None and row["kind"] in COURTESIES):
                self._end(row, "expired", reason)
            elif channel is None:
                self._end(row, "failed", reason)
            else:
                self._hand_to_staff(row, channel)

    def _end(self, row: MessageRow, state: State, reason: Reason) -> None:
        with self.unit_of_work() as uow:
            if (current := claiming.lock_unchanged(uow, [row])) is not None:
                transition(uow, current[0], state, reason=reason, next_at=None)

    def _hand_to_staff(self, row: MessageRow, channel: ChannelName) -> None:
        """Put a message on the list of staff who write, call or talk."""
        state: State = "toCall" if channel == "phoneCall" else "planned"
        with self.unit_of_work() as uow:
            if (current := claiming.lock_unchanged(uow, [row])) is not None:
                transition(uow, current[0], state, channel=channel, attempts=0, next_at=None)

    def _send(self, asked: list[Asked], person: Person, channel: PushChannel) -> None:
        rows = [row for row, _ in asked]
        try:
            text = self._compose(asked, person, channel)
        except NotComposed as error:
            kinds = [row["kind"] for row in rows]
            log.error("message.not_composed", kinds=kinds, error=str(error))
            claiming.postpone(self.database, rows, self.clock.now() + timing.UNREADABLE_PAUSE)
            return
        self.faults.reach("sender.beforeIntent")
        delivery = self._record_intent(rows, channel, text)
        if delivery is None:
            return
        self.faults.reach("sender.intended")
        to = str(person.address_for(channel))
        name = tidy(asked[0][1].facts["digipunt"])
        reply_to = self.details_of(rows[0]).email
        outcome = self._hand_over(channel, Outgoing(delivery, to, text.subject, text.text, name, reply_to))
        self.faults.reach("sender.sent")
        with self.unit_of_work() as uow:
            record_outcome(uow, channel, delivery, outcome)
        self.faults.reach("sender.recorded")

    def _compose(self, asked: list[Asked], person: Person, channel: PushChannel) -> Text:
        items = [Item(row["kind"], context.facts) for row, context in asked]
        with self.database.read() as connection:
            own = overrides(connection, asked[0][0]["municipality"])
        return compose(channel, person.language, items, own)

    def _record_intent(self, rows: list[MessageRow], channel: PushChannel, text: Text) -> str | None:
        """Commit that this is about to leave; returns the id of the delivery, or None when it must not leave now."""
        now = self.clock.now()
        with self.unit_of_work() as uow:
            current = claiming.lock_unchanged(uow, rows)
            if current is None:
                return None
            id = uow.new_id()
            first_today = mark_contacted_today(uow, rows[0]["person"], id)
            if not first_today and not any(map(self._cannot_wait, rows)):
                for row in current:
                    transition(uow, row, row["state"], silent=True, next_at=self._tomorrow())
                return None
            delivery: DeliveryRow = {
                "id": id,
                "channel": channel,
                "state": "sending",
                "reference": None,
                "segments": text.segments,
                "started_at": now,
                "deadline": now + timing.SENDING,
            }
            uow.connection.execute(sa.insert(deliveries).values(delivery))
            for row in current:
                attempts = row["attempts"] + 1
                transition(uow, row, "sending", channel=channel, delivery=id, attempts=attempts, next_at=None)
        return id

    def _hand_over(self, channel: PushChannel, message: Outgoing) -> Outcome:
        try:
            return self.channels[channel].send(message)
        except ChannelError as error:
            return error
        except Exception as error:
            log.error("channel.failed", channel=channel, error=type(error).__name__)
            return OutcomeUnknown(type(error).__name__)

    def _tomorrow(self) -> datetime:
        return next_day(local_day(self.clock.now()))
