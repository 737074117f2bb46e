"""Register, correct and void visits."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, cast

from chassis.clock import local_day
from chassis.errors import Conflict, DigipuntError, InvalidInput
from chassis.fingerprint import fingerprint
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import raise_if, require_version
from common.access import Caller, coordinates, require_digipunt
from services.visits.handlers.common import (
    Card,
    RegistrationContext,
    card_issues,
    cards_for,
    event_name,
    require_known_digipunt,
    with_content,
)
from services.visits.handlers.firsts import CORRECTED, decide, lock_cards, settle, year_of
from services.visits.model import visits as rules
from services.visits.model.fields import CODE_LISTS
from services.visits.model.helpers import helper_id
from services.visits.model.rows import VisitRow
from services.visits.tables import VISITS, visits

REGISTERED = event_name("visits", "registered")
VOIDED = event_name("visits", "voided")

_NOTHING: dict[str, Any] = {"bottlenecks": [], "situation": []}
_EMPTY = cast("VisitRow", {column.name: None for column in visits.columns} | _NOTHING)
"""A visit of which nothing is known yet; `new_row` fills in what a row needs."""


def register(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, id: str, sent: Mapping[str, Any]
) -> tuple[VisitRow, bool]:
    """Register a visit under the client's id; whether it is new. The same content again changes nothing.

    Raises InvalidInput, Forbidden, NotFound for another municipality's digipunt, Conflict for other content.
    """
    content = normalised_content(context, sent)
    card = cards_for(uow, context, caller, [content.get("card")]).get(content.get("card", ""))

    def require_access(row: VisitRow) -> None:
        require_digipunt(caller, row["digipunt"], row["municipality"], "visit", id)

    try:
        row = new_row(uow, context, caller, id, content, card)
    except InvalidInput:
        # A resend finds the visit that was registered, even if its digipunt closed or its card was retired since.
        with suppress(DigipuntError):
            if same := VISITS.find_same(uow.connection, id, fingerprint(content), require_access):
                return same, False
        raise
    decide(uow, [row])
    visit, new = VISITS.put_once(uow, row, REGISTERED, {"visit": rules.to_event(row)}, require_access)
    if new and visit["visitor"]:
        settle(uow, [year_of(visit)])
    return visit, new


def new_row(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    id: str,
    content: Mapping[str, Any],
    card: Card | None,
) -> VisitRow:
    """The row of a new visit, if the rules allow it. With a card, `contact` is still to be decided."""
    now = uow.clock.now()
    started_at = content.get("started_at", now)
    day = local_day(started_at)
    digipunt = require_known_digipunt(context, caller, content["digipunt"])
    raise_if(
        rules.digipunt_issues(digipunt, day)
        + rules.time_issues(started_at, now)
        + rules.retired_issues(content)
        + (card_issues(card) if "card" in content else [])
    )
    row = with_content(_EMPTY, {name: value for name, value in content.items() if name != "card"})
    row["id"] = id
    row["municipality"] = digipunt.municipality
    row["started_at"] = started_at
    row["day"] = day
    row["visitor"] = card.id if card else None
    row["state"] = "registered"
    row["registered_at"] = now
    row["content_hash"] = fingerprint(content)
    row["version"] = 1
    return row


def correct(
    uow: UnitOfWork,
    context: RegistrationContext,
    caller: Caller,
    id: str,
    expected: int,
    sent: Mapping[str, Any],
) -> VisitRow:
    """Change what was wrong in a visit. A helper may at own digipunts, and for a day after it was registered."""
    card = cards_for(uow, context, caller, [sent.get("card")]).get(sent.get("card") or "")
    row = _require_own(uow, caller, id, card)
    require_version(row, expected)
    if row["state"] == "voided":
        raise Conflict("visitVoided")
    after = _corrected(context, row, sent, card)
    now = uow.clock.now()
    changed = {name: value for name, value in after.items() if name in sent}
    issues = rules.retired_issues(changed)
    if "started_at" in sent or "digipunt" in sent:
        after["day"] = local_day(after["started_at"])
        digipunt = require_known_digipunt(context, caller, after["digipunt"])
        after["municipality"] = digipunt.municipality
        issues += rules.digipunt_issues(digipunt, after["day"])
        issues += rules.time_issues(after["started_at"], now)
    rules.require_correctable(row, now, coordinator=coordinates(caller))
    raise_if(issues)
    decide(uow, [after])
    if after == row:
        return row
    after = VISITS.update(uow.connection, row, after)
    data = {"before": rules.to_event(row), "visit": rules.to_event(after)}
    uow.record(CORRECTED, id, data, version=after["version"], municipality=after["municipality"])
    settle(uow, {year_of(row), year_of(after)})
    return after


def void(uow: UnitOfWork, caller: Caller, id: str, expected: int | None, reason: str) -> VisitRow:
    """Take a visit out of the figures; it stays readable, with the reason. Voiding twice changes nothing."""
    row = _require_own(uow, caller, id)
    if row["state"] == "voided":
        if row["void_reason"] != reason:
            raise Conflict("visitVoidedOtherwise")
        return row
    require_version(row, expected)
    rules.require_correctable(row, uow.clock.now(), coordinator=coordinates(caller))
    after: VisitRow = {**row, "state": "voided", "void_reason": reason}
    after = VISITS.update(uow.connection, row, after)
    data = {"visit": rules.to_event(after), "reason": reason}
    uow.record(VOIDED, id, data, version=after["version"], municipality=after["municipality"])
    settle(uow, [year_of(after)])
    return after


def normalised_content(context: RegistrationContext, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent as it is compared with a resend: with defaults, and with who helped as an id."""
    content = rules.normalised(sent)
    if "helper" in content:
        name = content.pop("helper")
        if context.helper_key:
            content["helper"] = helper_id(name, context.helper_key)
    return content


def filters(context: RegistrationContext, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What a list is narrowed to, with who helped as an id. Without a key nobody's id is kept, so nothing is found."""
    found = dict(asked)
    if "helper" in found:
        found["helper"] = helper_id(found["helper"], context.helper_key) if context.helper_key else ""
    return found


def _corrected(
    context: RegistrationContext, row: VisitRow, sent: Mapping[str, Any], card: Card | None
) -> VisitRow:
    """The row with what was sent: null takes a value away, and lists have each code once."""
    changes = dict(sent)
    text = changes.pop("card", None)
    after = with_content(row, changes)
    if "card" in sent:
        # A card that was retired since may stay where it is.
        if text and not (card and card.id == row["visitor"]):
            raise_if(card_issues(card))
        after["visitor"] = card.id if card else None
    if name := changes.get("helper"):
        after["helper"] = helper_id(name, context.helper_key) if context.helper_key else None
    after["bottlenecks"] = after["bottlenecks"] or []
    lists = {
        field.column: rules.distinct(changes[field.column]) for field in CODE_LISTS if field.column in changes
    }
    return with_content(after, lists)


def _require_own(uow: UnitOfWork, caller: Caller, id: str, card: Card | None = None) -> VisitRow:
    """A visit where the caller works, locked after the card that it has and the one that it is to get."""
    lock_cards(uow, [VISITS.get(uow.connection, id)["visitor"], card.id if card else None])
    row = VISITS.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "visit", id)
    return row
