"""What the owner answers about a message, and which channel it takes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.message_context import Language
from services.notifications.model.envelope import lay_out
from services.notifications.model.states import ChannelName
from services.notifications.model.wording import tidy


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to contact, with what that takes; in memory only, and for no longer than the sending takes."""

    id: str
    name: str
    language: Language
    channels: tuple[ChannelName, ...]
    email: str | None
    phone: str | None
    mobile: str | None
    address: Mapping[str, str] | None
    via: str | None

    def address_for(self, channel: ChannelName) -> object:
        """What that channel needs to reach this person; None when it is not known."""
        known: dict[ChannelName, object] = {
            "sms": self.mobile,
            "email": self.email,
            "letter": self.address if self.address and lay_out(address_of(self)) else None,
            "phoneCall": self.phone,
            "inPerson": self.id,
        }
        return known[channel]


def address_of(person: Person) -> list[str]:
    """The parts of the address on a letter: who, street, and postal code with the town in capitals."""
    address = person.address or {}
    town = f"{address.get('postalCode', '')} {address.get('town', '').upper()}".strip()
    return [tidy(part) for part in (person.via or person.name, address.get("street", ""), town) if part]


@dataclass(frozen=True, slots=True)
class Context:
    """Whether a message is still true, whom it is for (None: only staff know), and the facts for its texts."""

    true: bool
    person: Person | None
    facts: Mapping[str, Any]


def next_channel(
    person: Person, tried: Collection[ChannelName], closed: Collection[ChannelName]
) -> ChannelName | None:
    """The first channel in the person's own order that is untried, open, and has the address it needs."""
    for channel in person.channels:
        if channel not in tried and channel not in closed and person.address_for(channel):
            return channel
    return None
