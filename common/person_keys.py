"""A key for each person, so that erasing somebody reaches what is written elsewhere too: without the key nobody reads it.

The key is random, and kept wrapped under `DIGIPUNT_DATA_KEY` in the table `person_keys`, which a backup can leave out. All that
is personal is encrypted under it. What is from before this was encrypted under the data key itself, and is read as it is
until `digipunt rotate-keys`, or a change, encrypts it anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken

from chassis.errors import Unavailable
from chassis.storage.database import upsert
from chassis.storage.tables import person_keys
from common.field_cipher import FieldCipher

OWN = "p."
"""With what a text begins that is encrypted under the key of a person; Fernet's own begin with another letter."""


class PersonCipher:
    """Encrypts and decrypts what is of one person. Without a key, it reads what is from before there were any."""

    def __init__(self, shared: FieldCipher, wrapped: str | None) -> None:
        self._shared = shared
        self._own = None if wrapped is None else Fernet(shared.decrypt_bytes(wrapped))

    def encrypt(self, values: Mapping[str, Any]) -> str:
        """`values`, plain JSON, as text that only the key of the person decrypts."""
        return self.encrypt_bytes(json.dumps(values, ensure_ascii=False).encode())

    def decrypt(self, encrypted: str) -> dict[str, Any]:
        """The values that were encrypted. Raises Unavailable when no key fits."""
        values: dict[str, Any] = json.loads(self.decrypt_bytes(encrypted))
        return values

    def encrypt_bytes(self, content: bytes) -> str:
        """A document, as text that only the key of the person decrypts."""
        assert self._own is not None, "`own_cipher` makes a key"
        return OWN + self._own.encrypt(content).decode()

    def decrypt_bytes(self, encrypted: str) -> bytes:
        """The document that was encrypted. Raises Unavailable when no key fits."""
        if not encrypted.startswith(OWN):
            return self._shared.decrypt_bytes(encrypted)
        try:
            if self._own is None:
                raise InvalidToken
            return self._own.decrypt(encrypted.removeprefix(OWN))
        except InvalidToken:
            raise Unavailable("dataKeyMissing", retry_after=600) from None

    def again(self, encrypted: str | None) -> str | None:
        """The same encrypted under the key of the person; None when it is already, or there is nothing."""
        if encrypted is None or encrypted.startswith(OWN):
            return None
        return self.encrypt_bytes(self.decrypt_bytes(encrypted))


def cipher_of(connection: sa.Connection, shared: FieldCipher, person: str) -> PersonCipher:
    """What reads the data of a person."""
    return ciphers_of(connection, shared, [person])[person]


def ciphers_of(
    connection: sa.Connection, shared: FieldCipher, persons: Iterable[str]
) -> dict[str, PersonCipher]:
    """What reads the data of these persons, asked for in one go."""
    ids = set(persons)
    statement = sa.select(person_keys.c.person, person_keys.c.wrapped).where(person_keys.c.person.in_(ids))
    wrapped = {row.person: row.wrapped for row in connection.execute(statement)}
    return {id: PersonCipher(shared, wrapped.get(id)) for id in ids}


def own_cipher(connection: sa.Connection, shared: FieldCipher, person: str) -> PersonCipher:
    """What encrypts the data of a person; makes their key when they have none."""
    row = {"person": person, "wrapped": shared.encrypt_bytes(Fernet.generate_key())}
    connection.execute(upsert(connection.dialect.name, person_keys).on_conflict_do_nothing(), row)
    return cipher_of(connection, shared, person)


def destroy(connection: sa.Connection, person: str) -> None:
    """Nobody reads again what was encrypted of this person, wherever it is kept."""
    connection.execute(sa.delete(person_keys).where(person_keys.c.person == person))


def wrap_again(connection: sa.Connection, shared: FieldCipher, person: str) -> bool:
    """Wrap the key of a person with the newest data key; whether that changed anything, or made the key."""
    this = person_keys.c.person == person
    wrapped = connection.execute(sa.select(person_keys.c.wrapped).where(this)).scalar()
    if wrapped is None:
        own_cipher(connection, shared, person)
        return True
    if shared.is_current(wrapped):
        return False
    again = shared.encrypt_bytes(shared.decrypt_bytes(wrapped))
    connection.execute(
        sa.update(person_keys).where(this, person_keys.c.wrapped == wrapped).values(wrapped=again)
    )
    return True


def unreadable(table: sa.Table) -> sa.ColumnElement[bool]:
    """The rows of people whose key is gone: a backup of before was restored, and they were erased since."""
    key = sa.select(person_keys.c.person).where(person_keys.c.person == table.c.id)
    return sa.and_(table.c.sealed.startswith(OWN), ~key.exists())
