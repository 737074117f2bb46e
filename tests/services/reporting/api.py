"""Reporting's read models without the service, and a client of the running service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import sqlalchemy as sa

from chassis.http.auth import issue
from chassis.inbox.projection import Batch
from chassis.run import Runner
from chassis.storage.database import Database
from chassis.storage.tables import checkpoints
from contracts.envelope import Event
from services.reporting.handlers.figures import apply, apply_loans
from services.reporting.model.periods import Period
from services.reporting.queries import figures
from services.reporting.queries.area import area
from services.reporting.tables import LOAN_READ_MODELS, READ_MODELS
from tests.backends.deployment import wait_until
from tests.services.reporting.ledger import EPOCH, LANDEN, TIENEN

TODAY = date(2026, 6, 30)
"""The day on which figures are read."""


@dataclass
class ReadModels:
    """The database of reporting; each `begin_again` answers from a generation of its own."""

    database: Database
    generation: int = 0

    def begin_again(self, epoch: str | None = EPOCH) -> None:
        """An empty generation that answers; without an epoch nothing was ever heard of the services."""
        self.generation += 1
        with self.database.begin() as connection:
            connection.execute(sa.delete(checkpoints))
            for source in ("visits", "loans"):
                connection.execute(
                    sa.insert(checkpoints).values(
                        source=source,
                        generation=self.generation,
                        active=True,
                        epoch=epoch,
                        position=0,
                        updated_at=datetime(2026, 3, 4, tzinfo=UTC),
                        state="following",
                    )
                )

    def apply(self, events: list[Event]) -> None:
        """Bring a batch in, in a transaction."""
        with self.database.begin() as connection:
            apply(Batch(connection, self.generation, events))

    def apply_loans(self, events: list[Event]) -> None:
        """Bring a batch of the loans service in, in a transaction."""
        with self.database.begin() as connection:
            apply_loans(Batch(connection, self.generation, events))

    def summary(self, first: date, last: date, **args: Any) -> dict[str, Any]:
        """What the summary says of a period, for somebody whose municipalities are Tienen and Landen."""
        with self.database.read() as connection:
            where = area(connection, {TIENEN, LANDEN}, args)
            return figures.summary(connection, where, Period(first, last), "nl", TODAY)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything in the generation, table by table."""
        with self.database.read() as connection:
            return {
                table.name: [
                    tuple(row)[1:]
                    for row in connection.execute(
                        sa.select(table)
                        .where(table.c.generation == self.generation)
                        .order_by(*table.primary_key.columns)
                    )
                ]
                for table in [*READ_MODELS, *LOAN_READ_MODELS]
            }


@dataclass
class Region:
    """Visits and reporting, running."""

    runner: Runner

    def client(self, role: str, municipalities: Iterable[str] = (), digipunts: Iterable[str] = ()) -> Client:
        """A client with a token of this role."""
        token = issue(self.runner.settings, role, municipalities, digipunts)
        return Client(self, httpx.Client(base_url=self.runner.address, headers=_bearer(token), timeout=120))

    def stranger(self) -> Client:
        """A client without a token."""
        return Client(self, httpx.Client(base_url=self.runner.address, timeout=120))

    def settle(self) -> None:
        """Wait until reporting has applied all that visits recorded."""
        visits, reporting = (self.runner.applications[name] for name in ("visits", "reporting"))

        def level() -> bool:
            status = of_source(reporting.subscriptions_status(), "visits")
            return not visits.journal.waiting() and status["position"] == visits.journal.head().position

        wait_until(level, "reporting to be level with visits")


def of_source(statuses: list[dict[str, Any]], source: str) -> dict[str, Any]:
    """How far the subscription to `source` is."""
    return next(status for status in statuses if status["source"] == source)


@dataclass
class Client:
    """Speaks to both services."""

    region: Region
    http: httpx.Client

    def digipunt(self, municipality: str, name: str = "BOM") -> str:
        """The id of a new digipunt."""
        id = str(uuid4())
        answer = self.http.put(
            f"/visits/v1/digipunts/{id}", json={"name": name, "municipality": municipality}
        )
        assert answer.status_code == 201, answer.text
        return id

    def visit(self, digipunt: str, **more: Any) -> str:
        """The id of a new visit."""
        id = str(uuid4())
        answer = self.http.put(
            f"/visits/v1/visits/{id}", json={"digipunt": digipunt, "themes": ["tax"]} | more
        )
        assert answer.status_code == 201, answer.text
        return id

    def get(self, path: str, **query: Any) -> httpx.Response:
        """An answer of reporting, as soon as it has heard all that visits recorded."""
        self.region.settle()
        return self.http.get(f"/reporting/v1{path}", params={n.rstrip("_"): v for n, v in query.items()})

    def summary(self, first: str, last: str, **query: Any) -> Any:
        """The figures of a period."""
        answer = self.get("/summary", from_=first, to=last, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}
