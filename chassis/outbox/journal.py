"""The owner's journal: the truth that the broker only carries.

Events are appended by the unit of work, in the transaction that changes the state. The relay stamps them: under a lock on
the one head row each visible row gets the next *position*, so positions have no hole and follow the order in which commits
became visible, and the id of the event before it, so the journal is a chain (docs/adr/0024). Rows are kept for ever: they are
the audit trail and the source of every rebuild.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import sqlalchemy as sa

from chassis.storage.database import Database
from chassis.storage.tables import Id, journal, journal_head
from contracts.envelope import compose
from contracts.events import source_of

PAGE = 2000
"""Events in one page of catch-up, at most."""

LEASE = 5.0
"""Seconds after which another relay takes over from one that went silent."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal stands: its epoch, its last position with the id there, and up to where the broker has confirmed it."""

    epoch: str
    position: int
    published: int
    id: str | None = None


class Entry(NamedTuple):
    """One stamped event, encoded as it travels."""

    id: str
    position: int
    type: str
    body: str


class Journal:
    """The journal in one service's database."""

    def __init__(self, database: Database, *, service: str, deployment: str) -> None:
        self.database = database
        self.source = source_of(deployment, service)
        self.deployment = deployment
        self._stamp = _stamp_statement()
        self._travelling = _travelling(database.dialect)

    def head(self) -> Head:
        """Where the journal stands now; rows not yet stamped do not count."""
        with self.database.read() as connection:
            head = self._head(connection)
            return replace(head, id=_id_at(connection, head.position))

    def page(self, after: int, limit: int = PAGE) -> tuple[Head, list[Entry]]:
        """Up to `limit` stamped events with positions above `after`, in order, and the head they belong to."""
        with self.database.read() as connection:
            head = self._head(connection)
            return head, self._entries(connection, head.epoch, after, min(limit, PAGE))

    def claim_and_stamp(self, relay: str, limit: int) -> Head | None:
        """Give up to `limit` new rows their positions, for the relay that holds (or now takes) the lease.

        Two relays do no harm, but publish everything twice; the lease lets one do the work and the other stand by.
        Returns None when another relay holds it.
        """
        with self.database.begin() as connection:
            now = _database_seconds(self.database.dialect)
            claimed = connection.execute(
                sa.update(journal_head)
                .where(
                    sa.or_(
                        journal_head.c.relay == relay,
                        journal_head.c.relay.is_(None),
                        journal_head.c.relay_until < now,
                        # No lease is that long: it was taken before the database's clock went back.
                        journal_head.c.relay_until > now + LEASE,
                    )
                )
                .values(relay=relay, relay_until=now + LEASE)
            )
            if claimed.rowcount == 0:
                return None
            head = self._head(connection)
            at = {"head": head.position, "last": _id_at(connection, head.position), "page": limit}
            stamped = connection.execute(self._stamp, at).rowcount
            if stamped:
                connection.execute(sa.update(journal_head).values(position=head.position + stamped))
            return Head(head.epoch, head.position + stamped, head.published)

    def unpublished(self, head: Head, limit: int) -> list[Entry]:
        """The next stamped events that the broker has not confirmed."""
        with self.database.read() as connection:
            return self._entries(connection, head.epoch, head.published, limit)

    def mark_published(self, position: int) -> None:
        """The broker has confirmed everything up to `position`."""
        with self.database.begin() as connection:
            connection.execute(
                sa.update(journal_head).where(journal_head.c.published < position).values(published=position)
            )

    def release(self, relay: str) -> None:
        """Give the lease back, so that another relay takes over at once."""
        with self.database.begin() as connection:
            connection.execute(
                sa.update(journal_head)
                .where(journal_head.c.relay == relay)
                .values(relay=None, relay_until=None)
            )

    def waiting(self) -> int:
        """How many events are recorded and not yet confirmed by the broker."""
        with self.database.read() as connection:
            head = self._head(connection)
            unstamped = connection.execute(
                sa.select(sa.func.count()).select_from(journal).where(journal.c.position.is_(None))
            ).scalar_one()
        return int(head.position - head.published + unstamped)

    def has_work(self) -> bool:
        """Whether something is waiting, asked as cheaply as can be."""
        with self.database.read() as connection:
            return bool(connection.execute(_HAS_WORK).scalar_one())

    def _head(self, connection: sa.Connection) -> Head:
        row = connection.execute(
            sa.select(journal_head.c.epoch, journal_head.c.position, journal_head.c.published)
        ).one()
        return Head(row.epoch, row.position, row.published)

    def _entries(self, connection: sa.Connection, epoch: str, after: int, limit: int) -> list[Entry]:
        """Up to `limit` stamped events with positions above `after`, in order.

        A release whose journal was no chain stamps no predecessor, also beside this one; such an event gets that of its place.
        """
        rows = connection.execute(
            self._travelling.where(journal.c.position > after).order_by(journal.c.position).limit(limit)
        ).all()
        before = None
        if rows and rows[0].previous_id is None:
            before = _id_at(connection, rows[0].position - 1)
        entries = []
        # Unpacked, because looking columns up by name takes as long as all the rest.
        for position, id, type, subject, time, municipality, version, traceparent, data, previous_id in rows:
            body = compose(
                id=id,
                type=type,
                source=self.source,
                subject=subject,
                time=time,
                deployment=self.deployment,
                municipality=municipality,
                epoch=epoch,
                position=position,
                previousid=previous_id or before,
                entityversion=version,
                traceparent=traceparent,
                data_json=data,
            )
            entries.append(Entry(id, position, type, body))
            before = id
        return entries


