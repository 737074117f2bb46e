"""What the handlers of several resources share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import sqlalchemy as sa

from chassis.errors import Issue, NotFound
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import Caller, require_digipunt
from contracts.events import event_type
from services.visits.digipunt_cache import DigipuntCache
from services.visits.guesses import Guesses
from services.visits.model.codes import read_code
from services.visits.model.digipunts import Digipunt
from services.visits.tables import visitor_cards

R = TypeVar("R", bound=Mapping[str, object])


@dataclass(frozen=True, slots=True)
class RegistrationContext:
    """What registering needs to know of the deployment. Without a key, who helped is not kept at all."""

    digipunts: DigipuntCache
    helper_key: bytes | None
    guesses: Guesses = field(default_factory=Guesses)


def event_name(resource: str, what: str) -> str:
    """The full type of one of this service's events."""
    return event_type("visits", resource, what)


def with_content(row: R, content: Mapping[str, Any]) -> R:
    """A copy of `row` with what was sent.

    The one place where keys of a body become columns; tests/unit/visits/test_fields.py holds that each body has columns only.
    """
    return cast("R", {**cast("dict[str, Any]", row), **content})


def require_known_digipunt(context: RegistrationContext, caller: Caller, id: str) -> Digipunt:
    """The digipunt that a body names.

    Raises NotFound for one that does not exist as for one of another municipality, so that neither is told from the other;
    Forbidden for another one of own municipalities.
    """
    digipunt = context.digipunts.get(id)
    if digipunt is None:
        raise NotFound("digipunt", id)
    require_digipunt(caller, id, digipunt.municipality, "digipunt", id)
    return digipunt


@dataclass(frozen=True, slots=True)
class Card:
    """A visitor card that somebody showed."""

    id: str
    active: bool


def cards_for(
    uow: UnitOfWork, context: RegistrationContext, caller: Caller, codes: Iterable[str | None]
) -> dict[str, Card]:
    """The cards behind these codes, by the text that was entered; a code without a card is left out.

    Raises TooManyRequests for a caller who names many of those.
    """
    read = {text: code for text in codes if text and (code := read_code(text))}
    if not read:
        return {}
    context.guesses.require_allowed(caller)
    columns = (visitor_cards.c.code, visitor_cards.c.id, visitor_cards.c.state)
    found = uow.connection.execute(sa.select(*columns).where(visitor_cards.c.code.in_(set(read.values()))))
    cards = {row.code: Card(row.id, row.state == "active") for row in found}
    context.guesses.wrong(caller, set(read.values()) - set(cards))
    return {text: cards[code] for text, code in read.items() if code in cards}


def card_issues(card: Card | None) -> list[Issue]:
    """The card is one that was issued and not retired. The code itself is not repeated."""
    if card is None:
        return [Issue("cardUnknown", "card", type="invalidInput")]
    if not card.active:
        return [Issue("cardRetired", "card", type="invalidInput")]
    return []
