"""Plan what is still to be done for a visitor, and note that it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis import free_text
from chassis.access import Caller, demand_digipunt
from chassis.content import content_hash, without_blanks
from chassis.errors import Conflict, InvalidInput
from chassis.rows import Row, demand, demand_same, demand_version, stored, update
from chassis.unit_of_work import UnitOfWork
from services.visits.handlers.common import Desk, point_for, typed
from services.visits.model.follow_ups import facts
from services.visits.tables import follow_ups, visits

PLANNED = typed("followUps", "planned")
DONE = typed("followUps", "done")


def plan_follow_up(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[Row, bool]:
    """Plan a follow-up under the client's id; whether it is new."""
    content = without_blanks(sent)
    point = point_for(desk, caller, content["digipunt"])
    demand(free_text.issues("note", content.get("note")))
    if "visit" in content:
        _demand_visit(uow, point.municipality, content["visit"])
    row = {
        "visit": None,
        "note": None,
        **content,
        "id": id,
        "municipality": point.municipality,
        "state": "planned",
        "outcome": None,
        "content_hash": content_hash(content),
        "version": 1,
    }
    data = {"followUp": facts(row)}
    if uow.insert_new(follow_ups, row, PLANNED, data, version=1, municipality=point.municipality):
        return row, True
    kept = stored(uow, follow_ups, id, "follow-up")
    demand_digipunt(caller, kept["digipunt"], kept["municipality"], "follow-up", id)
    demand_same(kept, row["content_hash"], "follow-up")
    return kept, False


def finish_follow_up(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, outcome: str | None
) -> Row:
    """Note that it is done, and how it ended. The same again changes nothing."""
    row = stored(uow, follow_ups, id, "follow-up", lock=True)
    demand_digipunt(caller, row["digipunt"], row["municipality"], "follow-up", id)
    if row["state"] == "done":
        if outcome not in (None, row["outcome"]):
            raise Conflict("This follow-up is done already, with another outcome.")
        return row
    demand_version(row, expected)
    after = update(uow, follow_ups, row, state="done", outcome=outcome)
    data = {"followUp": facts(after)}
    uow.record(DONE, id, data, version=after["version"], municipality=after["municipality"])
    return after


def _demand_visit(uow: UnitOfWork, municipality: str, id: str) -> None:
    """The visit is there, in the municipality of the digipunt that follows it up."""
    statement = sa.select(visits.c.id).where(visits.c.id == id, visits.c.municipality == municipality)
    if uow.connection.execute(statement).first() is None:
        detail = "There is no such visit in this municipality."
        raise InvalidInput.at("visit", detail, value=id, type="referencedResourceNotFound")