_TRAVELLING = (
    journal.c.position,
    journal.c.id,
    journal.c.type,
    journal.c.subject,
    journal.c.time,
    journal.c.municipality,
    journal.c.entity_version,
    journal.c.traceparent,
    journal.c.data,
    journal.c.previous_id,
)

_HAS_WORK = sa.select(
    sa.or_(
        sa.exists(sa.select(journal.c.seq).where(journal.c.position.is_(None))),
        journal_head.c.position > journal_head.c.published,
    )
)


def _travelling(dialect: str) -> sa.Select[Any]:
    """What of a row travels. The server writes ids as text: psycopg2 would make an object of each, to be text again here."""

    def column(each: sa.Column[Any]) -> sa.ColumnElement[Any]:
        if isinstance(each.type, sa.Uuid) and dialect == "postgresql":
            return sa.cast(each, sa.Text).label(each.name)
        return each

    return sa.select(*map(column, _TRAVELLING))


def _stamp_statement() -> sa.Update:
    """Number the next unstamped rows in the order of their insertion, and link each to the one before, in one statement.

    Insertion order is commit order inside a subject, because a handler locks the subject's row before it records.
    """
    unstamped = (
        sa.select(journal.c.seq, journal.c.id)
        .where(journal.c.position.is_(None))
        .order_by(journal.c.seq)
        .limit(sa.bindparam("page", type_=sa.Integer))
        .subquery()
    )
    before = sa.func.lag(unstamped.c.id).over(order_by=unstamped.c.seq)
    numbered = sa.select(
        unstamped.c.seq,
        sa.func.row_number().over(order_by=unstamped.c.seq).label("number"),
        sa.func.coalesce(before, sa.bindparam("last", type_=Id)).label("previous_id"),
    ).subquery()
    return (
        sa.update(journal)
        .where(journal.c.seq == numbered.c.seq)
        .values(
            position=sa.bindparam("head", type_=sa.BigInteger) + numbered.c.number,
            previous_id=numbered.c.previous_id,
        )
    )


def _id_at(connection: sa.Connection, position: int) -> str | None:
    """The id of the event at this position; None where there is none."""
    return connection.execute(sa.select(journal.c.id).where(journal.c.position == position)).scalar()


def _database_seconds(dialect: str) -> sa.ColumnElement[float]:
    """Seconds since 1970 by the database's clock, the one clock that all relays of a journal share."""
    if dialect == "postgresql":
        return sa.cast(sa.extract("epoch", sa.func.clock_timestamp()), sa.Float)
    return (sa.func.julianday("now") - 2440587.5) * 86400.0
