"""Routes of the rights of a person who is told something: a contact, a reader, or a borrower of lending."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Who
from common.access import Caller, reaches
from common.persons import ErasePersonRoutes, Kept
from services.notifications.handlers import contacts, readers
from services.notifications.model.contacts import to_api as contact_to_api
from services.notifications.model.readers import to_api as reader_to_api
from services.notifications.queries.persons import appointments_of, messages_of
from services.notifications.service.common import Routes
from services.notifications.tables import CONTACTS, READERS


class PersonRoutes(ErasePersonRoutes, Routes):
    """Contacts and readers are ours. A borrower is erased by lending, which tells us."""

    def kept_of(self, connection: Connection, caller: Caller, id: str) -> Iterable[Kept]:
        yield from self._contact(connection, caller, id)
        reader = READERS.find(connection, id)
        if reader is not None and reader["municipality"] in caller.municipalities:
            data = reader_to_api(reader, readers.personal_of(connection, self.sender.people.cipher, reader))
            yield {"kind": "reader", "municipality": reader["municipality"], "data": data}
        yield from messages_of(connection, caller, id)

    def erase_person(self, uow: UnitOfWork, caller: Caller, by: Who, id: str, reason: str) -> None:
        if READERS.find(uow.connection, id) is not None:
            readers.remove_reader(uow, caller, by, id, reason)
        else:
            contacts.erase_contact(uow, caller, by, id, reason)

    def told_of(self, kinds: set[str]) -> list[str]:
        return ["visits"] if "contact" in kinds else []

    def _contact(self, connection: Connection, caller: Caller, id: str) -> Iterator[Kept]:
        row = CONTACTS.find(connection, id)
        if row is None or row["sealed"] is None or not reaches(caller, row["digipunt"], row["municipality"]):
            return
        data = contact_to_api(row, contacts.personal_of(connection, self.sender.people.cipher, row))
        yield {"kind": "contact", "municipality": row["municipality"], "data": data}
        yield from appointments_of(connection, id, row["municipality"])
