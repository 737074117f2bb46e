"""The notifications service: a table of contents of its routes, subscriptions and timers. No SQL, no rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from prometheus_client import Gauge

from chassis.clock import local_day
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.runtime.metrics import registry
from chassis.runtime.timer import every
from chassis.service import Service
from chassis.settings import Settings
from common.field_cipher import FieldCipher
from services.notifications import REFUSALS
from services.notifications.handlers import claims
from services.notifications.handlers.contacts import age_out, to_age_out
from services.notifications.handlers.messages import purge_contact_days
from services.notifications.handlers.sealing import reencrypt
from services.notifications.model.states import PUSH
from services.notifications.projections import on_loans, on_reporting, on_visits
from services.notifications.queries.messages import channels_down
from services.notifications.service.common import channels_of
from services.notifications.service.contacts import ContactRoutes
from services.notifications.service.letters import LetterRoutes
from services.notifications.service.messages import MessageRoutes
from services.notifications.service.readers import ReaderRoutes
from services.notifications.service.reports import ReportRoutes
from services.notifications.service.settings import SettingsRoutes
from services.notifications.service.templates import TemplateRoutes

__all__ = ["NotificationsService"]

SENDING_EVERY = 2.0
"""Seconds between two rounds of sending."""


AGEING_EVERY = 3600.0
"""Seconds between two looks for contacts that are no longer needed."""


class NotificationsService(
    MessageRoutes,
    ContactRoutes,
    ReaderRoutes,
    LetterRoutes,
    TemplateRoutes,
    SettingsRoutes,
    ReportRoutes,
    Service,
):
    """Delivers messages to people by a channel that reaches them."""

    name = "notifications"
    migrations = Path(__file__).parent.parent / "migrations"
    refusals = REFUSALS
    projections = (on_loans, on_visits, on_reporting)

    @classmethod
    def check(cls, settings: Settings) -> None:
        channels_of(settings)

    @classmethod
    def reencrypt(
        cls, uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int
    ) -> tuple[str | None, int]:
        return reencrypt(uow, cipher, after, limit)

    @every(SENDING_EVERY)
    def send(self) -> None:
        self.sender.run()
        with self.app.database.read() as connection:
            down = channels_down(connection)
        for channel in PUSH:
            channel_down().labels(channel).set(channel in down)

    @every(3600)
    def purge_days(self) -> None:
        with self.app.unit_of_work() as uow:
            purge_contact_days(uow)
            claims.purge(uow)

    @every(AGEING_EVERY)
    def age_contacts(self) -> None:
        today = local_day(self.app.clock.now())
        months = self.app.settings.contact_months
        with self.app.database.read() as connection:
            ids = to_age_out(connection, today, months)
        for id in ids:
            with self.app.unit_of_work() as uow:
                age_out(uow, id, today, months)


@cache
def channel_down() -> Gauge:
    """The metric behind the alarm for an outage."""
    help_text = "1 while nothing leaves by this channel, else 0."
    return Gauge("digipunt_channel_down", help_text, ["channel"], registry=registry("notifications"))
