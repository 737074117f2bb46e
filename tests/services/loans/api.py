"""A client of the loans service, as a role, and a clock that tests move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx

from chassis.clock import SystemClock, local_day
from chassis.http.auth import issue
from chassis.runtime.application import Application
from services.loans.handlers import reminders
from services.loans.service import LoansService
from tests.services.visits import api as visits_api
from tests.services.visits.api import LANDEN, TIENEN, issues, new_id

__all__ = ["LANDEN", "TIENEN", "Client", "MovedClock", "Running", "issues", "new_id"]

ADDRESS = {"street": "Grote Markt 1", "postalCode": "3300", "town": "Tienen"}


class MovedClock(SystemClock):
    """The machine's clock, some days ahead or behind."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def go_to(self, day: date) -> None:
        """Ten in the morning of this day, in UTC."""
        moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
        self.ahead = moment - datetime.now(UTC)

    def today(self) -> date:
        return local_day(self.now())


class Running(visits_api.Running):
    """The service, running."""

    @property
    def application(self) -> Application:
        return self.runner.applications[LoansService.name]

    def client(self, role: str, municipalities: Iterable[str] = (), digipunts: Iterable[str] = ()) -> Client:
        def bearer(role: str) -> dict[str, str]:
            token = issue(self.runner.settings, role, municipalities, digipunts)
            return {"Authorization": f"Bearer {token}"}

        return Client(self.runner.address, bearer(role), bearer("coordinator"))

    def whats(self, id: str) -> list[str]:
        """The last word of the type of each event about one resource."""
        return [event["type"].rsplit(".", 1)[1] for event in self.events(id)]

    def remind(self) -> None:
        """What the timer does."""
        application = self.application
        with application.database.read() as connection:
            ids = list(reminders.to_remind_of(connection, local_day(application.clock.now())))
        for id in ids:
            with application.unit_of_work() as uow:
                reminders.remind(uow, id)


class Client(visits_api.Client):
    """Speaks to `/loans/v1`."""

    def __init__(
        self, address: str, headers: dict[str, str], coordinator: dict[str, str] | None = None
    ) -> None:
        self._http = httpx.Client(base_url=f"{address}/loans/v1", headers=headers, timeout=60)
        self.boss = Client(address, coordinator) if coordinator else self
        """The coordinator of the same municipalities, who does what a helper may not."""

    def device(self, digipunt: str, **more: Any) -> str:
        """The id of a new device."""
        id = new_id()
        body = {"kind": "laptop", "label": id[:8], "digipunt": digipunt, "municipality": TIENEN, **more}
        self._made(self.boss.put(f"/devices/{id}", body))
        return id

    def borrower(self, digipunt: str, **more: Any) -> str:
        """The id of a new borrower."""
        id = new_id()
        body = {"name": "Jan Peeters", "digipunt": digipunt, "municipality": TIENEN, **more}
        self._made(self.put(f"/borrowers/{id}", body))
        return id

    def loan(self, digipunt: str, *devices: str, **more: Any) -> str:
        """The id of a new loan that is ready."""
        id = new_id()
        body = {"digipunt": digipunt, "devices": devices or [self.device(digipunt)], **more}
        if "borrower" not in body:
            body["borrower"] = self.borrower(digipunt)
        self._made(self.put(f"/loans/{id}", body))
        return id

    def lent(self, digipunt: str, *devices: str, **more: Any) -> str:
        """The id of a new loan that was handed over."""
        id = self.loan(digipunt, *devices, **more)
        answer = self.post(f"/loans/{id}/handOver", {})
        assert answer.status_code == 200, answer.text
        return id

    def state(self, device: str) -> str:
        return str(self.get(f"/devices/{device}").json()["state"])

    @staticmethod
    def _made(answer: httpx.Response) -> None:
        assert answer.status_code == 201, answer.text
