"""The loans service: its entrypoints, one module a resource. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import structlog

from chassis.clock import local_day
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.runtime.rpc import rpc
from chassis.runtime.timer import every
from chassis.service import Service
from common.field_cipher import FieldCipher
from common.retention import RetentionRoutes
from services.loans import REFUSALS
from services.loans.handlers import reminders
from services.loans.handlers.borrowers import erase_unreadable, reencrypt
from services.loans.handlers.retention import due, take_away
from services.loans.projections import on_visits
from services.loans.queries.context import message_context
from services.loans.service.borrowers import BorrowerRoutes
from services.loans.service.devices import DeviceRoutes
from services.loans.service.loans import LoanRoutes
from services.loans.service.papers import PaperRoutes
from services.loans.service.persons import PersonRoutes
from services.loans.service.requests import RequestRoutes
from services.loans.service.today import TodayRoutes

log = structlog.get_logger(__name__)

__all__ = ["LoansService"]

EVERY = 60.0
"""Seconds between two checks for reminders; a check that finds none is one query."""


class LoansService(
    DeviceRoutes,
    BorrowerRoutes,
    RequestRoutes,
    LoanRoutes,
    PaperRoutes,
    TodayRoutes,
    PersonRoutes,
    RetentionRoutes,
    Service,
):
    """Devices, borrowers, requests with a waiting list, and loans."""

    name = "loans"
    migrations = Path(__file__).parent.parent / "migrations"
    refusals = REFUSALS
    revocations_from = "desk"
    projections = (on_visits,)

    @classmethod
    def reencrypt(
        cls, uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int
    ) -> tuple[str | None, int]:
        return reencrypt(uow, cipher, after, limit)

    @classmethod
    def forget_unreadable(cls, uow: UnitOfWork) -> None:
        erase_unreadable(uow)

    due, take_away = staticmethod(due), staticmethod(take_away)

    @every(EVERY)
    def remind(self) -> None:
        with self.app.database.read() as connection:
            ids = list(reminders.to_remind_of(connection, local_day(self.app.clock.now())))
        for id in ids:
            try:
                with self.app.unit_of_work() as uow:
                    reminders.remind(uow, id)
            except Exception as error:
                # The next check finds it again, and the other loans do not wait for one that fails.
                log.error("reminder.failed", loan=id, error=repr(error))

    @rpc
    def message_context(self, kind: str, about: str) -> dict[str, Any]:
        """Whether a message is still true, its recipient and its facts; see `contracts.message_context`."""
        with self.app.database.read() as connection:
            today = local_day(self.app.clock.now())
            return message_context(connection, self.cipher, kind, about, today)
