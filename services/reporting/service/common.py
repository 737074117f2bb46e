"""What the routes of the figures share: who reads them, and which area and days a query asks for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from nameko.extensions import DependencyProvider
from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.http import Request
from chassis.inbox.checkpoints import deployment_of
from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from services.reporting.model.periods import Period, period_of
from services.reporting.queries.area import Area, area
from services.reporting.reports.making import Maker
from services.reporting.reports.rendering import Renderer

READERS = frozenset({"coordinator", "policy"})


class MakerProvider(DependencyProvider):
    """`self.maker` in a service class: makes reports beside the requests."""

    def setup(self) -> None:
        application = application_of(self.container)
        self._maker = Maker(application.database, application.clock, application.new_id, self._spawn)

    def get_dependency(self, worker_ctx: Any) -> Maker:
        return self._maker

    def _spawn(self, work: Callable[[], None]) -> object:
        return self.container.spawn_managed_thread(work, identifier="a report")


class RendererProvider(DependencyProvider):
    """`self.renderer` in a service class: writes what is made for one request."""

    def setup(self) -> None:
        self._renderer = Renderer()

    def get_dependency(self, worker_ctx: Any) -> Renderer:
        return self._renderer


class Routes:
    """Base of the routes of a kind of figure."""

    app: Application

    @property
    def today(self) -> date:
        """The day in Brussels."""
        return local_day(self.app.clock.now())

    def behind(self) -> set[str]:
        """The deployments of which a journal is known to be ahead of what was applied here, or cannot be applied.

        What is told for ever waits for them: a void in that journal could not take it back.
        """
        return {
            deployment_of(source) for source, consumer in self.app.consumers.items() if consumer.is_behind()
        }

    def asked(self, connection: Connection, request: Request) -> tuple[Area, Period]:
        """The area and the period of a query. Raises as `area` does."""
        args = request.args
        where = area(connection, request.caller.municipalities, args)
        return where, period_of(args.get("first"), args.get("last"), self.today)


def days(period: Period) -> dict[str, Any]:
    """Which days an answer is about."""
    return {"from": period.first, "to": period.last}
