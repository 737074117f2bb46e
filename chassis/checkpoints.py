"""How far each subscription has come, and what it has set aside.

A *source* is the service whose journal is read. Its read models exist in *generations*: one is active and answers, a rebuild
fills the next beside it, each with a checkpoint of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from chassis.database import for_update, upsert
from chassis.tables import checkpoints, parked

FOLLOWING = "following"
REBUILDING = "rebuilding"
STOPPED = "stopped"


def active_generation(source: str) -> sa.ScalarSelect[int]:
    """The generation of `source`'s read models that answers, to filter reads by; 1 before the first event."""
    active = (
        sa.select(checkpoints.c.generation)
        .where(checkpoints.c.source == source, checkpoints.c.active.is_(True))
        .scalar_subquery()
    )
    return sa.select(sa.func.coalesce(active, 1)).scalar_subquery()


def ensure(connection: sa.Connection, dialect: str, source: str, now: datetime) -> None:
    """Make the first checkpoint of `source` unless it has one."""
    if read(connection, source) is None:
        connection.execute(
            upsert(dialect, checkpoints)
            .values(source=source, generation=1, active=True, position=0, updated_at=now, state=FOLLOWING)
            .on_conflict_do_nothing()
        )


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
