"""A contact: somebody of an info session or a follow-up, kept for no longer than that takes, and encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, NotRequired, TypedDict, cast

from chassis.errors import Issue
from chassis.fingerprint import drop_empty
from common.phones import takes_sms
from contracts.message_context import Language
from services.notifications.model.routing import Person
from services.notifications.model.rows import ContactRow
from services.notifications.model.states import ChannelName


class Address(TypedDict):
    """Where letters go."""

    street: str
    postalCode: str
    town: str


class Personal(TypedDict):
    """The personal fields of a contact, by their names in the API."""

    name: str
    language: Language
    channels: NotRequired[list[ChannelName]]
    phone: NotRequired[str]
    email: NotRequired[str]
    address: NotRequired[Address]


REACHED_BY: dict[ChannelName, Literal["phone", "email", "address"]] = {
    "sms": "phone",
    "phoneCall": "phone",
    "email": "email",
    "letter": "address",
}
"""The field that each channel needs. In person needs none."""

_MISSING: dict[Literal["phone", "email", "address"], str] = {
    "phone": "channelNeedsPhone",
    "email": "channelNeedsEmail",
    "address": "channelNeedsAddress",
}

BY_DEFAULT: tuple[ChannelName, ...] = ("sms", "email", "letter", "phoneCall")
"""In which order somebody is reached who did not say how."""


def personal_part(content: Mapping[str, Any]) -> Personal:
    """The personal fields of what was sent."""
    return cast(
        "Personal",
        {name: content[name] for name in Personal.__annotations__ if content.get(name) not in (None, [])},
    )


def issues(personal: Personal) -> list[Issue]:
    """Each channel is one that can be used: a text message needs a phone number, a letter an address."""
    return [
        Issue(
            _MISSING[needed],
            f"channels[{i}]",
            value=channel,
            type="invalidInput",
        )
        for i, channel in enumerate(personal.get("channels", ()))
        if (needed := REACHED_BY.get(channel)) and not personal.get(needed)
    ]


def channels(personal: Personal) -> tuple[ChannelName, ...]:
    """How to reach them, the preferred way first; when none was chosen, each way that is possible."""
    if chosen := personal.get("channels"):
        return tuple(chosen)
    possible = tuple(channel for channel in BY_DEFAULT if personal.get(REACHED_BY[channel]))
    return possible or ("inPerson",)


def to_person(id: str, personal: Personal) -> Person:
    """Whom a message goes to."""
    phone = personal.get("phone")
    return Person(
        id=id,
        name=personal["name"],
        language=personal["language"],
        channels=channels(personal),
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


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last day of it when that month is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - date.resolution).day))
