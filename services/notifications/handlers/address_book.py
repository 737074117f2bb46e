"""Whom a message is for, where only we know: the contacts of visits, and the readers of reporting's sheet."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.storage.database import Database
from common.field_cipher import FieldCipher
from services.notifications.handlers import contacts, readers
from services.notifications.model.contacts import to_person as to_contact
from services.notifications.model.readers import to_person as to_reader
from services.notifications.model.routing import Person
from services.notifications.model.rows import MessageRow
from services.notifications.tables import CONTACTS, READERS


class NotThere(Exception):
    """No contact came under this id yet."""


@dataclass(frozen=True, slots=True)
class AddressBook:
    """Contacts and readers as the sender and the work lists find them. Without a key there is none to be found."""

    database: Database
    cipher: FieldCipher | None

    def addressee(self, row: MessageRow, id: str) -> Person | None:
        """The person of a message, if still there. Raises NotThere for a contact to come, Unavailable when no key fits."""
        if row["source"] == "reporting":
            return self._reader(id, row["municipality"])
        return self._contact(id)

    def _contact(self, id: str) -> Person | None:
        with self.database.read() as connection:
            row = CONTACTS.find(connection, id)
            if row is None:
                raise NotThere(id)
            if row["sealed"] is None:
                return None
            return to_contact(id, contacts.personal_of(connection, self.cipher, row))

    def _reader(self, id: str, municipality: str | None) -> Person | None:
        with self.database.read() as connection:
            row = READERS.find(connection, id)
            # Who moved to the list of another municipality reads nothing of the one before.
            if row is None or row["municipality"] != municipality:
                return None
            return to_reader(id, readers.personal_of(connection, self.cipher, row))
