"""A borrower: a person, or an organisation for which a person collects. Everything that identifies them is encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NotRequired, TypedDict, cast

from chassis.errors import Issue, NotFound
from chassis.fingerprint import drop_empty
from common.field_cipher import Opens
from common.name_words import joined_words, words
from common.reaching import Channel, channel_issues, ways_to
from services.loans.model.rows import Address, BorrowerRow


class Contact(TypedDict):
    """The person who collects for an organisation."""

    name: str
    phone: NotRequired[str]
    email: NotRequired[str]


class Via(Contact):
    """A carer or partner organisation that gets the messages instead."""

    address: NotRequired[Address]


class Personal(TypedDict):
    """The personal fields of a borrower, by their names in the API: everything but ids, places and states."""

    name: str
    language: str
    address: NotRequired[Address]
    phone: NotRequired[str]
    email: NotRequired[str]
    channels: NotRequired[list[Channel]]
    via: NotRequired[Via]
    contact: NotRequired[Contact]


def issues(personal: Personal) -> list[Issue]:
    """Each preferred channel is one that can be used, by the borrower or by whoever gets the messages instead."""
    return channel_issues(personal.get("channels", ()), _reachable(personal))


def channels(personal: Personal) -> list[Channel]:
    """How to reach them, the preferred way first; when none was chosen, each way that is possible."""
    return ways_to(personal.get("channels"), _reachable(personal))


def searchable(personal: Personal) -> Iterator[tuple[str, str]]:
    """(kind, value) of all that a borrower is found by: each word of the names, phone numbers, e-mail addresses."""
    parts: tuple[Personal | Via | Contact | None, ...] = (
        personal,
        personal.get("via"),
        personal.get("contact"),
    )
    for part in filter(None, parts):
        for word in dict.fromkeys(words(part["name"]) + joined_words(part["name"])):
            yield "name", word
        if "phone" in part:
            yield "phone", part["phone"]
        if "email" in part:
            yield "email", part["email"]


def to_recipient(id: str, personal: Personal) -> dict[str, Any]:
    """Whom a message goes to, as `contracts.message_context` has it."""
    via = personal.get("via")
    reachable = _reachable(personal)
    return {
        "id": id,
        "name": personal["name"],
        "language": personal["language"],
        "channels": channels(personal),
        "email": reachable.get("email"),
        "phone": reachable.get("phone"),
        "address": reachable.get("address"),
        "via": via["name"] if via else None,
    }


def to_api(row: BorrowerRow, personal: Personal) -> dict[str, Any]:
    """A borrower as the API shows it to those who may see persons."""
    return drop_empty(
        {
            "id": row["id"],
            "kind": row["kind"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "state": row["state"],
            **personal,
            "version": row["version"],
        }
    )


def personal_part(content: Mapping[str, Any]) -> Personal:
    """The personal fields of what was sent."""
    return cast(
        "Personal",
        {name: content[name] for name in Personal.__annotations__ if content.get(name) not in (None, [])},
    )


def changed(before: Personal, changes: Mapping[str, Any]) -> Personal:
    """Personal fields after a change; null removes one."""
    return personal_part({**before, **changes})


def personal_of(cipher: Opens, row: BorrowerRow) -> Personal:
    """The decrypted personal fields of a borrower. Raises NotFound for one who was erased."""
    if row["sealed"] is None:
        raise NotFound("borrower", row["id"])
    return cast("Personal", _with_postal_codes(cipher.decrypt(row["sealed"])))


def _with_postal_codes(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Personal fields by their names of now: before 0.1.0 an address had a `postcode`."""
    named = dict(stored)
    if address := named.get("address"):
        named["address"] = {
            "postalCode" if name == "postcode" else name: value for name, value in address.items()
        }
    if via := named.get("via"):
        named["via"] = _with_postal_codes(via)
    return named


def _reachable(personal: Personal) -> Personal | Via:
    return personal.get("via") or personal
