"""A `POST` sent twice under one `Idempotency-Key` takes effect once and gets the same response twice.

The key is claimed, and the response stored, in the transaction that does the work: a crash rolls back both, and of
two requests at once the second waits for the first and then repeats its response.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput, Issue
from chassis.http.request import Request
from chassis.http.responses import Response, payload
from chassis.storage.database import upsert
from chassis.storage.tables import JsonText, UTCDateTime, metadata

if TYPE_CHECKING:
    from chassis.outbox.unit_of_work import UnitOfWork

KEY = re.compile(r"[\x21-\x7e]{1,255}")

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
)


def once(uow: UnitOfWork, request: Request, run: Callable[[], Response]) -> Response:
    """The response of `run`, or the stored one when this caller sent the key before.

    Raises Conflict when the key came with another request, InvalidInput when it is not a usable key.
    """
    key = request.headers["idempotency-key"]
    if not KEY.fullmatch(key):
        raise InvalidInput([Issue("idempotencyKeyUnusable", "Idempotency-Key", where="header")])
    scope = f"{request.actor.subject if request.actor else ''} {request.method} {request.path}"
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
    }
    if uow.connection.execute(claim, values).rowcount == 0:
        stored = uow.connection.execute(sa.select(keys).where(this)).one()
        if stored.request_hash != digest:
            raise Conflict("idempotencyKeyReused")
        return Response(stored.body, stored.status, {**stored.headers, "Idempotency-Replayed": "true"})
    response = run()
    text = payload(response).decode()
    outcome = {"status": response.status, "headers": response.headers, "body": text}
    uow.connection.execute(sa.update(keys).where(this).values(outcome))
    return response


def forget(connection: sa.Connection, before: datetime) -> int:
    """Delete the keys made before this moment; returns how many there were."""
    return connection.execute(sa.delete(keys).where(keys.c.created_at < before)).rowcount
