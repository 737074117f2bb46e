"""What the handlers of several resources share."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from chassis.errors import InvalidInput, Issue
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import Caller, require_digipunt
from contracts.events import event_type
from services.visits.model.codes import read_code
from services.visits.model.digipunts import Digipunt
from services.visits.points import KnownDigipunts
from services.visits.tables import visitor_cards


@dataclass(frozen=True, slots=True)
class RegistrationContext:
    """What registering needs to know of the deployment. Without a key, who helped is not kept at all."""

    points: KnownDigipunts
    helper_key: bytes | None


def event_name(resource: str, what: str) -> str:
    """The full type of one of this service's events."""
    return event_type("visits", resource, what)


def point_for(context: RegistrationContext, caller: Caller, digipunt: str) -> Digipunt:
    """The digipunt that a body names. Raises InvalidInput when unknown, NotFound or Forbidden when not the caller's."""
    point = context.points.get(digipunt)
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
    require_digipunt(caller, digipunt, point.municipality, "digipunt", digipunt)
    return point


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
