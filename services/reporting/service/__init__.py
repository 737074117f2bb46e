"""The reporting service: a table of contents of what it answers, one module a kind of figure. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chassis.runtime.rpc import rpc
from chassis.service import Service
from services.reporting import REFUSALS
from services.reporting.projections import on_loans, on_visits
from services.reporting.queries import sheets
from services.reporting.service.charts import ChartRoutes
from services.reporting.service.figures import FigureRoutes
from services.reporting.service.query import QueryRoutes
from services.reporting.service.reports import ReportRoutes
from services.reporting.service.sheet import SheetRoutes
from services.reporting.service.targets import TargetRoutes

__all__ = ["ReportingService"]


class ReportingService(
    FigureRoutes, QueryRoutes, ChartRoutes, ReportRoutes, TargetRoutes, SheetRoutes, Service
):
    """Figures of own municipalities, never persons; fed by events only.

    Owns targets and sheets, and tells when those are reached and these complete.
    """

    name = "reporting"
    migrations = Path(__file__).parent.parent / "migrations"
    refusals = REFUSALS
    revocations_from = "desk"
    projections = (on_visits, on_loans)

    @rpc
    def message_context(self, kind: str, about: str) -> dict[str, Any]:
        """What notifications asks before it tells anybody; see `contracts/message_context.py`."""
        with self.app.database.read() as connection:
            return sheets.message_context(connection, kind, about)
