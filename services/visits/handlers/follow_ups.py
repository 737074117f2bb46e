"""Plan what is still to be done for a visitor, and note that it is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import require_version
from common.access import Caller, require_digipunt, scope, within
from services.visits.handlers.common import RegistrationContext, event_name, require_known_digipunt
from services.visits.model.follow_ups import to_event
from services.visits.model.rows import FollowUpRow
from services.visits.tables import FOLLOW_UPS, visits

PLANNED = event_name("followUps", "planned")
DONE = event_name("followUps", "done")


def plan_follow_up(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[FollowUpRow, bool]:
    """Plan a follow-up under the client's id; whether it is new."""
    content = drop_empty(sent)
    digipunt = require_known_digipunt(context, caller, content["digipunt"])
    if "visit" in content:
        _require_visit(uow, caller, digipunt.municipality, content["visit"])
    row: FollowUpRow = {
        "id": id,
        "digipunt": digipunt.id,
        "municipality": digipunt.municipality,
        "visit": content.get("visit"),
        "contact": content.get("contact"),
        "kind": content["kind"],
        "due_on": content["due_on"],
        "note": content.get("note"),
        "state": "planned",
        "outcome": None,
        "content_hash": fingerprint(content),
        "version": 1,
    }

    def require_access(found: FollowUpRow) -> None:
        require_digipunt(caller, found["digipunt"], found["municipality"], "followUp", id)

    return FOLLOW_UPS.put_once(uow, row, PLANNED, {"followUp": to_event(row)}, require_access)


def finish_follow_up(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, outcome: str | None
) -> FollowUpRow:
    """Note that it is done, and how it ended. The same again changes nothing."""
    row = FOLLOW_UPS.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "followUp", id)
    if row["state"] == "done":
        if outcome not in (None, row["outcome"]):
            raise Conflict("followUpDone")
        return row
    require_version(row, expected)
    after: FollowUpRow = {**row, "state": "done", "outcome": outcome}
    after = FOLLOW_UPS.update(uow.connection, row, after)
    data = {"followUp": to_event(after)}
    uow.record(DONE, id, data, version=after["version"], municipality=after["municipality"])
    return after


def _require_visit(uow: UnitOfWork, caller: Caller, municipality: str, id: str) -> None:
    """The visit is one of the caller's, in the municipality of the digipunt that follows it up."""
    theirs = (visits.c.municipality == municipality, within(visits, scope(caller)))
    statement = sa.select(visits.c.id).where(visits.c.id == id, *theirs)
    if uow.connection.execute(statement).first() is None:
        raise InvalidInput.at("visit", "visitUnknown", value=id, type="referencedResourceNotFound")
