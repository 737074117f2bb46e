"""The reporting service: a table of contents of what it answers, one module a kind of figure. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path

from chassis.service import Service
from services.reporting import REFUSALS
from services.reporting.projections import on_loans, on_visits
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
    """Figures of own municipalities, never persons; fed by events only. Owns targets, and tells when they are reached."""

    name = "reporting"
    migrations = Path(__file__).parent.parent / "migrations"
    refusals = REFUSALS
    projections = (on_visits, on_loans)
