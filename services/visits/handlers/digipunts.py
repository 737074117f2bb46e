"""Open, change, close and reopen digipunts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from chassis.clock import local_day
from chassis.errors import Forbidden
from chassis.fingerprint import drop_empty, fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import Row, get, raise_if, require_same, require_version, update
from common.access import Caller, require_municipality
from services.visits.handlers.common import Desk, typed
from services.visits.model import digipunts as rules
from services.visits.tables import DIGIPUNTS, digipunts

OPENED = typed("digipunts", "opened")
CHANGED = typed("digipunts", "changed")
CLOSED = typed("digipunts", "closed")


def open_digipunt(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[Row, bool]:
    """Add a digipunt under the client's id; whether it is new."""
    if sent["municipality"] not in caller.municipalities:
        raise Forbidden("This municipality is not yours.")
    content = drop_empty(sent)
    raise_if(rules.opening_issues(content.get("opening", [])) + rules.text_issues(content))
    row = {
        "organisation": None,
        "address": None,
        "phone": None,
        "opening": [],
        "opened_on": None,
        **content,
        "id": id,
        "closed_on": None,
        "state": "open",
        "content_hash": fingerprint(content),
        "version": 1,
    }
    data = {"digipunt": rules.facts(row)}
    if uow.insert_new(digipunts, row, OPENED, data, version=1, municipality=row["municipality"]):
        desk.points.forget()
        return row, True
    kept = get(uow.connection, DIGIPUNTS, id)
    require_municipality(caller, kept["municipality"], "digipunt", id)
    require_same(kept, row["content_hash"], "digipunt")
    return kept, False


def change_digipunt(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, expected: int, changes: Mapping[str, Any]
) -> Row:
    """Change what is told about a digipunt; its municipality stays."""
    row = _require_mine(uow, caller, id)
    require_version(row, expected)
    raise_if(rules.text_issues(changes))
    changes = dict(changes)
    if "opening" in changes:
        changes["opening"] = changes["opening"] or []
        raise_if(rules.opening_issues(changes["opening"]))
    opened_on = changes.get("opened_on", row["opened_on"])
    raise_if(rules.day_issues(opened_on, row["closed_on"], local_day(uow.clock.now())))
    if all(row[name] == value for name, value in changes.items()):
        return row
    return _record(uow, desk, CHANGED, update(uow.connection, DIGIPUNTS, row, {**row, **changes}))


def close_digipunt(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, expected: int | None, closed_on: date | None
) -> Row:
    """Take no visits from that day on. Closing a closed digipunt changes nothing, unless the day differs."""
    row = _require_mine(uow, caller, id)
    today = local_day(uow.clock.now())
    if row["state"] == "closed" and closed_on in (None, row["closed_on"]):
        return row
    require_version(row, expected)
    raise_if(rules.day_issues(row["opened_on"], closed_on or today, today))
    return _record(
        uow,
        desk,
        CLOSED,
        update(uow.connection, DIGIPUNTS, row, {**row, "state": "closed", "closed_on": closed_on or today}),
    )


def reopen_digipunt(uow: UnitOfWork, desk: Desk, caller: Caller, id: str, expected: int | None) -> Row:
    """Take visits again, as if it had never closed. Reopening an open digipunt changes nothing."""
    row = _require_mine(uow, caller, id)
    if row["state"] == "open":
        return row
    require_version(row, expected)
    return _record(
        uow,
        desk,
        CHANGED,
        update(uow.connection, DIGIPUNTS, row, {**row, "state": "open", "closed_on": None}),
    )


def _require_mine(uow: UnitOfWork, caller: Caller, id: str) -> Row:
    row = get(uow.connection, DIGIPUNTS, id, lock=True)
    require_municipality(caller, row["municipality"], "digipunt", id)
    return row


def _record(uow: UnitOfWork, desk: Desk, type: str, row: Row) -> Row:
    data = {"digipunt": rules.facts(row)}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])
    desk.points.forget()
    return row
