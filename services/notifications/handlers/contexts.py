"""Asks the service that owns a message's subject whether it is still true, and for whom it is. Nothing is stored.

Whom a message of visits or of reporting is for, only we know: a contact or a reader of ours."""

from __future__ import annotations

from typing import Any, Protocol

from marshmallow import ValidationError

from chassis.broker.rpc_client import RpcUnavailable
from chassis.errors import Unavailable
from common.municipalities import municipality_name
from common.phones import takes_sms
from contracts.message_context import Language, answer
from services.notifications.handlers.address_book import AddressBook, NotThere
from services.notifications.model.kinds import KEPT_HERE
from services.notifications.model.routing import Context, Person
from services.notifications.model.rows import MessageRow

__all__ = ["NotThere", "RpcClients", "RpcUnavailable", "Unreadable", "ask"]

NOTHING = Context(False, None, {})


OPTIONAL = ("location", "note", "references")
"""Facts that an owner leaves out when there are none."""


class RpcClients(Protocol):
    """The services that own what messages are about."""

    def call(self, service: str, method: str, *args: Any) -> Any:
        """The service's answer. Raises RpcUnavailable."""


class Unreadable(Exception):
    """The owner's answer breaks the contract; the error names the field and quotes no value."""


def ask(owners: RpcClients, people: AddressBook, row: MessageRow, phone: str | None) -> Context:
    """The owner's answer about this message. `phone` is the number to give where the owner knows none.

    Raises RpcUnavailable, Unreadable, or NotThere when it is for a contact that has not come yet.
    """
    context = owners.call(row["source"], "message_context", row["kind"], row["about"])
    try:
        answer(context)
    except (ValidationError, TypeError, AttributeError) as error:
        fields = (
            ", ".join(error.messages_dict) if isinstance(error, ValidationError) else type(error).__name__
        )
        raise Unreadable(f"{row['source']} answered message_context wrongly: {fields}") from None
    if not context["true"] or context["facts"] is None:
        return NOTHING
    if row["source"] in KEPT_HERE and row["person"]:
        person = _addressee(people, row, row["person"])
        if person is None:
            return NOTHING
    else:
        person = _person(context["person"]) if context["person"] else None
    return Context(True, person, _facts(context, row, person, phone) | _ending(context, row))


def _addressee(people: AddressBook, row: MessageRow, id: str) -> Person | None:
    try:
        return people.addressee(row, id)
    except Unavailable as error:
        raise Unreadable(f"the person cannot be read: {error}") from None


def _facts(
    context: dict[str, Any], row: MessageRow, person: Person | None, phone: str | None
) -> dict[str, Any]:
    language = person.language if person else "nl"
    facts = dict(context["facts"]) | context.get("words", {}).get(language, {})
    point = facts.pop("digipunt") or _municipality(row, language)
    due = context["dueOn"] or facts.get("dueOn")
    return {
        **dict.fromkeys(OPTIONAL),
        **facts,
        "digipunt": point["name"],
        "address": point["address"],
        "opening": point["opening"],
        "phone": point["phone"] or phone,
        "dueOn": due,
        "name": person.name if person else "",
        "via": person.via if person else None,
    }


def _municipality(row: MessageRow, language: Language) -> dict[str, Any]:
    """Who tells where no digipunt does."""
    name = f"Digipunt {municipality_name(row['municipality'] or '', language)}"
    return {"name": name, "address": None, "phone": None, "opening": None}


def _ending(context: dict[str, Any], row: MessageRow) -> dict[str, Any]:
    """The last day of a digipunt that stops, and until when to bring the device back: no day that has passed."""
    if row["kind"] != "serviceEnding":
        return {}
    facts = context["facts"]
    closes, due = row["closes_on"], context["dueOn"] or facts.get("dueOn")
    days = sorted(each for each in (closes and closes.isoformat(), due) if each)
    ahead = days and not facts.get("overdueDays")
    return {"closesOn": closes.isoformat() if closes else None, "lastDay": days[0] if ahead else None}


def _person(given: dict[str, Any]) -> Person:
    return Person(
        id=given["id"],
        name=given["name"],
        language=given["language"],
        channels=tuple(given["channels"]),
        email=given["email"],
        phone=given["phone"],
        mobile=given["phone"] if given["phone"] and takes_sms(given["phone"]) else None,
        address=given["address"],
        via=given["via"],
    )
