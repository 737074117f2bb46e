"""Open, change, close and reopen digipunts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chassis.clock import local_day
from chassis.errors import Forbidden
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if, require_version
from common.access import Caller, require_municipality
from services.visits.handlers.common import RegistrationContext, event_name, with_content
from services.visits.model import digipunts as rules
from services.visits.model.rows import DigipuntRow
from services.visits.tables import DIGIPUNTS

OPENED = event_name("digipunts", "opened")
CHANGED = event_name("digipunts", "changed")
CLOSED = event_name("digipunts", "closed")


def open_digipunt(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[DigipuntRow, bool]:
    """Add a digipunt under the client's id; whether it is new."""
    if sent["municipality"] not in caller.municipalities:
        raise Forbidden("otherMunicipality")
    content = drop_empty(sent)
    raise_if(rules.opening_issues(content.get("opening", [])))
    row: DigipuntRow = {
        "id": id,
        "name": content["name"],
        "municipality": content["municipality"],
        "organisation": content.get("organisation"),
        "address": content.get("address"),
        "phone": content.get("phone"),
        "opening": content.get("opening", []),
        "opened_on": content.get("opened_on"),
        "closed_on": None,
        "state": "open",
        "content_hash": fingerprint(content),
        "version": 1,
    }

    def require_access(found: DigipuntRow) -> None:
        require_municipality(caller, found["municipality"], "digipunt", id)

    result = DIGIPUNTS.put_once(uow, row, OPENED, {"digipunt": rules.to_event(row)}, require_access)
    context.digipunts.invalidate()
    return result


def change_digipunt(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    id: str,
    expected: int,
    changes: Mapping[str, Any],
) -> DigipuntRow:
    """Change the description of a digipunt; its municipality stays."""
    row = _require_own(uow, caller, id)
    require_version(row, expected)
    after = with_content(row, changes)
    after["opening"] = after["opening"] or []
    if "opening" in changes:
        raise_if(rules.opening_issues(after["opening"]))
    raise_if(rules.day_issues(after["opened_on"], after["closed_on"], local_day(uow.clock.now())))
    if after == row:
        return row
    return _record(uow, context, CHANGED, DIGIPUNTS.update(uow.connection, row, after))


def close_digipunt(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    id: str,
    expected: int | None,
    closed_on: date | None,
) -> DigipuntRow:
    """Take no visits from that day on. Closing a closed digipunt changes nothing, unless the day differs."""
    row = _require_own(uow, caller, id)
    today = local_day(uow.clock.now())
    if row["state"] == "closed" and closed_on in (None, row["closed_on"]):
        return row
    require_version(row, expected)
    raise_if(rules.day_issues(row["opened_on"], closed_on or today, today))
    after: DigipuntRow = {**row, "state": "closed", "closed_on": closed_on or today}
    return _record(uow, context, CLOSED, DIGIPUNTS.update(uow.connection, row, after))


def reopen_digipunt(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, expected: int | None
) -> DigipuntRow:
    """Take visits again, as if it had never closed. Reopening an open digipunt changes nothing."""
    row = _require_own(uow, caller, id)
    if row["state"] == "open":
        return row
    require_version(row, expected)
    after: DigipuntRow = {**row, "state": "open", "closed_on": None}
    return _record(uow, context, CHANGED, DIGIPUNTS.update(uow.connection, row, after))


def _require_own(uow: UnitOfWork, caller: Caller, id: str) -> DigipuntRow:
    row = DIGIPUNTS.get(uow.connection, id, lock=True)
    require_municipality(caller, row["municipality"], "digipunt", id)
    return row


def _record(uow: UnitOfWork, context: RegistrationContext, type: str, row: DigipuntRow) -> DigipuntRow:
    data = {"digipunt": rules.to_event(row)}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])
    context.digipunts.invalidate()
    return row
