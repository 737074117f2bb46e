"""Routes of the rights of a borrower."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Who
from common.access import Caller
from common.persons import ErasePersonRoutes, Kept
from services.loans.handlers.borrowers import erase_borrower
from services.loans.queries.persons import kept_of
from services.loans.service.common import Routes


class PersonRoutes(ErasePersonRoutes, Routes):
    """Borrowers, with what they asked for, were lent and agreed to."""

    def kept_of(self, connection: Connection, caller: Caller, id: str) -> Iterable[Kept]:
        return kept_of(connection, self.cipher, caller, id, local_day(self.app.clock.now()))

    def erase_person(self, uow: UnitOfWork, caller: Caller, by: Who, id: str, reason: str) -> None:
        erase_borrower(uow, caller, by, id, reason)

    def told_of(self, kinds: set[str]) -> list[str]:
        return ["notifications"]
