"""Routes of the rights of a person: what stands here beside the random id of a contact."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from common.access import Caller
from common.persons import Kept
from common.persons import PersonRoutes as Persons
from services.visits.queries.persons import kept_of
from services.visits.service.common import Routes


class PersonRoutes(Persons, Routes):
    """Registrations and follow-ups. Notifications, which keeps the contact, has them forget it."""

    def kept_of(self, connection: Connection, caller: Caller, id: str) -> Iterable[Kept]:
        return kept_of(connection, caller, id)
