"""The work lists of staff: lines with a name, a number and a script, fetched from the owner while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chassis.errors import Unavailable
from services.notifications.handlers.address_book import AddressBook
from services.notifications.handlers.contexts import (
    NotThere,
    RpcClients,
    RpcUnavailable,
    Unreadable,
    ask,
)
from services.notifications.handlers.senders import Details
from services.notifications.model.routing import Context
from services.notifications.model.rows import MessageRow
from services.notifications.model.states import ChannelName
from services.notifications.texts import Item, NotComposed, Overrides, Text, compose


@dataclass(frozen=True, slots=True)
class Bundle:
    """Messages for one person that are delivered together, with the owner's answer about each."""

    rows: list[MessageRow]
    contexts: list[Context]

    @property
    def first(self) -> Context:
        return self.contexts[0]


def bundle_by_person(
    owners: RpcClients,
    people: AddressBook,
    rows: Iterable[MessageRow],
    details_of: Callable[[MessageRow], Details],
) -> list[Bundle]:
    """The messages that are still true, grouped by person; one without a person stands alone.

    `details_of` knows what to give to call.

    Raises Unavailable when an owner is away: an incomplete list would be worse than none.
    """
    bundles: dict[str, Bundle] = {}
    for row in rows:
        try:
            context = ask(owners, people, row, details_of(row).phone)
        except NotThere:
            continue
        except (RpcUnavailable, Unreadable):
            raise Unavailable("ownerAway", service=row["source"]) from None
        if context.true:
            bundle = bundles.setdefault(row["person"] or row["id"], Bundle([], []))
            bundle.rows.append(row)
            bundle.contexts.append(context)
    return list(bundles.values())


def compose_bundle(bundle: Bundle, channel: ChannelName, own: Overrides) -> Text:
    """The text for this person on this channel. Raises Unavailable when the owner left out a fact that it needs."""
    person = bundle.first.person
    items = [
        Item(row["kind"], context.facts) for row, context in zip(bundle.rows, bundle.contexts, strict=True)
    ]
    try:
        return compose(channel, person.language if person else "nl", items, own)
    except NotComposed:
        raise Unavailable("factMissing", service=bundle.rows[0]["source"]) from None
