"""The notifications service: a table of contents of what it hears, does and answers. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path

from chassis.entrypoints.subscribe import subscribe
from chassis.entrypoints.timer import every
from chassis.service import Service
from chassis.subscription import Batch
from services.notifications.handlers import planning
from services.notifications.service.letters import LetterRoutes
from services.notifications.service.messages import MessageRoutes
from services.notifications.service.reports import ReportRoutes
from services.notifications.service.templates import TemplateRoutes

__all__ = ["NotificationsService"]

SENDING_EVERY = 2.0
"""Seconds between two rounds of sending."""


class NotificationsService(MessageRoutes, LetterRoutes, TemplateRoutes, ReportRoutes, Service):
    """Tells people what they should know, by a way that reaches them."""

    name = "notifications"
    migrations = Path(__file__).parent.parent / "migrations"

    @subscribe("loans")
    def on_loans(self, batch: Batch) -> None:
        planning.apply(batch, "loans", self.app.unit_of_work)

    @subscribe("visits")
    def on_visits(self, batch: Batch) -> None:
        planning.apply(batch, "visits", self.app.unit_of_work)

    @every(SENDING_EVERY)
    def send(self) -> None:
        self.sender.run()
