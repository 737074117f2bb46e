"""What is personal here is encrypted, in contacts and in readers; without a key nothing of it can be read or stored."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.errors import Unavailable
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from common.field_cipher import FieldCipher
from common.person_keys import own_cipher, wrap_again
from services.notifications.tables import contacts, readers


def require_cipher(cipher: FieldCipher | None) -> FieldCipher:
    """The cipher. Raises Unavailable without `DIGIPUNT_DATA_KEY`."""
    if cipher is None:
        raise Unavailable("dataKeyMissing", retry_after=600)
    return cipher


def reencrypt(uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int) -> tuple[str | None, int]:
    """Encrypt up to `limit` rows with the newest key, those of both tables by id; the last id, if any, and how many changed."""
    found = [
        (row.id, row.sealed, table)
        for table in (contacts, readers)
        for row in uow.connection.execute(for_update(uow.dialect, _sealed(table, after, limit)))
    ]
    ids = sorted(id for id, _, _ in found)[:limit]
    changed = 0
    for id, sealed, table in found:
        if id > ids[-1]:
            continue
        changed += wrap_again(uow.connection, cipher, id)
        if again := own_cipher(uow.connection, cipher, id).again(sealed):
            # The content does not change, so the version does not either.
            uow.connection.execute(sa.update(table).where(table.c.id == id).values(sealed=again))
    return (ids[-1] if ids else None), changed


def _sealed(table: sa.Table, after: str | None, limit: int) -> sa.Select[tuple[str, str]]:
    statement = sa.select(table.c.id, table.c.sealed).where(table.c.sealed.is_not(None))
    if after is not None:
        statement = statement.where(table.c.id > after)
    return statement.order_by(table.c.id).limit(limit)
