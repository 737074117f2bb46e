"""Asks the service that owns a message's subject whether it is still true, and for whom it is. Nothing is stored."""

from __future__ import annotations

from typing import Any, Protocol

from marshmallow import ValidationError

from chassis.broker.rpc_client import RpcUnavailable
from common.phones import takes_sms
from contracts.message_context import answer
from services.notifications.model.routing import Context, Person
from services.notifications.model.rows import MessageRow

__all__ = ["RpcClients", "RpcUnavailable", "Unreadable", "ask"]

NOTHING = Context(False, None, {})


class RpcClients(Protocol):
    """The services that own what messages are about."""

    def call(self, service: str, method: str, *args: Any) -> Any:
        """The service's answer. Raises RpcUnavailable."""


class Unreadable(Exception):
    """The owner's answer breaks the contract; the error names the field and quotes no value."""


def ask(owners: RpcClients, row: MessageRow, phone: str | None) -> Context:
    """The owner's answer about this message. `phone` is the number to give where the owner knows none.

    Raises RpcUnavailable or Unreadable.
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
    person = _person(context["person"]) if context["person"] else None
    return Context(True, person, _facts(context, person, phone) | _ending(context, row))


def _facts(context: dict[str, Any], person: Person | None, phone: str | None) -> dict[str, Any]:
    facts = dict(context["facts"])
    point = facts.pop("digipunt")
    due = context["dueOn"] or facts.get("dueOn")
    return facts | {
        "digipunt": point["name"],
        "address": point["address"],
        "opening": point["opening"],
        "phone": point["phone"] or phone,
        "dueOn": due,
        "name": person.name if person else "",
        "via": person.via if person else None,
    }


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
