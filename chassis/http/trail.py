"""Who looked: the trail of a service, written by its routes and read by the coordinator.

What is seen again by the same person within the hour, as by a screen that asks every minute, is one entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog
from marshmallow import Schema, fields, validate

from chassis.http.auth import Actor
from chassis.http.entrypoint import http
from chassis.http.fields import Moment, uuid
from chassis.http.paging import page_of, window
from chassis.http.request import Request
from chassis.http.roles import COORDINATOR
from chassis.runtime.timer import every
from chassis.storage.queries import page
from chassis.storage.tables import trail
from chassis.storage.trail import Entry, Who, check, link_new, record, record_once

if TYPE_CHECKING:
    from chassis.outbox.unit_of_work import UnitOfWork
    from chassis.runtime.application import Application

log = structlog.get_logger(__name__)

LINKING_EVERY = 5.0
"""Seconds within which a new entry has its place in the chain."""

REMEMBERED = 20_000
"""Of what was just seen, how much this process need not ask the database about."""

WHATS = ("saw", "added", "changed", "exported", "erased", "aged")


class TrailQuery(Schema):
    """Which entries."""

    person = uuid("Only what was done with the data of this person.", required=False)
    what = fields.String(
        validate=validate.OneOf(WHATS), metadata={"description": "Only what was done in this way."}
    )
    since = Moment(data_key="from", metadata={"description": "Only from this moment on."})
    until = Moment(data_key="to", metadata={"description": "Only before this moment."})


class TrailEntry(Schema):
    """What somebody did with personal data. It holds ids and codes, and no name."""

    at = fields.AwareDateTime(required=True)
    who = fields.String(required=True, metadata={"description": "The subject of the token."})
    role = fields.String()
    helper = fields.String(metadata={"description": "The code of the helper who was signed in."})
    laptop = fields.String(metadata={"description": "The id of the laptop."})
    what = fields.String(required=True, validate=validate.OneOf(WHATS))
    kind = fields.String(required=True, metadata={"description": "Which data, such as `borrower`."})
    person = fields.String(metadata={"description": "The id of whom it was about."})
    municipality = fields.String()
    reason = fields.String(metadata={"description": "Why, where that is asked."})
    count = fields.Integer(required=True, metadata={"description": "How many of this kind."})
    number = fields.Integer(metadata={"description": "Its place in the chain; none for a few seconds."})


class TrailCheck(Schema):
    """Whether the chain is as it was made."""

    whole = fields.Boolean(required=True)
    first = fields.Integer(required=True, metadata={"description": "The number that the chain begins with."})
    last = fields.Integer(required=True, metadata={"description": "Its last number."})
    link = fields.String(
        required=True,
        metadata={
            "description": "The link of the last one: who wrote it down sees later that nothing before was changed."
        },
    )
    broken = fields.Integer(metadata={"description": "The first number that is not as it was."})
    waiting = fields.Integer(required=True, metadata={"description": "New entries without a number."})


class TrailRoutes:
    """Mixed into every service class: who saw and changed personal data in this service."""

    name: str
    app: Application

    @every(LINKING_EVERY)
    def link_trail(self) -> None:
        while link_new(self.app.database):
            pass

    @http(
        "GET",
        "/v1/trail",
        roles=COORDINATOR,
        query=TrailQuery,
        response=TrailEntry,
        paged=True,
        unit=None,
        summary="Who saw, changed, exported or erased personal data, the latest first",
    )
    def list_trail(self, request: Request) -> dict[str, Any]:
        """Of own municipalities. Names are not in it: look a person up by the id while they are there."""
        asked = request.args
        conditions = [trail.c.municipality.in_(request.caller.municipalities)]
        conditions += [trail.c[name] == asked[name] for name in ("person", "what") if name in asked]
        conditions += [trail.c.at >= asked["since"]] if "since" in asked else []
        conditions += [trail.c.at < asked["until"]] if "until" in asked else []
        statement = sa.select(trail).where(*conditions).order_by(trail.c.seq.desc())
        with self.app.database.read() as connection:
            rows, total = page(connection, statement, window(request))
        return page_of(request, [_shown(row) for row in rows], total)

    @http(
        "GET",
        "/v1/trail/check",
        roles=COORDINATOR,
        response=TrailCheck,
        unit=None,
        summary="Whether nobody has changed the trail",
    )
    def check_trail(self, request: Request) -> dict[str, Any]:
        """It follows the whole chain. The trail of a service is one chain, whatever the municipality."""
        with self.app.database.read() as connection:
            found = check(connection)
        if found.broken is not None:
            log.error("trail.broken", service=self.name, number=found.broken)
        shown = {
            "whole": found.broken is None,
            "first": found.first,
            "last": found.last,
            "link": found.link,
            "waiting": found.unlinked,
        }
        return shown if found.broken is None else shown | {"broken": found.broken}


def who(actor: Actor) -> Who:
    """The caller as the trail names them."""
    return Who(actor.subject, ",".join(sorted(actor.roles)) or None, actor.helper, actor.laptop)


def note(uow: UnitOfWork, actor: Actor, *entries: Entry) -> None:
    """Tell in the trail what this unit of work does."""
    record(uow.connection, uow.clock.now(), who(actor), entries)


def note_seen(app: Application, actor: Actor, kind: str, people: Iterable[tuple[str, str | None]]) -> None:
    """Tell in the trail whose data goes to the caller: (id, municipality) of each. Once an hour for the same."""
    now, name = app.clock.now(), who(actor)
    hour = now.strftime("%Y-%m-%dT%H")
    entries = {
        _key(name, kind, id, hour): Entry("saw", kind, id, municipality)
        for id, municipality in dict(people).items()
    }
    seen = app.seen
    new = {key: entry for key, entry in entries.items() if key not in seen}
    record_once(app.database, now, name, new)
    seen.update(dict.fromkeys(new))
    while len(seen) > REMEMBERED:
        seen.popitem(last=False)


def _key(name: Who, kind: str, id: str, hour: str) -> str:
    text = "\0".join([*(value or "" for value in asdict(name).values()), kind, id, hour])
    return hashlib.sha256(text.encode()).hexdigest()


def _shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in TrailEntry().fields if row[name] is not None}
