"""The rights of a person, the same in every service that keeps something of people: hand over what is kept, and erase it.

The owner of a person erases and says so in its trail and by an event; the services that keep something beside it follow, each
when it can, and their trails say so too. What a service answers here is therefore what it has done, also when it was away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NotRequired, TypedDict

import sqlalchemy as sa
from marshmallow import Schema, fields, validate

from chassis.errors import NotFound
from chassis.http import COORDINATOR, Request, http
from chassis.http.trail import note, who
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.runtime.application import Application
from chassis.storage.tables import trail
from chassis.storage.trail import Entry, Who
from common.access import Caller

REASONS = ("asked", "notNeeded", "mistake")


class Kept(TypedDict):
    """One thing that is kept of a person: which, of which municipality, and all of it as the API shows it."""

    kind: str
    municipality: str | None
    data: Mapping[str, Any]
    files: NotRequired[list[dict[str, str]]]


class Why(Schema):
    """Why it is done; the trail keeps it."""

    reason = fields.String(
        load_default="asked",
        validate=validate.OneOf(REASONS),
        metadata={
            "description": "They asked for it, it is not needed any more, or it was entered by mistake."
        },
    )


class KeptAnswer(Schema):
    """One thing that is kept of a person."""

    kind = fields.String(
        required=True, metadata={"description": "Which, such as `borrower`, `loan` or `message`."}
    )
    municipality = fields.String()
    data = fields.Dict(required=True, metadata={"description": "All of it, as its own route shows it."})
    files = fields.List(
        fields.Dict(),
        metadata={"description": "Documents, each with `name`, `type` and `base64`."},
    )


class PersonAnswer(Schema):
    """All that a service keeps of a person."""

    person = fields.String(required=True)
    service = fields.String(required=True)
    kept = fields.List(fields.Nested(KeptAnswer), required=True)


class Step(Schema):
    """What was erased, and when."""

    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True)
    count = fields.Integer(required=True)
    reason = fields.String()


class ErasureAnswer(Schema):
    """What a service erased of a person, without anything that tells who it was."""

    person = fields.String(required=True)
    service = fields.String(required=True)
    steps = fields.List(fields.Nested(Step), required=True)
    waitsFor = fields.List(
        fields.String(),
        metadata={"description": "The services that hear of it from this one, and answer for themselves."},
    )
    staysElsewhere = fields.Boolean(
        metadata={
            "description": "Here and true when the person is still kept for another municipality, which erases for itself."
        }
    )


class PersonRoutes:
    """Mixed into a service that keeps something of people."""

    name: str
    app: Application

    def kept_of(self, connection: sa.Connection, caller: Caller, id: str) -> Iterable[Kept]:
        """What is kept of the person in the caller's municipalities."""
        raise NotImplementedError

    def told_of(self, kinds: set[str]) -> list[str]:
        """The services that follow when things of these kinds are erased here."""
        return []

    def stays_elsewhere(self, connection: sa.Connection, id: str) -> bool:
        """Whether a person who was erased for one municipality is still kept for another."""
        return False

    @http(
        "POST",
        "/v1/persons/{id}/export",
        roles=COORDINATOR,
        body=Why,
        response=PersonAnswer,
        unit=None,
        summary="All that this service keeps of a person",
    )
    def export_person(self, request: Request) -> dict[str, Any]:
        """For the person who asks for it. 404 when there is nothing. The trail says that it was handed over."""
        id = request.params["id"]
        with self.app.database.read() as connection:
            kept = list(self.kept_of(connection, request.caller, id))
        if not kept:
            raise NotFound("person", id)
        with self.app.unit_of_work(trace=request.trace) as uow:
            entries = [
                Entry("exported", kind, id, municipality, request.data["reason"], count)
                for (kind, municipality), count in _counted(kept).items()
            ]
            note(uow, request.caller, *entries)
        return {"person": id, "service": self.name, "kept": kept}

    @http(
        "GET",
        "/v1/persons/{id}/erasure",
        roles=COORDINATOR,
        response=ErasureAnswer,
        summary="What this service erased of a person, and when",
    )
    def get_erasure(self, connection: sa.Connection, request: Request) -> dict[str, Any]:
        return self._erasure(connection, request)

    def _erasure(self, connection: sa.Connection, request: Request) -> dict[str, Any]:
        id = request.params["id"]
        statement = (
            sa.select(trail.c.at, trail.c.kind, trail.c.count, trail.c.reason)
            .where(
                trail.c.person == id,
                trail.c.what == "erased",
                trail.c.municipality.in_(request.caller.municipalities),
            )
            .order_by(trail.c.seq)
        )
        steps = [
            {name: value for name, value in row.items() if value is not None}
            for row in connection.execute(statement).mappings()
        ]
        if not steps:
            raise NotFound("person", id)
        told = self.told_of({step["kind"] for step in steps})
        answer = {"person": id, "service": self.name, "steps": steps, "waitsFor": told}
        # That there is another is said, as the answer has to be true; not which, as that is not the caller's to know.
        return answer | ({"staysElsewhere": True} if self.stays_elsewhere(connection, id) else {})


class ErasePersonRoutes(PersonRoutes):
    """Mixed into a service that owns people."""

    def erase_person(self, uow: UnitOfWork, caller: Caller, by: Who, id: str, reason: str) -> None:
        """Erase the person, and tell the trail. Raises NotFound for one who is not kept here."""
        raise NotImplementedError

    @http(
        "POST",
        "/v1/persons/{id}/erase",
        roles=COORDINATOR,
        body=Why,
        response=ErasureAnswer,
        summary="Erase a person, here and in every service that knows them",
    )
    def erase(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
        """What was counted stays counted. Again, it changes nothing, and tells what was done."""
        id = request.params["id"]
        try:
            self.erase_person(uow, request.caller, who(request.caller), id, request.data["reason"])
        except NotFound:
            # Of some nothing is left that could be found again, but what was done.
            return self._erasure(uow.connection, request)
        return self._erasure(uow.connection, request)


def _counted(kept: Sequence[Kept]) -> dict[tuple[str, str | None], int]:
    counts: dict[tuple[str, str | None], int] = {}
    for each in kept:
        key = each["kind"], each["municipality"]
        counts[key] = counts.get(key, 0) + 1
    return counts
