"""Column types and the tables that every service's database has besides its own.

`journal` and `journal_head` belong to the service as an owner of events; `checkpoints`, `epochs`, `parked` and `dropped` to it
as a subscriber; `trail` and `trail_head` tell who touched personal data. Their migration is
`chassis/storage/migrations/versions`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

Id = sa.Uuid(as_uuid=False)
"""An identifier: `uuid` on PostgreSQL, text on SQLite, `str` in Python."""


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment. SQLite forgets time zones, so it is stored there as naive UTC and comes back aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        value = value.astimezone(UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class JsonText(TypeDecorator[Any]):
    """A list or dict kept as JSON text: the same on both databases, and never queried inside."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        return None if value is None else orjson.loads(value)


def new_metadata() -> sa.MetaData:
    """A metadata whose constraints have predictable names, so that migrations can name them."""
    return sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index of the rows for which `where` holds, on both databases: migrations make them, and these are SQLite's.

    To name PostgreSQL here would load its drivers, which a laptop would wait for at every start.
    """
    return sa.Index(name, *columns, unique=unique, sqlite_where=sa.text(where))


metadata = new_metadata()

Sequence = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""SQLite counts rows by itself only in an INTEGER primary key."""

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("seq", Sequence, primary_key=True, autoincrement=True),
    sa.Column("position", sa.BigInteger),
    sa.Column("id", Id, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("time", UTCDateTime, nullable=False),
    sa.Column("municipality", sa.Text),
    sa.Column("entity_version", sa.Integer, nullable=False),
    sa.Column("traceparent", sa.Text),
    sa.Column("data", sa.Text, nullable=False),
    # Of the event at position - 1, given with the position.
    sa.Column("previous_id", Id),
    sa.Index("uq_journal_position", "position", unique=True),
    partial_index("ix_journal_unstamped", "seq", where="position IS NULL"),
)

journal_head = sa.Table(
    "journal_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("epoch", Id, nullable=False),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("published", sa.BigInteger, nullable=False),
    sa.Column("relay", sa.Text),
    sa.Column("relay_until", sa.Float),
)

checkpoints = sa.Table(
    "checkpoints",
    metadata,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("epoch", Id),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("event_time", UTCDateTime),
    sa.Column("updated_at", UTCDateTime, nullable=False),
    sa.Column("head", sa.BigInteger),
    sa.Column("head_seen_at", UTCDateTime),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    # What form the read models have, and up to where a release that gives them this form has filled them.
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("version_position", sa.BigInteger, nullable=False, server_default="0"),
    # The id of the last event, and at which position that was: a release that keeps no ids moves `position` only.
    sa.Column("event_id", sa.Text),
    sa.Column("event_id_position", sa.BigInteger),
)

epochs = sa.Table(
    "epochs",
    metadata,
    # Every epoch that was met of a source; those that are not its checkpoint's belong to journals that were left.
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("epoch", Id, primary_key=True),
    sa.Column("met_at", UTCDateTime, nullable=False),
)

parked = sa.Table(
    "parked",
    metadata,
    sa.Column("id", Sequence, primary_key=True, autoincrement=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("position", sa.BigInteger),
    sa.Column("subject", sa.Text),
    sa.Column("type", sa.Text),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("parked_at", UTCDateTime, nullable=False),
    # Of a message that is no event: it is kept once, however often it comes.
    sa.Column("digest", sa.Text),
    sa.Index("ix_parked_source_generation_subject", "source", "generation", "subject"),
    sa.Index("uq_parked_source_digest", "source", "digest", unique=True),
)

dropped = sa.Table(
    "dropped",
    metadata,
    sa.Column("id", Sequence, primary_key=True, autoincrement=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("position", sa.BigInteger),
    sa.Column("subject", sa.Text),
    sa.Column("type", sa.Text),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("parked_at", UTCDateTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("dropped_by", sa.Text, nullable=False),
    sa.Column("dropped_at", UTCDateTime, nullable=False),
)

# Tokens that were taken back (`chassis.revocations`).
revocations = sa.Table(
    "revocations",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("made_until", UTCDateTime, nullable=False),
    sa.Column("expires_at", UTCDateTime, nullable=False),
)

# One-time addresses of documents (`chassis.http.tickets`).
tickets = sa.Table(
    "tickets",
    metadata,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("route", sa.Text, nullable=False),
    sa.Column("params", JsonText, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    # With the rights that the caller had.
    sa.Column("actor", JsonText, nullable=False),
    sa.Column("expires_at", UTCDateTime, nullable=False),
    sa.Index("ix_tickets_subject_expires_at", "subject", "expires_at"),
    sa.Index("ix_tickets_expires_at", "expires_at"),
)

# Who saw, changed, exported or erased whose data (`chassis.storage.trail`). Whose it is, is a random id.
trail = sa.Table(
    "trail",
    metadata,
    sa.Column("seq", Sequence, primary_key=True, autoincrement=True),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("role", sa.Text),
    sa.Column("helper", sa.Text),
    sa.Column("laptop", sa.Text),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("person", Id),
    sa.Column("municipality", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("count", sa.Integer, nullable=False),
    # Of what is told once an hour: who, whom and which hour.
    sa.Column("once", sa.Text),
    # Its place in the chain and its link, given a moment later.
    sa.Column("number", sa.BigInteger),
    sa.Column("link", sa.Text),
    sa.Index("uq_trail_once", "once", unique=True),
    sa.Index("uq_trail_number", "number", unique=True),
    sa.Index("ix_trail_municipality_at", "municipality", "at"),
    sa.Index("ix_trail_person", "person"),
    partial_index("ix_trail_unlinked", "seq", where="number IS NULL"),
)

trail_head = sa.Table(
    "trail_head",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    # The last link of the chain, and the one before its first: what was there aged out.
    sa.Column("number", sa.BigInteger, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("gone_number", sa.BigInteger, nullable=False),
    sa.Column("gone_link", sa.Text, nullable=False),
)

# Keys of persons, each wrapped under the data key (`common.person_keys`): a backup can leave them out.
person_keys = sa.Table(
    "person_keys",
    metadata,
    sa.Column("person", Id, primary_key=True),
    sa.Column("wrapped", sa.Text, nullable=False),
)
