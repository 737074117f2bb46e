"""How far each subscription has come, and what it has set aside.

A *source* is the service whose journal is read, in a region `deployment/service`. Its read models exist in *generations*: one
is active and answers, a rebuild fills the next beside it, each with a checkpoint of its own. No two sources share a generation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.storage.database import for_update
from chassis.storage.tables import checkpoints, parked

FOLLOWING = "following"
REBUILDING = "rebuilding"
STOPPED = "stopped"


def service_of(source: str) -> str:
    """The service whose journal `source` is: `visits` of `visits`, and of `tienen/visits` in a region."""
    return source.rpartition("/")[2]


def active_generations(service: str) -> sa.Select[tuple[int]]:
    """The generations that answer, to filter reads by: one, or in a region one of each deployment's journal of `service`."""
    return sa.select(checkpoints.c.generation).where(_of(service), checkpoints.c.active.is_(True))


def active_of(connection: sa.Connection, service: str) -> Sequence[Any]:
    """The active checkpoints of the journals of `service`."""
    return connection.execute(
        sa.select(checkpoints).where(_of(service), checkpoints.c.active.is_(True))
    ).all()


def generations(service: str) -> sa.Select[tuple[int]]:
    """All generations of read models fed from journals of `service`, active or being filled."""
    return sa.select(checkpoints.c.generation).where(_of(service))


def _of(service: str) -> sa.ColumnElement[bool]:
    return sa.or_(checkpoints.c.source == service, checkpoints.c.source.like(f"%/{service}"))


def ensure(connection: sa.Connection, dialect: str, source: str, now: datetime) -> None:
    """Make the first checkpoint of `source` unless it has one."""
    generation = next_generation(connection, dialect, source)
    if read(connection, source) is None:
        connection.execute(
            sa.insert(checkpoints).values(
                source=source, generation=generation, active=True, position=0, updated_at=now, state=FOLLOWING
            )
        )


def next_generation(connection: sa.Connection, dialect: str, source: str) -> int:
    """A number that no read model fed from such a journal has; nobody else gets it before the transaction ends."""
    if dialect == "postgresql":
        connection.execute(sa.text("LOCK TABLE checkpoints IN SHARE ROW EXCLUSIVE MODE"))
    newest = sa.select(sa.func.max(checkpoints.c.generation)).where(_of(service_of(source)))
    return int(connection.execute(newest).scalar() or 0) + 1


def read(connection: sa.Connection, source: str, *, active: bool = True) -> Any:
    """The active checkpoint row of `source`, or the one being rebuilt; None when there is none."""
    return connection.execute(
        sa.select(checkpoints)
        .where(checkpoints.c.source == source, checkpoints.c.active.is_(active))
        .order_by(checkpoints.c.generation.desc())
    ).first()


def position(connection: sa.Connection, source: str, generation: int) -> int:
    """The position of one checkpoint; 0 when it is not there."""
    found = connection.execute(
        sa.select(checkpoints.c.position).where(
            checkpoints.c.source == source, checkpoints.c.generation == generation
        )
    ).scalar()
    return int(found or 0)


def lock(connection: sa.Connection, dialect: str, source: str, generation: int) -> Any:
    """The checkpoint row, locked until the transaction ends; None when that generation is gone."""
    return connection.execute(
        for_update(
            dialect,
            sa.select(checkpoints).where(
                checkpoints.c.source == source, checkpoints.c.generation == generation
            ),
        )
    ).first()


def update(connection: sa.Connection, source: str, generation: int, **values: Any) -> None:
    """Change columns of one checkpoint row."""
    connection.execute(
        sa.update(checkpoints)
        .where(checkpoints.c.source == source, checkpoints.c.generation == generation)
        .values(**values)
    )


def parked_subjects(connection: sa.Connection, source: str, generation: int) -> set[str]:
    """Subjects with an event set aside; their later events wait behind it."""
    rows = connection.execute(
        sa.select(parked.c.subject)
        .where(parked.c.source == source, parked.c.generation == generation, parked.c.subject.is_not(None))
        .distinct()
    )
    return {row.subject for row in rows}


def park(connection: sa.Connection, rows: Iterable[dict[str, Any]]) -> None:
    """Set events aside, with the reason."""
    rows = list(rows)
    if rows:
        connection.execute(sa.insert(parked), rows)
