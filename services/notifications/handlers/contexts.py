"""Asks the owner of what a message is about whether it is still true, and whom to tell. Nothing of the answer is kept."""

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
    """The services that know whom a message is for."""

    def call(self, service: str, method: str, *args: Any) -> Any:
        """Raises RpcUnavailable."""


class Unreadable(Exception):
    """The owner's answer breaks the contract; the text names the field, and quotes nothing."""


def ask(owners: RpcClients, row: MessageRow, phone: str | None) -> Context:
    """What the owner says of this message. `phone` is the number to give where the digipunt has none of its own.

    Raises RpcUnavailable or Unreadable.
    """
    said = owners.call(row["source"], "message_context", row["kind"], row["about"])
    try:
        answer(said)
    except (ValidationError, TypeError, AttributeError) as error:
        fields = (
            ", ".join(error.messages_dict) if isinstance(error, ValidationError) else type(error).__name__
        )
        raise Unreadable(f"{row['source']} answered message_context wrongly: {fields}") from None
    if not said["true"] or said["facts"] is None:
        return NOTHING
    person = _person(said["person"]) if said["person"] else None
    return Context(True, person, _facts(said, person, phone))


def _facts(said: dict[str, Any], person: Person | None, phone: str | None) -> dict[str, Any]:
    facts = dict(said["facts"])
    point = facts.pop("digipunt")
    due = said["dueOn"] or facts.get("dueOn")
    return facts | {
        "digipunt": point["name"],
        "address": point["address"],
        "opening": point["opening"],
        "phone": point["phone"] or phone,
        "dueOn": due,
        "name": person.name if person else "",
        "via": person.via if person else None,
    }


def _person(said: dict[str, Any]) -> Person:
    return Person(
        id=said["id"],
        name=said["name"],
        language=said["language"],
        channels=tuple(said["channels"]),
        email=said["email"],
        phone=said["phone"],
        mobile=said["phone"] if said["phone"] and takes_sms(said["phone"]) else None,
        address=said["address"],
        via=said["via"],
    )
