"""The notifications service: a table of contents of its routes, subscriptions and timers. No SQL, no rules."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import structlog
from prometheus_client import Gauge

from chassis.broker.rpc_client import RpcUnavailable
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.runtime.metrics import registry
from chassis.runtime.timer import every
from chassis.service import Service
from chassis.settings import Settings
from common.field_cipher import FieldCipher
from common.retention import RetentionRoutes
from services.notifications import REFUSALS
from services.notifications.handlers import claims
from services.notifications.handlers.contacts import erase_unreadable, not_forgotten_by_visits
from services.notifications.handlers.messages import purge_contact_days
from services.notifications.handlers.readers import remove_unreadable
from services.notifications.handlers.retention import due, take_away
from services.notifications.handlers.sealing import reencrypt
from services.notifications.model.states import PUSH
from services.notifications.projections import on_loans, on_reporting, on_visits
from services.notifications.queries.messages import channels_down
from services.notifications.service.common import channels_of
from services.notifications.service.contacts import ContactRoutes
from services.notifications.service.letters import LetterRoutes
from services.notifications.service.messages import MessageRoutes
from services.notifications.service.persons import PersonRoutes
from services.notifications.service.readers import ReaderRoutes
from services.notifications.service.reports import ReportRoutes
from services.notifications.service.settings import SettingsRoutes
from services.notifications.service.templates import TemplateRoutes

__all__ = ["NotificationsService"]

SENDING_EVERY = 2.0
"""Seconds between two rounds of sending."""


FORGETTING_EVERY = 5.0
"""Seconds between two looks for erased contacts whose id visits has not given up yet."""

FORGOTTEN_AT_ONCE = 100

log = structlog.get_logger(__name__)


class NotificationsService(
    MessageRoutes,
    ContactRoutes,
    ReaderRoutes,
    LetterRoutes,
    TemplateRoutes,
    SettingsRoutes,
    ReportRoutes,
    PersonRoutes,
    RetentionRoutes,
    Service,
):
    """Delivers messages to people by a channel that reaches them."""

    name = "notifications"
    migrations = Path(__file__).parent.parent / "migrations"
    refusals = REFUSALS
    revocations_from = "desk"
    projections = (on_loans, on_visits, on_reporting)

    @classmethod
    def check(cls, settings: Settings) -> None:
        channels_of(settings)

    @classmethod
    def reencrypt(
        cls, uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int
    ) -> tuple[str | None, int]:
        return reencrypt(uow, cipher, after, limit)

    @classmethod
    def forget_unreadable(cls, uow: UnitOfWork) -> None:
        erase_unreadable(uow)
        remove_unreadable(uow)

    due, take_away = staticmethod(due), staticmethod(take_away)

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

    @every(FORGETTING_EVERY)
    def have_visits_forget(self) -> None:
        """Visits says by an event that it is done; until that comes it is asked again."""
        with self.app.database.read() as connection:
            waiting = not_forgotten_by_visits(connection, FORGOTTEN_AT_ONCE)
        try:
            for id, municipality in waiting:
                self.sender.owners.call("visits", "forget_contact", id, municipality)
        except RpcUnavailable:
            log.info("contacts.visitsAway", waiting=len(waiting))


@cache
def channel_down() -> Gauge:
    """The metric behind the alarm for an outage."""
    help_text = "1 while nothing leaves by this channel, else 0."
    return Gauge("digipunt_channel_down", help_text, ["channel"], registry=registry("notifications"))
