"""Contacts of info sessions and follow-ups: stored encrypted, found when a message to them is due, and erased.

Who is erased leaves an id, so that a registration or a late resend cannot bring them back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from chassis.clock import begin_of
from chassis.errors import Conflict, NotFound
from chassis.fingerprint import drop_empty
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import months_before
from chassis.storage.database import upsert
from chassis.storage.rows import raise_if, require_version
from chassis.storage.trail import TIMER, Entry, Who, record
from common.access import Caller, municipality_of, require_digipunt
from common.field_cipher import FieldCipher
from common.person_keys import cipher_of, destroy, own_cipher, unreadable
from services.notifications.handlers.messages import erase
from services.notifications.handlers.sealing import require_cipher
from services.notifications.model import contacts as rules
from services.notifications.model.rows import ContactRow
from services.notifications.tables import CONTACTS, call_backs, contacts, digipunts, seats, sessions


def personal_of(connection: sa.Connection, cipher: FieldCipher | None, row: ContactRow) -> rules.Personal:
    """The decrypted fields of a contact. Raises NotFound for one who was erased, Unavailable without the key."""
    if row["sealed"] is None:
        raise NotFound("contact", row["id"])
    return cast(
        "rules.Personal", cipher_of(connection, require_cipher(cipher), row["id"]).decrypt(row["sealed"])
    )


def put_contact(
    uow: UnitOfWork,
    cipher: FieldCipher,
    caller: Caller,
    id: str,
    sent: Mapping[str, Any],
    expected: int | None = None,
) -> tuple[ContactRow, bool]:
    """Store a contact under the client's id, or replace what is known of them; whether it is new.

    What is still to be told goes by the new details. Raises Conflict for an id whose contact was erased.
    """
    content = drop_empty(sent)
    personal = rules.personal_part(content)
    raise_if(rules.issues(personal))
    before = CONTACTS.find(uow.connection, id, lock=True)
    if before is not None:
        require_digipunt(caller, before["digipunt"], before["municipality"], "contact", id)
    municipality = _municipality_of(uow, caller, content["digipunt"], content.get("municipality"))
    row: ContactRow = {
        "id": id,
        "digipunt": content["digipunt"],
        "municipality": municipality,
        "sealed": own_cipher(uow.connection, cipher, id).encrypt(personal),
        "state": "active",
        "stored_at": uow.clock.now(),
        "forgotten_at": None,
        "version": 1,
    }
    if before is None:
        new = upsert(uow.dialect, contacts).on_conflict_do_nothing()
        if uow.connection.execute(new, dict(row)).rowcount:
            return row, True
        before = CONTACTS.get(uow.connection, id, lock=True)
        require_digipunt(caller, before["digipunt"], before["municipality"], "contact", id)
    if before["state"] == "erased":
        raise Conflict("contactErased")
    require_version(before, expected)
    if personal == personal_of(uow.connection, cipher, before) and row["digipunt"] == before["digipunt"]:
        return before, False
    return CONTACTS.update(uow.connection, before, row), False


def erase_contact(uow: UnitOfWork, caller: Caller, by: Who, id: str, reason: str) -> None:
    """Delete what identifies a contact, and what was still to be told. Erasing again changes nothing."""
    row = CONTACTS.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "contact", id)
    _erase(uow, by, row, reason)


def erase_unreadable(uow: UnitOfWork) -> None:
    """After a restore: whoever was erased since the backup is erased again."""
    for row in CONTACTS.select(uow.connection, sa.select(contacts).where(unreadable(contacts))):
        _erase(uow, TIMER, row, "told")


def to_age_out(connection: sa.Connection, today: date, months: int) -> list[str]:
    """The contacts of whom every session and follow-up is so many months past; of one without any, since it was stored."""
    day = months_before(today, months)
    begin = begin_of(day)
    seat = sa.select(seats.c.id).where(seats.c.contact == contacts.c.id)
    call_back = sa.select(call_backs.c.id).where(call_backs.c.contact == contacts.c.id)
    # A seat in a session that is not known yet keeps its contact.
    to_come = seat.outerjoin(sessions, sessions.c.id == seats.c.session).where(
        sa.or_(sessions.c.id.is_(None), sessions.c.ends_at >= begin)
    )
    statement = sa.select(contacts.c.id).where(
        contacts.c.state == "active",
        sa.or_(contacts.c.stored_at < begin, seat.exists(), call_back.exists()),
        ~to_come.exists(),
        ~call_back.where(call_backs.c.due_on >= day).exists(),
    )
    return list(connection.execute(statement.order_by(contacts.c.id)).scalars())


def age_out(uow: UnitOfWork, id: str, today: date, months: int) -> None:
    """Erase a contact that is still to be aged out now that nobody can change it."""
    row = CONTACTS.get(uow.connection, id, lock=True)
    if id in to_age_out(uow.connection, today, months):
        _erase(uow, TIMER, row, "retention")


def is_erased(connection: sa.Connection, id: str) -> bool:
    """Whether this was a contact and is no longer."""
    gone = sa.select(contacts.c.id).where(contacts.c.id == id, contacts.c.state == "erased")
    return connection.execute(gone).first() is not None


def not_forgotten_by_visits(connection: sa.Connection, limit: int) -> list[tuple[str, str]]:
    """Contacts that were erased, with their municipality, of whom visits may still have the id with a registration."""
    waiting = (contacts.c.state == "erased") & contacts.c.forgotten_at.is_(None)
    statement = sa.select(contacts.c.id, contacts.c.municipality).where(waiting).order_by(contacts.c.id)
    return [(row.id, row.municipality) for row in connection.execute(statement.limit(limit))]


def note_forgotten(uow: UnitOfWork, id: str) -> None:
    """Visits has said that it has the id of this contact no longer."""
    this = (contacts.c.id == id) & contacts.c.forgotten_at.is_(None)
    uow.connection.execute(sa.update(contacts).where(this).values(forgotten_at=uow.clock.now()))


def _erase(uow: UnitOfWork, by: Who, row: ContactRow, reason: str) -> None:
    if row["state"] == "erased":
        return
    uow.wipe()
    destroy(uow.connection, row["id"])
    CONTACTS.update(uow.connection, row, {**row, "sealed": None, "state": "erased"})
    for table in (seats, call_backs):
        uow.connection.execute(sa.delete(table).where(table.c.contact == row["id"]))
    entry = Entry("erased", "contact", row["id"], row["municipality"], reason)
    record(uow.connection, uow.clock.now(), by, [entry])
    erase(uow, by, row["id"], row["municipality"], reason)


def _municipality_of(uow: UnitOfWork, caller: Caller, id: str, named: str | None) -> str:
    statement = sa.select(digipunts.c.municipality).where(digipunts.c.id == id)
    return municipality_of(caller, id, uow.connection.execute(statement).scalar(), named)
