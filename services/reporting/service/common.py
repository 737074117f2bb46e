"""What the routes of the figures share: who reads them, and which area and days a query asks for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.http import Request
from chassis.runtime.application import Application
from services.reporting.model.periods import Period, period_of
from services.reporting.queries.area import Area, area

READERS = frozenset({"coordinator", "policy"})


class Routes:
    """Base of the routes of a kind of figure."""

    app: Application

    def asked(self, connection: Connection, request: Request) -> tuple[Area, Period]:
        """The area and the period of a query. Raises as `area` does."""
        args = request.args
        where = area(connection, request.caller.municipalities, args)
        return where, period_of(args.get("first"), args.get("last"), local_day(self.app.clock.now()))


def days(period: Period) -> dict[str, Any]:
    """Which days an answer is about."""
    return {"from": period.first, "to": period.last}
