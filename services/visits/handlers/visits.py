"""Register, correct and void visits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from chassis.clock import local_day
from chassis.errors import Conflict, DigipuntError, InvalidInput
from chassis.fingerprint import fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if, require_version
from common.access import Caller, coordinates, require_digipunt
from services.visits.handlers.common import Card, RegistrationContext, card_issues, cards_for, event_name
from services.visits.model import visits as rules
from services.visits.model.helpers import helper_id
from services.visits.model.rows import VisitChanges, VisitRow
from services.visits.tables import VISITS, visits

REGISTERED = event_name("visits", "registered")
CORRECTED = event_name("visits", "corrected")
VOIDED = event_name("visits", "voided")

_EMPTY: dict[str, Any] = dict.fromkeys(visits.columns.keys()) | {"bottlenecks": [], "situation": []}


def register(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[VisitRow, bool]:
    """Register a visit under the client's id; whether it is new. The same content again changes nothing.

    Raises InvalidInput, Forbidden, NotFound for another municipality's digipunt, Conflict for other content.
    """
    content = normalised_content(context, sent)
    card = cards_for(uow, [content["card"]]).get(content["card"]) if "card" in content else None
    try:
        row = new_row(uow, context, caller, id, content, card)
    except InvalidInput:
        # What was registered stays so on a resend, though its digipunt closed or its card was retired since.
        if (there := _find_mine(uow, caller, id)) and there["content_hash"] == fingerprint(content):
            return there, False
        raise
    data = {"visit": rules.to_event(row)}
    return VISITS.put_once(uow, row, REGISTERED, data, lambda there: _require_mine(caller, there))


def new_row(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    id: str,
    content: Mapping[str, Any],
    card: Card | None,
) -> VisitRow:
    """The row of a new visit, if the rules allow it."""
    now = uow.clock.now()
    started_at = content.get("started_at", now)
    day = local_day(started_at)
    point = context.points.get(content["digipunt"])
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
    columns = {name: value for name, value in content.items() if name != "card"}
    return {
        **cast(VisitRow, _EMPTY | columns),
        "id": id,
        "municipality": point.municipality,
        "started_at": started_at,
        "day": day,
        "visitor": card.id if card else None,
        "state": "registered",
        "content_hash": fingerprint(content),
        "version": 1,
    }


def correct(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    id: str,
    expected: int,
    sent: Mapping[str, Any],
) -> VisitRow:
    """Change what was wrong in a visit. A helper may at own digipunts and today only."""
    row = _locked(uow, caller, id)
    require_version(row, expected)
    if row["state"] == "voided":
        raise Conflict("This visit is voided; register a new one.")
    changes = _changes(uow, context, row, sent)
    after: VisitRow = {**row, **changes}
    now = uow.clock.now()
    issues = rules.retired_issues(changes) + rules.text_issues(changes)
    if "started_at" in changes or "digipunt" in changes:
        after["day"] = local_day(after["started_at"])
        point = context.points.get(after["digipunt"])
        if point is not None:
            require_digipunt(caller, point.id, point.municipality, "digipunt", point.id)
            after["municipality"] = point.municipality
        issues += rules.point_issues(point, after["digipunt"], after["day"])
        issues += rules.time_issues(after["started_at"], now)
    rules.require_correctable([row["day"], after["day"]], local_day(now), coordinator=coordinates(caller))
    raise_if(issues)
    if after == row:
        return row
    after = VISITS.update(uow.connection, row, after)
    data = {"before": rules.to_event(row), "visit": rules.to_event(after)}
    uow.record(CORRECTED, id, data, version=after["version"], municipality=after["municipality"])
    return after


def void(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: str) -> VisitRow:
    """Take a visit out of the figures; it stays readable, with the reason. Voiding twice changes nothing."""
    row = _locked(uow, caller, id)
    if row["state"] == "voided":
        if row["void_reason"] != reason:
            raise Conflict("This visit is voided already, for another reason.")
        return row
    require_version(row, expected)
    today = local_day(uow.clock.now())
    rules.require_correctable([row["day"]], today, coordinator=coordinates(caller))
    after = VISITS.update(uow.connection, row, {**row, "state": "voided", "void_reason": reason})
    data = {"visit": rules.to_event(after), "reason": reason}
    uow.record(VOIDED, id, data, version=after["version"], municipality=after["municipality"])
    return after


def normalised_content(context: RegistrationContext, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent in the form that is kept: each code once, and the helper as a pseudonym or not at all."""
    content = rules.normalised(sent)
    if "helper" in content:
        name = content.pop("helper")
        if context.helper_key:
            content["helper"] = helper_id(name, context.helper_key)
    return content


def _changes(
    uow: UnitOfWork, context: RegistrationContext, row: VisitRow, sent: Mapping[str, Any]
) -> VisitChanges:
    """The columns to change: null takes away, and lists have each code once."""
    card_given = "card" in sent
    changes = cast(VisitChanges, {name: value for name, value in sent.items() if name != "card"})
    if card_given:
        text = sent["card"]
        card = cards_for(uow, [text]).get(text) if text else None
        # A card that was retired since may stay where it is.
        if text and not (card and card.id == row["visitor"]):
            raise_if(card_issues(card))
        changes["visitor"] = card.id if card else None
    if name := changes.get("helper"):
        changes["helper"] = helper_id(name, context.helper_key) if context.helper_key else None
    if "themes" in changes:
        changes["themes"] = list(dict.fromkeys(changes["themes"] or []))
    if "situation" in changes:
        changes["situation"] = list(dict.fromkeys(changes["situation"] or []))
    if "bottlenecks" in changes:
        changes["bottlenecks"] = changes["bottlenecks"] or []
    return changes


def _locked(uow: UnitOfWork, caller: Caller, id: str) -> VisitRow:
    row = VISITS.get(uow.connection, id, lock=True)
    _require_mine(caller, row)
    return row


def _require_mine(caller: Caller, row: VisitRow) -> None:
    require_digipunt(caller, row["digipunt"], row["municipality"], "visit", row["id"])


def _find_mine(uow: UnitOfWork, caller: Caller, id: str) -> VisitRow | None:
    """The visit that is kept under this id, if there is one and it is the caller's."""
    try:
        row = VISITS.get(uow.connection, id)
        _require_mine(caller, row)
    except DigipuntError:
        return None
    return row
