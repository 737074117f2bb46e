"""Readers of the bottleneck sheet: stored encrypted, told once of each sheet of their municipality, and gone when they want."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

import sqlalchemy as sa

from chassis.inbox.projection import Batch
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, upsert
from chassis.storage.rows import require_version
from chassis.storage.trail import TIMER, Entry, Who, record
from common.access import Caller, require_municipality
from common.field_cipher import FieldCipher
from common.person_keys import cipher_of, destroy, own_cipher, unreadable
from contracts.envelope import Event
from services.notifications.handlers import planning
from services.notifications.handlers.messages import erase
from services.notifications.handlers.sealing import require_cipher
from services.notifications.model.plans import outcome_of
from services.notifications.model.readers import Personal
from services.notifications.model.rows import ReaderRow
from services.notifications.tables import READERS, readers


def personal_of(connection: sa.Connection, cipher: FieldCipher | None, row: ReaderRow) -> Personal:
    """The decrypted fields of a reader. Raises Unavailable without the key."""
    return cast("Personal", cipher_of(connection, require_cipher(cipher), row["id"]).decrypt(row["sealed"]))


def put_reader(
    uow: UnitOfWork,
    cipher: FieldCipher,
    caller: Caller,
    id: str,
    sent: Mapping[str, Any],
    expected: int | None = None,
) -> tuple[ReaderRow, bool]:
    """Store a reader under the client's id, or replace what is known of them; whether it is new."""
    municipality = sent["municipality"]
    require_municipality(caller, municipality, "municipality", municipality)
    personal: Personal = {"name": sent["name"], "email": sent["email"], "language": sent["language"]}
    row: ReaderRow = {
        "id": id,
        "municipality": municipality,
        "sealed": own_cipher(uow.connection, cipher, id).encrypt(personal),
        "since": uow.clock.now(),
        "version": 1,
    }
    new = upsert(uow.dialect, readers).on_conflict_do_nothing(index_elements=[readers.c.id])
    if uow.connection.execute(new, dict(row)).rowcount:
        return row, True
    before = own_reader(uow.connection, caller, id, lock=True)
    require_version(before, expected)
    stays = before["municipality"] == municipality
    if stays and personal == personal_of(uow.connection, cipher, before):
        return before, False
    uow.wipe()
    since = before["since"] if stays else row["since"]
    return READERS.update(uow.connection, before, {**row, "since": since}), False


def remove_reader(uow: UnitOfWork, caller: Caller, by: Who, id: str, reason: str) -> None:
    """Delete a reader, and what was still to be told to them. Raises NotFound."""
    _remove(uow, by, own_reader(uow.connection, caller, id, lock=True), reason)


def _remove(uow: UnitOfWork, by: Who, row: ReaderRow, reason: str) -> None:
    uow.connection.execute(sa.delete(readers).where(readers.c.id == row["id"]))
    destroy(uow.connection, row["id"])
    entry = Entry("erased", "reader", row["id"], row["municipality"], reason)
    record(uow.connection, uow.clock.now(), by, [entry])
    erase(uow, by, row["id"], row["municipality"], reason)


def remove_unreadable(uow: UnitOfWork) -> None:
    """After a restore: whoever was removed since the backup is removed again."""
    for row in READERS.select(uow.connection, sa.select(readers).where(unreadable(readers))):
        _remove(uow, TIMER, row, "told")


def own_reader(connection: sa.Connection, caller: Caller, id: str, *, lock: bool = False) -> ReaderRow:
    """A reader of a municipality of the caller. Raises NotFound."""
    row = READERS.get(connection, id, lock=lock)
    require_municipality(caller, row["municipality"], "reader", id)
    return row


def apply(batch: Batch, within: planning.Within) -> None:
    """Apply a batch of events of reporting. Raises KeyError and the like on an event that breaks its contract."""
    for event in batch.events:
        with within(event.traceparent, batch.connection) as uow:
            for plan in outcome_of(event).plans:
                for reader in _readers_of(uow, event):
                    mine = replace(plan, key=f"{plan.key}:{reader}", person=reader)
                    planning.add(uow, mine, event.municipality)


def _readers_of(uow: UnitOfWork, event: Event) -> list[str]:
    """Who was a reader when it happened: whoever came later asked for what is to come, also when it is applied again."""
    statement = (
        sa.select(readers)
        .where(readers.c.municipality == event.municipality, readers.c.since <= event.time)
        .order_by(readers.c.id)
    )
    return [row["id"] for row in READERS.select(uow.connection, for_update(uow.dialect, statement))]
