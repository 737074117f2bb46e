"""A borrower: a person, or an organisation for which a person collects. All that tells who it is, is kept encrypted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chassis.errors import Issue
from chassis.fingerprint import drop_empty
from common.field_cipher import FieldCipher, words
from services.loans.model.rows import BorrowerRow

PERSONAL = ("name", "language", "address", "phone", "email", "channels", "via", "contact")
"""What is encrypted: everything but ids, places and states."""

REACHED_BY = {"sms": "phone", "phoneCall": "phone", "email": "email", "letter": "address"}

Personal = Mapping[str, Any]


def issues(personal: Personal) -> list[Issue]:
    """Each preferred channel is one that can be used: a text message needs a phone number, a letter an address."""
    reachable = personal.get("via") or personal
    return [
        Issue(
            f"For this channel the field “{needed}” is needed.",
            f"channels[{i}]",
            value=channel,
            type="invalidInput",
        )
        for i, channel in enumerate(personal.get("channels", ()))
        if (needed := REACHED_BY.get(channel)) and not reachable.get(needed)
    ]


def channels(personal: Personal) -> list[str]:
    """How to reach them, the preferred way first; when none was chosen, each way that is there."""
    if personal.get("channels"):
        return list(personal["channels"])
    reachable = personal.get("via") or personal
    there = [
        channel for channel in ("sms", "email", "letter", "phoneCall") if reachable.get(REACHED_BY[channel])
    ]
    return there or ["inPerson"]


def searchable(personal: Personal) -> Iterator[tuple[str, str]]:
    """(kind, value) of all that a borrower is found by: each word of the names, phone numbers, e-mail addresses."""
    for part in (personal, personal.get("via") or {}, personal.get("contact") or {}):
        for word in words(part.get("name", "")):
            yield "name", word
        for kind in ("phone", "email"):
            if part.get(kind):
                yield kind, part[kind]


def to_tell(id: str, personal: Personal) -> dict[str, Any]:
    """Whom a message goes to, as `contracts.message_context` has it."""
    via = personal.get("via")
    reachable: Personal = via or personal
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


def personal_of(cipher: FieldCipher, row: BorrowerRow) -> dict[str, Any]:
    """Who a borrower is that was not erased."""
    assert row["sealed"] is not None, "only erasing takes it away"
    return with_postal_codes(cipher.decrypt(row["sealed"]))


def with_postal_codes(personal: Personal) -> dict[str, Any]:
    """Personal fields as they were kept before 0.1.0, when an address said `postcode`, as they are called now."""
    named = dict(personal)
    if address := named.get("address"):
        named["address"] = {
            "postalCode" if name == "postcode" else name: value for name, value in address.items()
        }
    if via := named.get("via"):
        named["via"] = with_postal_codes(via)
    return named


def personal_part(content: Mapping[str, Any]) -> dict[str, Any]:
    """The personal fields of what was sent."""
    return {name: content[name] for name in PERSONAL if content.get(name) not in (None, [])}


def changed(before: Personal, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Personal fields after a change; null takes one away."""
    return personal_part({**before, **changes})
