"""Store borrowers encrypted, with the blind indexes by which they are found; erase them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, NotFound
from chassis.fingerprint import drop_empty
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from chassis.storage.rows import raise_if, require_version
from chassis.storage.trail import TIMER, Entry, Who, record
from common.access import Caller, require_digipunt
from common.field_cipher import FieldCipher
from common.person_keys import destroy, own_cipher, unreadable, wrap_again
from services.loans.handlers.common import digipunt_for, end_request, event_name, today
from services.loans.handlers.papers import erase_papers, reencrypt_papers
from services.loans.model import borrowers as rules
from services.loans.model.rows import BorrowerRow, BorrowerTokenRow
from services.loans.tables import BORROWERS, REQUESTS, borrower_tokens, borrowers, loans, requests

ERASED = event_name("borrowers", "erased")


def add_borrower(
    uow: UnitOfWork, cipher: FieldCipher, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[BorrowerRow, bool]:
    """Store a borrower under the client's id; whether it is new."""
    content = drop_empty(sent)
    digipunt = digipunt_for(uow, caller, content["digipunt"], content.pop("municipality", None))
    personal = rules.personal_part(content)
    raise_if(rules.issues(personal))
    # The fingerprint is keyed: names could be guessed from a plain hash by whoever has the database.
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    row: BorrowerRow = {
        "id": id,
        "kind": content["kind"],
        "digipunt": digipunt.id,
        "municipality": digipunt.municipality,
        "sealed": own_cipher(uow.connection, cipher, id).encrypt(personal),
        "state": "active",
        "stored_on": today(uow),
        "content_hash": cipher.blind_index("content", text),
        "version": 1,
    }
    # Not `put_once`: no event tells of a borrower, and the fingerprint of an older row may be under an older key.
    if uow.connection.execute(upsert(uow.dialect, borrowers).on_conflict_do_nothing(), dict(row)).rowcount:
        _index(uow, cipher, id, personal)
        return row, True
    found = BORROWERS.get(uow.connection, id)
    require_digipunt(caller, found["digipunt"], found["municipality"], "borrower", id)
    if found["content_hash"] not in cipher.blind_indexes("content", text):
        raise Conflict("idTaken")
    return found, False


def change_borrower(
    uow: UnitOfWork, cipher: FieldCipher, caller: Caller, id: str, expected: int, changes: Mapping[str, Any]
) -> BorrowerRow:
    """Change the personal fields of a borrower; null removes one."""
    row = locked_borrower(uow, caller, id)
    require_version(row, expected)
    own = own_cipher(uow.connection, cipher, id)
    before = rules.personal_of(own, row)
    personal = rules.changed(before, changes)
    raise_if(rules.issues(personal))
    if personal == before:
        return row
    _index(uow, cipher, id, personal)
    return BORROWERS.update(uow.connection, row, {**row, "sealed": own.encrypt(personal)})


def erase_borrower(uow: UnitOfWork, caller: Caller, by: Who, id: str, reason: str) -> BorrowerRow:
    """Delete what identifies a borrower, here and, by the event, in every service. What was lent stays in the figures.

    Raises Conflict while something is lent to them or ready for them. Erasing again changes nothing.
    """
    row = BORROWERS.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "borrower", id)
    return row if row["state"] == "erased" else erase(uow, by, row, reason)


def erase_unreadable(uow: UnitOfWork) -> None:
    """After a restore: whoever was erased since the backup is erased again, also when something was lent to them then."""
    for row in BORROWERS.select(uow.connection, sa.select(borrowers).where(unreadable(borrowers))):
        _erase(uow, TIMER, row, "told")


def erase(uow: UnitOfWork, by: Who, row: BorrowerRow, reason: str) -> BorrowerRow:
    """Delete what identifies the borrower of a locked row. Raises Conflict while they have, or are to have, something."""
    id = row["id"]
    open_loan = sa.select(loans.c.id).where(
        loans.c.borrower == id, loans.c.state.in_(("ready", "handedOver"))
    )
    if uow.connection.execute(open_loan.limit(1)).first():
        raise Conflict("borrowerHasLoan")
    return _erase(uow, by, row, reason)


