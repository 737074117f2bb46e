"""Register, correct and void visits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.clock import local_day
from chassis.errors import Conflict, DigipuntError, InvalidInput
from chassis.fingerprint import fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import Row, get, raise_if, require_same, require_version, update
from common.access import Caller, coordinates, require_digipunt
from services.visits.handlers.common import Card, Desk, card_issues, cards_for, typed
from services.visits.model import visits as rules
from services.visits.model.helpers import helper_id
from services.visits.tables import VISITS, visits

REGISTERED = typed("visits", "registered")
CORRECTED = typed("visits", "corrected")
VOIDED = typed("visits", "voided")

_EMPTY: Row = {column.name: None for column in visits.columns} | {"bottlenecks": [], "situation": []}


def register(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[Row, bool]:
    """Register a visit under the client's id; whether it is new. The same content again changes nothing.

    Raises InvalidInput, Forbidden, NotFound for another municipality's digipunt, Conflict for other content.
    """
    content = normalised_content(desk, sent)
    card = cards_for(uow, [content["card"]]).get(content["card"]) if "card" in content else None
    try:
        row = new_row(uow, desk, caller, id, content, card)
    except InvalidInput:
        # What was registered stays so on a resend, though its digipunt closed or its card was retired since.
        if (kept := _kept(uow, caller, id)) and kept["content_hash"] == fingerprint(content):
            return kept, False
        raise
    if uow.insert_new(
        visits, row, REGISTERED, {"visit": rules.facts(row)}, version=1, municipality=row["municipality"]
    ):
        return row, True
    kept = get(uow.connection, VISITS, id)
    require_digipunt(caller, kept["digipunt"], kept["municipality"], "visit", id)
    require_same(kept, row["content_hash"], "visit")
    return kept, False


def new_row(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, content: Mapping[str, Any], card: Card | None
) -> Row:
    """The row of a new visit, if the rules allow it."""
    now = uow.clock.now()
    started_at = content.get("started_at", now)
    day = local_day(started_at)
    point = desk.points.get(content["digipunt"])
    if point is not None:
        require_digipunt(caller, point.id, point.municipality, "digipunt", point.id)
    raise_if(
        rules.point_issues(point, content["digipunt"], day)
        + rules.time_issues(started_at, now)
        + rules.retired_issues(content)
        + rules.text_issues(content)
        + (card_issues(card) if "card" in content else [])
    )
    assert point is not None
    row = {**_EMPTY, **content}
    row.pop("card", None)
    return row | {
        "id": id,
        "municipality": point.municipality,
        "started_at": started_at,
        "day": day,
        "visitor": card and card.id,
        "state": "registered",
        "content_hash": fingerprint(content),
        "version": 1,
    }


def correct(
    uow: UnitOfWork, desk: Desk, caller: Caller, id: str, expected: int, sent: Mapping[str, Any]
) -> Row:
    """Change what was wrong in a visit. A helper may at own digipunts and today only."""
    row = _require_mine(uow, caller, id)
    require_version(row, expected)
    if row["state"] == "voided":
        raise Conflict("This visit is voided; register a new one.")
    changes = _changes(uow, desk, row, sent)
    after = {**row, **changes}
    now = uow.clock.now()
    issues = rules.retired_issues(changes) + rules.text_issues(changes)
    if "started_at" in changes or "digipunt" in changes:
        after["day"] = changes["day"] = local_day(after["started_at"])
        point = desk.points.get(after["digipunt"])
        if point is not None:
            require_digipunt(caller, point.id, point.municipality, "digipunt", point.id)
            changes["municipality"] = point.municipality
        issues += rules.point_issues(point, after["digipunt"], after["day"])
        issues += rules.time_issues(after["started_at"], now)
    rules.require_correctable([row["day"], after["day"]], local_day(now), coordinator=coordinates(caller))
    raise_if(issues)
    if all(row[name] == value for name, value in changes.items()):
        return row
    after = update(uow.connection, VISITS, row, {**row, **changes})
    data = {"before": rules.facts(row), "visit": rules.facts(after)}
    uow.record(CORRECTED, id, data, version=after["version"], municipality=after["municipality"])
    return after


def void(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: str) -> Row:
    """Take a visit out of the figures; it stays readable, with the reason. Voiding twice changes nothing."""
    row = _require_mine(uow, caller, id)
    if row["state"] == "voided":
        if row["void_reason"] != reason:
            raise Conflict("This visit is voided already, for another reason.")
        return row
    require_version(row, expected)
    today = local_day(uow.clock.now())
    rules.require_correctable([row["day"]], today, coordinator=coordinates(caller))
    after = update(uow.connection, VISITS, row, {**row, "state": "voided", "void_reason": reason})
    data = {"visit": rules.facts(after), "reason": reason}
    uow.record(VOIDED, id, data, version=after["version"], municipality=after["municipality"])
    return after


def normalised_content(desk: Desk, sent: Mapping[str, Any]) -> Row:
    content = rules.normalised(sent)
    if "helper" in content:
        name = content.pop("helper")
        if desk.helper_key:
            content["helper"] = helper_id(name, desk.helper_key)
    return content


def _changes(uow: UnitOfWork, desk: Desk, row: Row, sent: Mapping[str, Any]) -> Row:
    """The columns to change: null takes away, and lists have each code once."""
    changes = dict(sent)
    if "card" in changes:
        text = changes.pop("card")
        card = cards_for(uow, [text]).get(text) if text else None
        # A card that was retired since may stay where it is.
        if text and not (card and card.id == row["visitor"]):
            raise_if(card_issues(card))
        changes["visitor"] = card and card.id
    if changes.get("helper"):
        changes["helper"] = helper_id(changes["helper"], desk.helper_key) if desk.helper_key else None
    for name in ("themes", "situation", "bottlenecks"):
        if name in changes:
            values = changes[name] or []
            changes[name] = values if name == "bottlenecks" else list(dict.fromkeys(values))
    return changes


def _require_mine(uow: UnitOfWork, caller: Caller, id: str) -> Row:
    row = get(uow.connection, VISITS, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "visit", id)
    return row


def _kept(uow: UnitOfWork, caller: Caller, id: str) -> Row | None:
    """The visit that is kept under this id, if there is one and it is the caller's."""
    try:
        row = get(uow.connection, VISITS, id)
        require_digipunt(caller, row["digipunt"], row["municipality"], "visit", id)
    except DigipuntError:
        return None
    return row
