"""Dead letters: events that could not be applied, and messages that are no events, kept with the reason.

The later events of a dead letter's subject wait behind it, so that a subject's events keep their order. Nothing is lost:
`digipunt events parked` shows them, `digipunt events retry` applies them after the mend. What can never be applied, such as
bytes that are no event, is given up with `digipunt events drop`: kept with the reason, and in nobody's way any more.
(`parked` and `dropped` are the tables' names.)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.errors import NotFound
from chassis.storage.tables import dropped, parked
from contracts.envelope import Event

BLOCKED = "waits behind an earlier event of the same subject"
MOST_SHOWN = 500


def to_dead_letter(source: str, generation: int, event: Event, error: str, now: datetime) -> dict[str, Any]:
    """An event that could not be applied, as a row."""
    return {
        "source": source,
        "generation": generation,
        "position": event.position,
        "subject": event.subject,
        "type": event.type,
        "body": event.encode(),
        "error": error,
        "parked_at": now,
    }


def raw_to_dead_letter(source: str, body: str, error: str, now: datetime) -> dict[str, Any]:
    """a message that is not an event, as a row. It belongs to no generation, so no rebuild takes it away."""
    return {"source": source, "generation": 0, "body": body, "error": error, "parked_at": now}


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
    connection.execute(sa.update(parked).where(parked.c.id == id).values(error=error))


def remove(connection: sa.Connection, id: int) -> None:
    """It has been applied."""
    connection.execute(sa.delete(parked).where(parked.c.id == id))


def drop(connection: sa.Connection, id: int, reason: str, by: str, now: datetime) -> str | None:
    """Give up one dead letter; returns its subject, or None when it is not an event. Raises NotFound."""
    found = connection.execute(sa.select(parked).where(parked.c.id == id)).mappings().one_or_none()
    if found is None:
        raise NotFound("deadLetter", str(id))
    row = {name: value for name, value in found.items() if name != "id"}
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
