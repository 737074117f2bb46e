"""Plan what is still to be done for a visitor, and note that it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import Row, get, raise_if, require_same, require_version, update
from common import free_text
from common.access import Caller, require_digipunt
from services.visits.handlers.common import Desk, point_for, typed
from services.visits.model.follow_ups import facts
from services.visits.tables import FOLLOW_UPS, follow_ups, visits

PLANNED = typed("followUps", "planned")
DONE = typed("followUps", "done")


def plan_follow_up(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[Row, bool]:
    """Plan a follow-up under the client's id; whether it is new."""
    content = drop_empty(sent)
    point = point_for(desk, caller, content["digipunt"])
    raise_if(free_text.issues("note", content.get("note")))
    if "visit" in content:
        _require_visit(uow, point.municipality, content["visit"])
    row = {
        "visit": None,
        "note": None,
        **content,
        "id": id,
        "municipality": point.municipality,
        "state": "planned",
        "outcome": None,
        "content_hash": fingerprint(content),
        "version": 1,
    }
    data = {"followUp": facts(row)}
    if uow.insert_new(follow_ups, row, PLANNED, data, version=1, municipality=point.municipality):
        return row, True
    kept = get(uow.connection, FOLLOW_UPS, id)
    require_digipunt(caller, kept["digipunt"], kept["municipality"], "follow-up", id)
    require_same(kept, row["content_hash"], "follow-up")
    return kept, False


def finish_follow_up(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, outcome: str | None
) -> Row:
    """Note that it is done, and how it ended. The same again changes nothing."""
    row = get(uow.connection, FOLLOW_UPS, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "follow-up", id)
    if row["state"] == "done":
        if outcome not in (None, row["outcome"]):
            raise Conflict("This follow-up is done already, with another outcome.")
        return row
    require_version(row, expected)
    after = update(uow.connection, FOLLOW_UPS, row, {**row, "state": "done", "outcome": outcome})
    data = {"followUp": facts(after)}
    uow.record(DONE, id, data, version=after["version"], municipality=after["municipality"])
    return after


def _require_visit(uow: UnitOfWork, municipality: str, id: str) -> None:
    """The visit is there, in the municipality of the digipunt that follows it up."""
    statement = sa.select(visits.c.id).where(visits.c.id == id, visits.c.municipality == municipality)
    if uow.connection.execute(statement).first() is None:
        detail = "There is no such visit in this municipality."
        raise InvalidInput.at("visit", detail, value=id, type="referencedResourceNotFound")
