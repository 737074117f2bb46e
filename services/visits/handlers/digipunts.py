"""Open, change, close and reopen digipunts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from chassis.clock import local_day
from chassis.errors import Forbidden
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if, require_version
from common.access import Caller, require_municipality
from services.visits.handlers.common import RegistrationContext, event_name
from services.visits.model import digipunts as rules
from services.visits.model.rows import DigipuntChanges, DigipuntRow
from services.visits.tables import DIGIPUNTS

OPENED = event_name("digipunts", "opened")
CHANGED = event_name("digipunts", "changed")
CLOSED = event_name("digipunts", "closed")


def open_digipunt(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[DigipuntRow, bool]:
    """Add a digipunt under the client's id; whether it is new."""
    if sent["municipality"] not in caller.municipalities:
        raise Forbidden("This municipality is not yours.")
    content = drop_empty(sent)
    raise_if(rules.opening_issues(content.get("opening", [])) + rules.text_issues(content))
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
    data = {"digipunt": rules.to_event(row)}
    kept, new = DIGIPUNTS.put_once(uow, row, OPENED, data, lambda there: _require_mine(caller, there))
    if new:
        context.points.forget()
    return kept, new


def change_digipunt(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    id: str,
    expected: int,
    sent: Mapping[str, Any],
) -> DigipuntRow:
    """Change what is said about a digipunt; its municipality stays."""
    row = _locked(uow, caller, id)
    require_version(row, expected)
    raise_if(rules.text_issues(sent))
    changes = cast(DigipuntChanges, dict(sent))
    if "opening" in changes:
        changes["opening"] = changes["opening"] or []
        raise_if(rules.opening_issues(changes["opening"]))
    after: DigipuntRow = {**row, **changes}
    raise_if(rules.day_issues(after["opened_on"], row["closed_on"], local_day(uow.clock.now())))
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
    row = _locked(uow, caller, id)
    today = local_day(uow.clock.now())
    if row["state"] == "closed" and closed_on in (None, row["closed_on"]):
        return row
    require_version(row, expected)
    raise_if(rules.day_issues(row["opened_on"], closed_on or today, today))
    after = DIGIPUNTS.update(uow.connection, row, {**row, "state": "closed", "closed_on": closed_on or today})
    return _record(uow, context, CLOSED, after)


def reopen_digipunt(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, expected: int | None
) -> DigipuntRow:
    """Take visits again, as if it had never closed. Reopening an open digipunt changes nothing."""
    row = _locked(uow, caller, id)
    if row["state"] == "open":
        return row
    require_version(row, expected)
    after = DIGIPUNTS.update(uow.connection, row, {**row, "state": "open", "closed_on": None})
    return _record(uow, context, CHANGED, after)


def _locked(uow: UnitOfWork, caller: Caller, id: str) -> DigipuntRow:
    row = DIGIPUNTS.get(uow.connection, id, lock=True)
    _require_mine(caller, row)
    return row


def _require_mine(caller: Caller, row: DigipuntRow) -> None:
    require_municipality(caller, row["municipality"], "digipunt", row["id"])


def _record(uow: UnitOfWork, context: RegistrationContext, type: str, row: DigipuntRow) -> DigipuntRow:
    data = {"digipunt": rules.to_event(row)}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])
    context.points.forget()
    return row
