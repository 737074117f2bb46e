"""Tokens that were taken back: what they name, and until when a token that names it was made.

Promise: a token that names a revoked token id, subject, laptop or sign-in, and was made before the revocation, is refused by
every replica of this service within `chassis.runtime.revocations.EVERY` seconds after its database has heard of it, and at
once where it was revoked. What is named is kept as a hash: the list says nothing of anybody. A line is kept for as long as
such a token can live.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from chassis.errors import Unauthenticated
from chassis.storage.database import Database, upsert
from chassis.storage.tables import revocations

if TYPE_CHECKING:
    from chassis.http.auth import Actor

Kind = Literal["token", "subject", "laptop", "session"]

LONGEST_LIFE = timedelta(days=367)
"""No token of the local issuer lives longer."""


@dataclass(frozen=True, slots=True)
class Revocation:
    """Tokens that name `key` and were made until `made_until` count no more; nobody needs to know after `expires_at`."""

    key: str
    made_until: datetime
    expires_at: datetime


def revocation(kind: Kind, name: str, life: timedelta = LONGEST_LIFE) -> Revocation:
    """What takes back, now, all tokens that name this; none of them lives longer than `life`.

    A subject may get others later. An id, a laptop and a sign-in get none, so it does not matter what the clock of whoever
    made a token said.
    """
    now = datetime.now(UTC)
    return Revocation(_key(kind, name), now if kind == "subject" else now + life, now + life)


class Revocations:
    """The list of one service, in its database and in memory."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: Mapping[str, datetime] = {}

    def require_current(self, actor: Actor) -> None:
        """Raise Unauthenticated when the caller's token was taken back."""
        if not self._known:
            return
        for key in _keys(actor):
            made_until = self._known.get(key)
            if made_until is not None and actor.made_at <= made_until.timestamp():
                raise Unauthenticated("tokenTakenBack", expired=True)

    def add(self, connection: sa.Connection, dialect: str, new: Iterable[Revocation]) -> None:
        """Keep these in a transaction that is open, and follow them at once."""
        added = {each.key: each.made_until for each in new}
        write(connection, dialect, new)
        self._known = {**self._known, **added}

    def learn(self, told: Iterable[Revocation]) -> None:
        """Keep what another service tells, unless it is here already."""
        with self._database.read() as connection:
            here = {each.key: each.made_until for each in live(connection)}
        new = [
            each for each in told if here.get(each.key, datetime.min.replace(tzinfo=UTC)) < each.made_until
        ]
        if new:
            with self._database.begin() as connection:
                write(connection, self._database.dialect, new)

    def refresh(self) -> None:
        """Read the list again, and forget what is over."""
        now = datetime.now(UTC)
        with self._database.read() as connection:
            rows = connection.execute(sa.select(revocations)).all()
        self._known = {row.key: row.made_until for row in rows}
        if any(row.expires_at <= now for row in rows):
            with self._database.begin() as connection:
                connection.execute(sa.delete(revocations).where(revocations.c.expires_at <= now))


def write(connection: sa.Connection, dialect: str, new: Iterable[Revocation]) -> None:
    """Keep these; of two about the same the later one counts."""
    statement = upsert(dialect, revocations)
    given = statement.excluded
    later = statement.on_conflict_do_update(
        index_elements=[revocations.c.key],
        set_={"made_until": given.made_until, "expires_at": given.expires_at},
        where=revocations.c.made_until < given.made_until,
    )
    for each in new:
        connection.execute(
            later, {"key": each.key, "made_until": each.made_until, "expires_at": each.expires_at}
        )


def live(connection: sa.Connection) -> list[Revocation]:
    """All that still matter."""
    statement = sa.select(revocations).where(revocations.c.expires_at > datetime.now(UTC))
    return [Revocation(row.key, row.made_until, row.expires_at) for row in connection.execute(statement)]


def told(each: Revocation) -> list[Any]:
    """As it travels between services."""
    return [each.key, each.made_until.isoformat(), each.expires_at.isoformat()]


def heard(told: list[Any]) -> Revocation:
    """What another service told. Raises ValueError or TypeError for anything else."""
    key, made_until, expires_at = told
    made, expires = datetime.fromisoformat(made_until), datetime.fromisoformat(expires_at)
    if not isinstance(key, str) or made.tzinfo is None or expires.tzinfo is None:
        raise ValueError("no revocation")
    return Revocation(key, made, expires)


def _keys(actor: Actor) -> Iterable[str]:
    yield _key("subject", actor.subject)
    if actor.token is not None:
        yield _key("token", actor.token)
    if actor.laptop is not None:
        yield _key("laptop", actor.laptop)
    if actor.session is not None:
        yield _key("session", actor.session)


def _key(kind: Kind, name: str) -> str:
    return hashlib.sha256(f"{kind}\0{name}".encode()).hexdigest()
