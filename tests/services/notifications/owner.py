"""A service that says loans' events and answers, as loans does, whom a message is for; a test says what it knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

from chassis.runtime.rpc import rpc
from chassis.service import Service
from contracts.events import event_type
from contracts.message_context import answer, nothing_to_tell

TIENEN = "24107"
POINT = str(uuid4())


class LoansOwner(Service):
    """Knows the contexts in `known`, by the id of the loan."""

    name = "loans"
    migrations = Path(__file__).parents[2] / "backends" / "migrations" / "owner"
    known: ClassVar[dict[str, dict[str, Any]]] = {}
    broken: ClassVar[list[str]] = []
    asked: ClassVar[list[tuple[str, str]]] = []

    @rpc
    def message_context(self, kind: str, about: str) -> dict[str, Any]:
        self.asked.append((kind, about))
        if self.broken:
            raise RuntimeError("a defect of the owner")
        return self.known.get(about) or nothing_to_tell("notFound")


def borrower(**more: Any) -> dict[str, Any]:
    """Somebody with an e-mail address."""
    ways = {"channels": ["email"], "email": f"{uuid4().hex[:8]}@example.be", "phone": None, "address": None}
    return {"id": str(uuid4()), "name": "Jan Peeters", "language": "nl", "via": None} | ways | more


def context(person: dict[str, Any], due: date, device: str = "laptop 12", **facts: Any) -> dict[str, Any]:
    """What loans knows of a loan of this person."""
    point = {"id": POINT, "name": "BOM", "address": "Grote Markt 1, 3300 Tienen", "phone": "016 80 56 62"}
    about = {
        "device": device,
        "deviceKind": "laptop",
        "digipunt": point | {"opening": None},
        "overdueDays": 0,
    }
    true = {"true": True, "reason": None, "dueOn": due.isoformat(), "person": person}
    return answer(true | {"facts": about | {"dueOn": due.isoformat()} | facts})


def loan(id: str, person: str, due: date, state: str = "handedOver") -> dict[str, Any]:
    """A loan as it stands in an event."""
    return {
        "id": id,
        "borrower": person,
        "devices": [str(uuid4())],
        "deviceKinds": ["laptop"],
        "digipunt": POINT,
        "municipality": TIENEN,
        "handedOverOn": "2026-11-02",
        "dueOn": due.isoformat(),
        "state": state,
    }


def typed(what: str, resource: str = "loans") -> str:
    return event_type("loans", resource, what)
