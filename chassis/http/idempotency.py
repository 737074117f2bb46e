"""A `POST` sent twice under one `Idempotency-Key` takes effect once and gets the same response twice.

The key is claimed, and the response stored, in the transaction that does the work: a crash rolls back both, and of
two requests at once the second waits for the first and then repeats its response.

A key belongs to the laptop that sends it, whoever signed in there, or else to the subject of the token. A stored response
goes to who has the same rights as the first sender; anybody else is asked for access first, by doing the work and taking
it back.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput, Issue, StaleVersion
from chassis.http.auth import Actor
from chassis.http.problems import TooLarge
from chassis.http.request import Request
from chassis.http.responses import Response, payload
from chassis.storage.database import upsert
from chassis.storage.tables import JsonText, UTCDateTime, metadata

if TYPE_CHECKING:
    from chassis.outbox.unit_of_work import UnitOfWork

KEY = re.compile(r"[\x21-\x7e]{1,255}")
MOST_KEPT = 1024 * 1024
"""Bytes of a response that is stored: as many as a request may have."""

keys = sa.Table(
    "idempotency_keys",
    metadata,
    sa.Column("scope", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("request_hash", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("headers", JsonText, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("rights", sa.Text),
)


def once(uow: UnitOfWork, request: Request, run: Callable[[], Response]) -> Response:
    """The response of `run`, or the stored one when this caller sent the key before.

    Raises Conflict when the key came with another request, InvalidInput when it is not a usable key, TooLarge when the
    response is too large to be stored, and what `run` raises when a stored response is not for this caller.
    """
    key = request.headers["idempotency-key"]
    if not KEY.fullmatch(key):
        raise InvalidInput([Issue("idempotencyKeyUnusable", "Idempotency-Key", where="header")])
    scope, rights = _scope(request), _rights(request.actor)
    digest = hashlib.sha256(request.raw_query.encode() + b"\n" + request.body).hexdigest()
    this = sa.and_(keys.c.scope == scope, keys.c.key == key)
    claim = upsert(uow.dialect, keys).on_conflict_do_nothing(index_elements=[keys.c.scope, keys.c.key])
    values = {
        "scope": scope,
        "key": key,
        "request_hash": digest,
        "status": 0,
        "headers": {},
        "body": "",
        "created_at": uow.clock.now(),
        "rights": rights,
    }
    if uow.connection.execute(claim, values).rowcount == 0:
        stored = uow.connection.execute(sa.select(keys).where(this)).one()
        if stored.rights != rights:
            _require_access(uow, run)
        if stored.request_hash != digest:
            raise Conflict("idempotencyKeyReused")
        return Response(stored.body, stored.status, {**stored.headers, "Idempotency-Replayed": "true"})
    response = run()
    body = payload(response)
    if len(body) > MOST_KEPT:
        raise TooLarge("answerTooLargeToKeep")
    outcome = {"status": response.status, "headers": response.headers, "body": body.decode()}
    uow.connection.execute(sa.update(keys).where(this).values(outcome))
    return response


def _scope(request: Request) -> str:
    actor = request.actor
    sender = "" if actor is None else f"laptop {actor.laptop}" if actor.laptop else actor.subject
    return f"{sender} {request.method} {request.path}"


def _rights(actor: Actor | None) -> str:
    """All that decides what a caller may see."""
    claims = (actor.roles, actor.municipalities, actor.digipunts) if actor else ()
    return hashlib.sha256(json.dumps([sorted(claim) for claim in claims]).encode()).hexdigest()


def _require_access(uow: UnitOfWork, run: Callable[[], Response]) -> None:
    """Raise what `run` raises, unless it is only that the work was done already; leaves nothing behind."""
    with suppress(Conflict, StaleVersion), uow.trial():
        run()


def forget(connection: sa.Connection, before: datetime) -> int:
    """Delete the keys made before this moment; returns how many there were."""
    return connection.execute(sa.delete(keys).where(keys.c.created_at < before)).rowcount
