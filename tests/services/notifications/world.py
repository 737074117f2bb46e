"""Notifications, running, with an owner that a test steers, a clock that a test moves, and real ways out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

import httpx
import sqlalchemy as sa

from chassis.clock import BRUSSELS
from chassis.http.auth import issue
from chassis.run import Runner
from chassis.runtime.application import Application
from services.notifications.tables import contact_days, gateways, messages, open_loans
from tests.services.notifications.owner import TIENEN, LoansOwner, borrower, context, loan, typed
from tests.support.mail import MailServer
from tests.support.processes import wait_until

MONDAY = date(2026, 11, 30)


class MovedClock:
    """Stands at a moment that the test sets, and goes on from there."""

    def __init__(self) -> None:
        self.set(MONDAY)

    def set(self, day: date, hour: float = 10.0) -> None:
        """Make it this hour in Belgium."""
        minutes = round(hour * 60)
        at = datetime.combine(day, time(minutes // 60, minutes % 60), BRUSSELS)
        self._shift = at.astimezone(UTC) - datetime.now(UTC)

    def later(self, **by: float) -> None:
        self._shift += timedelta(**by)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def monotonic(self) -> float:
        return monotonic()


@dataclass
class World:
    """What a test needs to tell a story."""

    runner: Runner
    clock: MovedClock
    mail: MailServer
    idle: list[int]

    @property
    def application(self) -> Application:
        return self.runner.applications["notifications"]

    def client(self, role: str = "coordinator", municipalities: Iterable[str] = (TIENEN,)) -> httpx.Client:
        token = issue(self.runner.settings, role, municipalities)
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(
            base_url=f"{self.runner.address}/notifications/v1", headers=headers, timeout=120, trust_env=False
        )

    def lend(self, person: dict[str, Any] | None = None, due: date = MONDAY, **facts: Any) -> str:
        """A loan that the owner knows; its id."""
        id = str(uuid4())
        LoansOwner.known[id] = context(person or borrower(), due, **facts)
        return id

    def says(self, what: str, id: str, due: date = MONDAY, state: str = "handedOver", **more: Any) -> None:
        """The owner records an event about this loan, and notifications has applied it."""
        person = LoansOwner.known[id]["person"]["id"]
        self.record(typed(what), id, {"loan": loan(id, person, due, state), **more})

    def record(self, type: str, id: str, data: dict[str, Any]) -> None:
        """The owner records this event, and notifications has applied it."""
        owner = self.runner.applications["loans"]
        with owner.unit_of_work() as uow:
            uow.record(type, id, data, version=1, municipality=TIENEN)
        self.caught_up()

    def caught_up(self) -> None:
        """Notifications has applied all that the owner published."""
        owner = self.runner.applications["loans"]
        wait_until(lambda: owner.journal.waiting() == 0, "the relay", 60)
        head = owner.journal.head().position
        wait_until(lambda: self._position() >= head, "notifications to apply it", 60)

    def message(self, about: str, kind: str | None = None) -> dict[str, Any]:
        """The one message about this loan (of this kind), with its history."""
        with self.client() as client:
            query = {"about": about} | ({"kind": kind} if kind else {})
            [found] = client.get("/messages", params=query).json()["items"]
            answer: dict[str, Any] = client.get(f"/messages/{found['id']}").json()
            return answer

    def rounds(self) -> None:
        """Let what is settling settle, and wait until nothing is due any more."""
        self.clock.later(seconds=5)
        enough = self.idle[0] + 2
        wait_until(lambda: self.idle[0] >= enough, "the sender to have sent what is due", 60)

    def published(self, what: str) -> list[dict[str, Any]]:
        """The messages in the events of this kind that notifications published, oldest first."""
        return [data["message"] for data in self._published(f"messages.notify.{what}")]

    def erased(self) -> list[str]:
        """The persons whose erasure notifications published."""
        return [data["person"] for data in self._published("persons.notify.erased")]

    def _published(self, type: str) -> list[dict[str, Any]]:
        journal = self.application.journal
        wait_until(lambda: journal.waiting() == 0, "the relay", 60)
        events = [json.loads(entry.body) for entry in journal.page(0, 2000)[1]]
        return [event["data"] for event in events if event["type"].endswith(type)]

    def rows_about(self, person: str) -> int:
        """In how many rows this person still stands."""
        with self.application.database.read() as connection:
            return sum(
                connection.execute(
                    sa.select(sa.func.count()).select_from(table).where(table.c.person == person)
                ).scalar_one()
                for table in (messages, contact_days, open_loans)
            )

    def pauses(self, channel: str) -> None:
        """Wait until this channel has failed and waits for its next try."""
        pausing = sa.select(gateways).where(
            gateways.c.channel == channel, gateways.c.next_try > self.clock.now()
        )

        def failed() -> bool:
            with self.application.database.read() as connection:
                return connection.execute(pausing).first() is not None

        wait_until(failed, f"{channel} to fail", 60)

    def _position(self) -> int:
        return int(self.application.consumers["loans"].status()["position"])