def _erase(uow: UnitOfWork, by: Who, row: BorrowerRow, reason: str) -> BorrowerRow:
    id = row["id"]
    waiting = sa.select(requests).where(requests.c.borrower == id, requests.c.state == "requested")
    for request in REQUESTS.select(uow.connection, waiting):
        end_request(uow, request, "cancelled")
    asked = uow.connection.execute(sa.update(requests).where(requests.c.borrower == id).values(note=None))
    lent = uow.connection.execute(sa.update(loans).where(loans.c.borrower == id).values(sealed=None))
    papers = erase_papers(uow, id)
    uow.connection.execute(sa.delete(borrower_tokens).where(borrower_tokens.c.borrower == id))
    destroy(uow.connection, id)
    after = BORROWERS.update(
        uow.connection, row, {**row, "sealed": None, "state": "erased", "content_hash": ""}
    )
    uow.wipe()
    counts = {"borrower": 1, "request": asked.rowcount, "loan": lent.rowcount, "agreement": papers}
    record(
        uow.connection,
        uow.clock.now(),
        by,
        (
            Entry("erased", kind, id, row["municipality"], reason, count)
            for kind, count in counts.items()
            if count
        ),
    )
    uow.record(ERASED, id, {"borrower": id}, version=after["version"], municipality=after["municipality"])
    return after


def locked_borrower(uow: UnitOfWork, caller: Caller, id: str) -> BorrowerRow:
    """A borrower of a digipunt where the caller works. Raises NotFound for one who was erased."""
    row = BORROWERS.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "borrower", id)
    if row["state"] == "erased":
        raise NotFound("borrower", id)
    return row


def reencrypt(uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int) -> tuple[str | None, int]:
    """Encrypt up to `limit` borrowers, and their loans, with the newest key; the last id, if any, and how many changed."""
    statement = sa.select(borrowers.c.id).order_by(borrowers.c.id).limit(limit)
    if after is not None:
        statement = statement.where(borrowers.c.id > after)
    ids = uow.connection.execute(statement).scalars().all()
    changed = sum(_reencrypt_one(uow, cipher, id) for id in ids)
    return (ids[-1] if ids else None), changed


def _reencrypt_one(uow: UnitOfWork, cipher: FieldCipher, id: str) -> int:
    row = BORROWERS.get(uow.connection, id, lock=True)
    if row["sealed"] is None:
        return 0
    wrapped = wrap_again(uow.connection, cipher, id)
    own = own_cipher(uow.connection, cipher, id)
    again = own.again(row["sealed"])
    # Of somebody from before there were keys, a loan may have made one: what they are found by is as old as their name.
    changed = int(wrapped or again is not None)
    if changed:
        _index(uow, cipher, id, rules.personal_of(own, row))
    # The content does not change, so the version does not either.
    if again is not None:
        uow.connection.execute(sa.update(borrowers).where(borrowers.c.id == id).values(sealed=again))
    theirs = sa.select(loans.c.id, loans.c.sealed).where(loans.c.borrower == id, loans.c.sealed.is_not(None))
    for loan, sealed in uow.connection.execute(theirs).all():
        if again := own.again(sealed):
            same = (loans.c.id == loan) & (loans.c.sealed == sealed)
            uow.connection.execute(sa.update(loans).where(same).values(sealed=again))
    reencrypt_papers(uow, own, id)
    return changed


def _index(uow: UnitOfWork, cipher: FieldCipher, id: str, personal: rules.Personal) -> None:
    uow.connection.execute(sa.delete(borrower_tokens).where(borrower_tokens.c.borrower == id))
    indexes = {cipher.blind_index(kind, value) for kind, value in rules.searchable(personal)}
    rows: list[BorrowerTokenRow] = [{"token": index, "borrower": id} for index in sorted(indexes)]
    if rows:
        uow.connection.execute(sa.insert(borrower_tokens), rows)
