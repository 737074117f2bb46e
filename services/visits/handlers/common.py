"""What the handlers of several resources share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chassis.database import for_update
from chassis.errors import Conflict, InvalidInput, Issue, NotFound, StaleVersion
from chassis.unit_of_work import UnitOfWork
from contracts.events import event_type
from services.visits.model.access import Caller, demand_digipunt
from services.visits.model.codes import read_code
from services.visits.model.digipunts import Point
from services.visits.points import KnownDigipunts
from services.visits.tables import visitor_cards

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """What registering needs to know of the deployment. Without a key, who helped is not kept at all."""

    points: KnownDigipunts
    helper_key: bytes | None


def typed(resource: str, what: str) -> str:
    """The full type of one of this service's events."""
    return event_type("visits", resource, what)


def stored(uow: UnitOfWork, table: sa.Table, id: str, resource: str, *, lock: bool = False) -> Row:
    """The row with this id, locked until the end of the unit of work if asked. Raises NotFound."""
    statement = sa.select(table).where(table.c.id == id)
    found = (
        uow.connection.execute(for_update(uow.dialect, statement) if lock else statement).mappings().first()
    )
    if found is None:
        raise NotFound(resource, id)
    return dict(found)


def update(uow: UnitOfWork, table: sa.Table, row: Mapping[str, Any], **changes: Any) -> Row:
    """Write `changes` to a locked row as its next version; the row as it is now."""
    changes["version"] = row["version"] + 1
    uow.connection.execute(sa.update(table).where(table.c.id == row["id"]).values(changes))
    return {**row, **changes}


def demand_version(row: Mapping[str, Any], expected: int | None) -> None:
    """Raise StaleVersion when the caller changes another version than the current one."""
    if expected is not None and expected != row["version"]:
        raise StaleVersion(row["version"])


def demand_same(row: Mapping[str, Any], content_hash: str, resource: str) -> None:
    """Raise Conflict unless the row was made from the same content."""
    if row["content_hash"] != content_hash:
        raise Conflict(f"There is another {resource} under this id.")


def point_for(desk: Desk, caller: Caller, digipunt: str) -> Point:
    """The digipunt that a body names. Raises InvalidInput when unknown, NotFound or Forbidden when not the caller's."""
    point = desk.points.get(digipunt)
    if point is None:
        raise InvalidInput(
            [
                Issue(
                    "There is no such digipunt.",
                    "digipunt",
                    value=digipunt,
                    type="referencedResourceNotFound",
                )
            ]
        )
    demand_digipunt(caller, digipunt, point.municipality, "digipunt", digipunt)
    return point


def demand(issues: list[Issue]) -> None:
    """Raise InvalidInput when there is any issue, with all of them."""
    if issues:
        raise InvalidInput(issues)


@dataclass(frozen=True, slots=True)
class Card:
    """A visitor card that somebody showed."""

    id: str
    active: bool


def cards_for(uow: UnitOfWork, codes: list[str]) -> dict[str, Card]:
    """The cards behind these codes, as typed; a code without a card is left out."""
    read = {text: code for text in codes if (code := read_code(text))}
    if not read:
        return {}
    columns = (visitor_cards.c.code, visitor_cards.c.id, visitor_cards.c.state)
    found = uow.connection.execute(sa.select(*columns).where(visitor_cards.c.code.in_(set(read.values()))))
    cards = {row.code: Card(row.id, row.state == "active") for row in found}
    return {text: cards[code] for text, code in read.items() if code in cards}


def card_issues(card: Card | None) -> list[Issue]:
    """The card is one that was issued and not retired. The code itself is not repeated."""
    if card is None:
        return [
            Issue(
                "There is no visitor card with this code; look at the card again.",
                "card",
                type="invalidInput",
            )
        ]
    if not card.active:
        return [
            Issue("This visitor card is retired; give the visitor a new one.", "card", type="invalidInput")
        ]
    return []
