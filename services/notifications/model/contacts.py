"""A contact: somebody of an info session or a follow-up, kept for no longer than that takes, and encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict, cast

from chassis.errors import Issue
from chassis.fingerprint import drop_empty
from common.phones import takes_sms
from common.reaching import Channel, channel_issues, ways_to
from contracts.message_context import Language
from services.notifications.model.routing import Person
from services.notifications.model.rows import ContactRow


class Address(TypedDict):
    """Where letters go."""

    street: str
    postalCode: str
    town: str


class Personal(TypedDict):
    """The personal fields of a contact, by their names in the API."""

    name: str
    language: Language
    channels: NotRequired[list[Channel]]
    phone: NotRequired[str]
    email: NotRequired[str]
    address: NotRequired[Address]


def personal_part(content: Mapping[str, Any]) -> Personal:
    """The personal fields of what was sent."""
    return cast(
        "Personal",
        {name: content[name] for name in Personal.__annotations__ if content.get(name) not in (None, [])},
    )


def issues(personal: Personal) -> list[Issue]:
    """Each channel is one that can be used."""
    return channel_issues(personal.get("channels", ()), personal)


def to_person(id: str, personal: Personal) -> Person:
    """Whom a message goes to."""
    phone = personal.get("phone")
    return Person(
        id=id,
        name=personal["name"],
        language=personal["language"],
        channels=tuple(ways_to(personal.get("channels"), personal)),
        email=personal.get("email"),
        phone=phone,
        mobile=phone if phone and takes_sms(phone) else None,
        address=cast("Mapping[str, str] | None", personal.get("address")),
        via=None,
    )


def to_api(row: ContactRow, personal: Personal) -> dict[str, Any]:
    """A contact as the API shows it to those who may see persons."""
    return drop_empty(
        {
            "id": row["id"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            **personal,
            "version": row["version"],
        }
    )
