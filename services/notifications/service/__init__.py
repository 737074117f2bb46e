"""The notifications service: a table of contents of what it hears, does and answers. No SQL, no rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from prometheus_client import Gauge

from chassis.runtime.metrics import registry
from chassis.runtime.timer import every
from chassis.service import Service
from services.notifications.handlers.messages import forget_contact_days
from services.notifications.model.states import PUSH
from services.notifications.projections import on_loans, on_visits
from services.notifications.queries.messages import channels
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
    projections = (on_loans, on_visits)

    @every(SENDING_EVERY)
    def send(self) -> None:
        self.sender.run()
        with self.app.database.read() as connection:
            down = channels(connection)
        for channel in PUSH:
            channel_down().labels(channel).set(channel in down)

    @every(3600)
    def forget_days(self) -> None:
        with self.app.unit_of_work() as uow:
            forget_contact_days(uow)


@cache
def channel_down() -> Gauge:
    """For the one alarm that an outage is."""
    help_text = "1 while nothing leaves by this channel, else 0."
    return Gauge("digipunt_channel_down", help_text, ["channel"], registry=registry("notifications"))
