"""Issue and retire visitor cards. A card says that it is the same person; nobody knows which."""

from __future__ import annotations

from collections.abc import Callable

from chassis.clock import local_day
from chassis.errors import Conflict, InvalidInput
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from services.visits.model.codes import new_code, read_code
from services.visits.model.rows import VisitorCardRow
from services.visits.tables import VISITOR_CARDS, visitor_cards

TRIES = 20
"""Draws of a free code before giving up; with a million cards out, one draw in seven is taken."""


def issue_card(
    uow: UnitOfWork, id: str, code: str | None, below: Callable[[int], int]
) -> tuple[VisitorCardRow, bool]:
    """Issue a card under the client's id, with the code that is printed on it or a new one; whether it is new."""
    given = None
    if code is not None and (given := read_code(code)) is None:
        raise InvalidInput.at("code", "notACardCode", type="invalidInput")
    row: VisitorCardRow = {
        "id": id,
        "code": "",
        "state": "active",
        "issued_on": local_day(uow.clock.now()),
        "retired_on": None,
        "version": 1,
    }
    insert = upsert(uow.dialect, visitor_cards).on_conflict_do_nothing()
    for _ in range(1 if given else TRIES):
        row["code"] = given or new_code(below)
        if uow.connection.execute(insert, dict(row)).rowcount:
            return row, True
        existing = VISITOR_CARDS.find(uow.connection, id)
        if existing is not None:
            if given not in (None, existing["code"]):
                raise Conflict("idTaken")
            return existing, False
    raise Conflict("cardCodeTaken")


def retire_card(uow: UnitOfWork, id: str) -> VisitorCardRow:
    """Take a card out of use: it is lost or full. Retiring it again changes nothing."""
    row = VISITOR_CARDS.get(uow.connection, id, lock=True)
    if row["state"] == "retired":
        return row
    today = local_day(uow.clock.now())
    after: VisitorCardRow = {**row, "state": "retired", "retired_on": today}
    return VISITOR_CARDS.update(uow.connection, row, after)
