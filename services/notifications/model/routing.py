"""What the owner says of a message, and which way it goes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("nl", "fr", "en")
CHANNELS = ("sms", "email", "letter", "phoneCall", "inPerson")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to tell, with what is needed for that; kept in memory for as long as it takes and no longer."""

    id: str
    name: str
    language: str
    channels: tuple[str, ...]
    email: str | None
    phone: str | None
    mobile: str | None
    address: Mapping[str, str] | None
    via: str | None

    def address_for(self, channel: str) -> object:
        """What that channel needs to reach this person; None when it is not known."""
        known = {
            "sms": self.mobile,
            "email": self.email,
            "letter": self.address,
            "phoneCall": self.phone,
            "inPerson": self.id,
        }
        return known[channel]


@dataclass(frozen=True, slots=True)
class Context:
    """Whether a message is still true, whom it is for (nobody we could reach: staff), and what it is about."""

    true: bool
    person: Person | None
    facts: Mapping[str, Any]


def next_channel(person: Person, tried: Collection[str], closed: Collection[str]) -> str | None:
    """The first channel in the person's own order that is not tried, not closed, and has what it needs."""
    for channel in person.channels:
        if channel not in tried and channel not in closed and person.address_for(channel):
            return channel
    return None
