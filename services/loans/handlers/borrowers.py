"""Keep borrowers, encrypted; find them by blind index; erase them."""

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
from common.access import Caller, require_digipunt
from common.field_cipher import FieldCipher
from services.loans.handlers.common import end_request, event_name, point_for
from services.loans.model import borrowers as rules
from services.loans.model.rows import BorrowerRow
from services.loans.tables import BORROWERS, REQUESTS, borrower_tokens, borrowers, loans, requests

ERASED = event_name("borrowers", "erased")


def add_borrower(
    uow: UnitOfWork, cipher: FieldCipher, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[BorrowerRow, bool]:
    """Keep a borrower under the client's id; whether it is new."""
    content = drop_empty(sent)
    point = point_for(uow, caller, content["digipunt"], content.pop("municipality", None))
    personal = rules.personal_part(content)
    raise_if(rules.issues(personal))
    # A plain hash of a name could be tried out by whoever has the database.
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    row: BorrowerRow = {
        "id": id,
        "kind": content["kind"],
        "digipunt": point.id,
        "municipality": point.municipality,
        "sealed": cipher.encrypt(personal),
        "state": "active",
        "content_hash": cipher.blind_index("content", text),
        "version": 1,
    }
    if uow.connection.execute(upsert(uow.dialect, borrowers).on_conflict_do_nothing(), row).rowcount:
        _index(uow, cipher, id, personal)
        return row, True
    there = BORROWERS.get(uow.connection, id)
    require_digipunt(caller, there["digipunt"], there["municipality"], "borrower", id)
    if there["content_hash"] not in cipher.blind_indexes("content", text):
        raise Conflict("There is another borrower under this id.")
    return there, False


def change_borrower(
    uow: UnitOfWork, cipher: FieldCipher, caller: Caller, id: str, expected: int, changes: Mapping[str, Any]
) -> BorrowerRow:
    """Change what is known of a borrower; null takes a value away."""
    row = locked_borrower(uow, caller, id)
    require_version(row, expected)
    before = rules.personal_of(cipher, row)
    personal = rules.changed(before, changes)
    raise_if(rules.issues(personal))
    if personal == before:
        return row
    _index(uow, cipher, id, personal)
    return BORROWERS.update(uow.connection, row, {**row, "sealed": cipher.encrypt(personal)})


def erase_borrower(uow: UnitOfWork, caller: Caller, id: str) -> BorrowerRow:
    """Forget who a borrower is, here and, by the event, everywhere. What was lent stays in the figures.

    Raises Conflict while something is lent to them or ready for them. Erasing again changes nothing.
    """
    row = BORROWERS.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "borrower", id)
    if row["state"] == "erased":
        return row
    open_loan = sa.select(loans.c.id).where(
        loans.c.borrower == id, loans.c.state.in_(("ready", "handedOver"))
    )
    if uow.connection.execute(open_loan.limit(1)).first():
        raise Conflict("Something is lent to this borrower, or ready for them; end that loan first.")
    waiting = sa.select(requests).where(requests.c.borrower == id, requests.c.state == "requested")
    for request in REQUESTS.select(uow.connection, waiting):
        end_request(uow, request, "cancelled")
    uow.connection.execute(sa.update(requests).where(requests.c.borrower == id).values(note=None))
    uow.connection.execute(sa.update(loans).where(loans.c.borrower == id).values(sealed=None))
    uow.connection.execute(sa.delete(borrower_tokens).where(borrower_tokens.c.borrower == id))
    after = BORROWERS.update(
        uow.connection, row, {**row, "sealed": None, "state": "erased", "content_hash": ""}
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
    statement = sa.select(borrowers).order_by(borrowers.c.id).limit(limit)
    if after is not None:
        statement = statement.where(borrowers.c.id > after)
    rows = uow.connection.execute(statement).mappings().all()
    changed = 0
    for row in rows:
        changed += _reencrypt_one(uow, cipher, row["id"])
    return (rows[-1]["id"] if rows else None), changed


def _reencrypt_one(uow: UnitOfWork, cipher: FieldCipher, id: str) -> int:
    row = BORROWERS.get(uow.connection, id, lock=True)
    changed = 0
    if row["sealed"] and not cipher.is_current(row["sealed"]):
        personal = rules.personal_of(cipher, row)
        _index(uow, cipher, id, personal)
        # The content stays, so its version does too.
        values = {"sealed": cipher.encrypt(personal)}
        uow.connection.execute(sa.update(borrowers).where(borrowers.c.id == id).values(values))
        changed += 1
    theirs = sa.select(loans.c.id, loans.c.sealed).where(loans.c.borrower == id, loans.c.sealed.is_not(None))
    for loan, sealed in uow.connection.execute(theirs).all():
        if not cipher.is_current(sealed):
            values = {"sealed": cipher.encrypt(cipher.decrypt(sealed))}
            same = (loans.c.id == loan) & (loans.c.sealed == sealed)
            changed += uow.connection.execute(sa.update(loans).where(same).values(values)).rowcount
    return changed


def _index(uow: UnitOfWork, cipher: FieldCipher, id: str, personal: Mapping[str, Any]) -> None:
    uow.connection.execute(sa.delete(borrower_tokens).where(borrower_tokens.c.borrower == id))
    tokens = {cipher.blind_index(kind, value) for kind, value in rules.searchable(personal)}
    if tokens:
        rows = [{"token": token, "borrower": id} for token in sorted(tokens)]
        uow.connection.execute(sa.insert(borrower_tokens), rows)
