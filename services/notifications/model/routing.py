"""What the owner says of a message, and which way it goes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

LANGUAGES = ("nl", "fr", "en")
CHANNELS = ("sms", "email", "letter", "phoneCall", "inPerson")


class Unreadable(ValueError):
    """The owner's answer breaks the contract (`contracts/message_context.py`)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to tell, with what is needed for that; kept in memory for as long as it takes and no longer."""

    id: str
    name: str
    language: str
    channels: tuple[str, ...]
    email: str | None
    phone: str | None
    address: Mapping[str, str] | None
    via: str | None

    def address_for(self, channel: str) -> object:
        """What that channel needs to reach this person; None when it is not known."""
        if channel in ("sms", "phoneCall"):
            return self.phone
        if channel == "inPerson":
            return self.id
        return self.email if channel == "email" else self.address


@dataclass(frozen=True, slots=True)
class Context:
    """Whether a message is still true, whom it is for (nobody we could reach: staff), and what it is about."""

    true: bool
    person: Person | None
    facts: Mapping[str, Any]


def context_of(answer: Any, phone: str | None) -> Context:
    """The owner's answer. `phone` is the number to give where the digipunt has none. Raises Unreadable."""
    try:
        if not answer["true"]:
            return Context(False, None, {})
        facts = dict(answer["facts"])
        point = facts.pop("digipunt", None) or {}
        facts |= {
            "digipunt": point.get("name") or "Digipunt",
            "address": point.get("address"),
            "opening": point.get("opening"),
            "phone": point.get("phone") or phone,
        }
        if answer.get("dueOn"):
            facts["dueOn"] = answer["dueOn"]
        person = _person(answer["person"]) if answer.get("person") else None
        facts |= {"name": person.name if person else "", "via": person.via if person else None}
        return Context(True, person, facts)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Unreadable(f"the owner's answer has no usable {error}") from None


def next_channel(person: Person, tried: Collection[str], closed: Collection[str]) -> str | None:
    """The first channel in the person's own order that is not tried, not closed, and has what it needs."""
    for channel in person.channels:
        if channel not in tried and channel not in closed and person.address_for(channel):
            return channel
    return None


def _person(said: Mapping[str, Any]) -> Person:
    language = said.get("language")
    return Person(
        id=str(said["id"]),
        name=str(said["name"]),
        language=language if language in LANGUAGES else "nl",
        channels=tuple(each for each in said["channels"] if each in CHANNELS),
        email=said.get("email"),
        phone=said.get("phone"),
        address=said.get("address"),
        via=said.get("via"),
    )
