"""Dead letters: events that could not be applied, and messages that are no events, kept with the reason.

The later events of a dead letter's subject wait behind it, so that a subject's events keep their order. Nothing is lost:
`digipunt events parked` shows them, `digipunt events retry` applies them after the mend. What can never be applied, such as
bytes that are no event, is given up with `digipunt events drop`: kept with the reason, and in nobody's way any more.
(`parked` and `dropped` are the tables' names.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog

from chassis.errors import NotFound
from chassis.storage.database import upsert
from chassis.storage.tables import dropped, parked
from contracts.envelope import Event

BLOCKED = "waits behind an earlier event of the same subject"
MOST_SHOWN = 500

MOST_BYTES = 16_384
"""Of a message that is no event, so many are kept: enough to see whose it is."""

MOST_MESSAGES = 1000
"""Messages of a source that are no events, kept at once; what comes beyond is in the log only."""

LONGEST_REASON = 2000

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that is not an event of the journal that is followed: its text, bounded, a digest of all of it, and why."""

    body: str
    digest: str
    reason: str

    @classmethod
    def of(cls, body: bytes | str, reason: str) -> Refused:
        """Of whatever bytes came."""
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else bytes(body)
        if len(raw) > MOST_BYTES:
            reason = f"{reason} (the first {MOST_BYTES:,} of {len(raw):,} bytes are kept)"
        return cls(_storable(raw[:MOST_BYTES]), hashlib.sha256(raw).hexdigest(), reason)


def to_dead_letter(source: str, generation: int, event: Event, error: str, now: datetime) -> dict[str, Any]:
    """An event that could not be applied, as a row."""
    return {
        "source": source,
        "generation": generation,
        "position": event.position,
        "subject": event.subject,
        "type": event.type,
        "body": event.encode(),
        "error": _reason(error),
        "parked_at": now,
    }


def keep_refused(connection: sa.Connection, source: str, refused: Sequence[Refused], now: datetime) -> None:
    """Keep messages that are no events, each once. They belong to no generation, so no rebuild takes them away."""
    if not refused:
        return
    kept = sa.select(sa.func.count()).where(parked.c.source == source, parked.c.digest.is_not(None))
    room = MOST_MESSAGES - int(connection.execute(kept).scalar_one())
    for each in refused:
        log.error("consumer.refused", source=source, sha256=each.digest, reason=each.reason, kept=room > 0)
        if room > 0:
            row = {
                "source": source,
                "generation": 0,
                "body": each.body,
                "digest": each.digest,
                "error": _reason(each.reason),
                "parked_at": now,
            }
            statement = upsert(connection.dialect.name, parked).values(row)
            room -= connection.execute(
                statement.on_conflict_do_nothing(index_elements=["source", "digest"])
            ).rowcount


def add(connection: sa.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Keep these rows."""
    rows = list(rows)
    if rows:
        connection.execute(sa.insert(parked), rows)


def blocked_subjects(connection: sa.Connection, source: str, generation: int) -> set[str]:
    """Subjects that have a dead letter; their later events wait behind it."""
    rows = connection.execute(
        sa.select(parked.c.subject).where(_of(source, generation), parked.c.subject.is_not(None)).distinct()
    )
    return {row.subject for row in rows}


def of_subject(
    connection: sa.Connection, source: str, generation: int, subject: str
) -> list[tuple[int, str]]:
    """Id and body of the dead letters of one subject, in the order of the journal."""
    rows = connection.execute(
        sa.select(parked.c.id, parked.c.body)
        .where(_of(source, generation), parked.c.subject == subject)
        .order_by(parked.c.position)
    )
    return [(row.id, row.body) for row in rows]


def explain(connection: sa.Connection, id: int, error: str) -> None:
    """Write down why it still cannot be applied."""
    connection.execute(sa.update(parked).where(parked.c.id == id).values(error=_reason(error)))


def remove(connection: sa.Connection, id: int) -> None:
    """It has been applied."""
    connection.execute(sa.delete(parked).where(parked.c.id == id))


def drop(connection: sa.Connection, id: int, reason: str, by: str, now: datetime) -> str | None:
    """Give up one dead letter; returns its subject, or None when it is not an event. Raises NotFound."""
    found = connection.execute(sa.select(parked).where(parked.c.id == id)).mappings().one_or_none()
    if found is None:
        raise NotFound("deadLetter", str(id))
    row = {name: value for name, value in found.items() if name not in ("id", "digest")}
    row |= {"reason": reason, "dropped_by": by, "dropped_at": now}
    connection.execute(sa.insert(dropped), row)
    remove(connection, id)
    subject: str | None = row["subject"]
    return subject


def remove_generation(connection: sa.Connection, source: str, generation: int) -> None:
    """Forget what a rebuild that begins again could not apply."""
    connection.execute(sa.delete(parked).where(_of(source, generation)))


def remove_other_generations(connection: sa.Connection, source: str, live: sa.Select[tuple[int]]) -> None:
    """Forget what belongs to generations that are gone."""
    connection.execute(
        sa.delete(parked).where(
            parked.c.source == source, parked.c.generation != 0, parked.c.generation.not_in(live)
        )
    )


def count(connection: sa.Connection, source: str) -> int:
    """How many dead letters the source has."""
    statement = sa.select(sa.func.count()).select_from(parked).where(parked.c.source == source)
    return int(connection.execute(statement).scalar_one())


def oldest(connection: sa.Connection) -> list[dict[str, Any]]:
    """Dead letters for people to read, oldest first; at most MOST_SHOWN."""
    rows = connection.execute(sa.select(parked).order_by(parked.c.id).limit(MOST_SHOWN)).mappings()
    return [
        {
            "id": row["id"],
            "source": row["source"],
            "position": row["position"],
            "subject": row["subject"],
            "type": row["type"],
            "error": row["error"],
            "parkedAt": row["parked_at"].isoformat(),
        }
        for row in rows
    ]


def _of(source: str, generation: int) -> sa.ColumnElement[bool]:
    return (parked.c.source == source) & (parked.c.generation == generation)


def _storable(raw: bytes) -> str:
    """What these bytes say, as text that both databases take: what is not UTF-8, and NUL, as it is written in Python."""
    return raw.decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def _reason(text: str) -> str:
    return _storable(text.encode("utf-8", "surrogatepass"))[:LONGEST_REASON]
