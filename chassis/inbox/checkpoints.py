"""How far each subscription has come.

A *source* is the service whose journal is read, in a region `deployment/service`. Its read models exist in *generations*: one
is active and answers, a rebuild fills the next beside it, each with a checkpoint of its own. No two sources share a generation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from chassis.storage.database import for_update
from chassis.storage.tables import checkpoints

State = Literal["following", "rebuilding", "stopped"]

FOLLOWING: State = "following"
REBUILDING: State = "rebuilding"
STOPPED: State = "stopped"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far one generation of read models has come in the journal of `source`."""

    source: str
    generation: int
    active: bool
    epoch: str | None
    position: int
    event_time: datetime | None
    updated_at: datetime
    head: int | None
    head_seen_at: datetime | None
    state: State
    reason: str | None
    version: int
    version_position: int
    event_id: str | None
    event_id_position: int | None

    @property
    def last_id(self) -> str | None:
        """The id of the event at `position`; None where nothing was applied, or a release that keeps no ids was the last to."""
        return self.event_id if self.event_id_position == self.position else None

    def filled_by(self, version: int) -> bool:
        """Whether all of this generation was applied by releases whose read models have this version.

        A release that knows no versions, before an upgrade or after a way back, moves `position` only. Read models of the first
        version are never rebuilt for that reason: any release fills those.
        """
        filled = (self.version, self.version_position) == (version, self.position)
        return version == 1 or self.position == 0 or filled


def service_of(source: str) -> str:
    """The service whose journal `source` is: `visits` of `visits`, and of `tienen/visits` in a region."""
    return source.rpartition("/")[2]


def deployment_of(source: str) -> str:
    """The deployment whose journal `source` is, in a region; empty for one's own."""
    return source.rpartition("/")[0]


def active_generations(service: str) -> sa.Select[tuple[int]]:
    """The generations that answer, to filter reads by: one, or in a region one of each deployment's journal of `service`."""
    return sa.select(checkpoints.c.generation).where(_of(service), checkpoints.c.active.is_(True))


def active_of(connection: sa.Connection, *services: str) -> list[Checkpoint]:
    """The active checkpoints of the journals of `services`."""
    mine = sa.or_(*map(_of, services))
    rows = connection.execute(sa.select(checkpoints).where(mine, checkpoints.c.active.is_(True)))
    return [Checkpoint(**row) for row in rows.mappings()]


def being_filled(connection: sa.Connection, service: str) -> bool:
    """Whether a rebuild is filling read models of `service` beside those that answer."""
    pending = sa.select(checkpoints.c.source).where(_of(service), checkpoints.c.active.is_(False))
    return connection.execute(pending.limit(1)).first() is not None


def generations(service: str) -> sa.Select[tuple[int]]:
    """All generations of read models fed from journals of `service`, active or being filled."""
    return sa.select(checkpoints.c.generation).where(_of(service))


def _of(service: str) -> sa.ColumnElement[bool]:
    return sa.or_(checkpoints.c.source == service, checkpoints.c.source.like(f"%/{service}"))


def ensure(connection: sa.Connection, source: str, now: datetime) -> None:
    """Make the first checkpoint of `source` unless it has one."""
    generation = next_generation(connection, source)
    if find(connection, source) is None:
        insert(connection, source, generation, now, active=True)


def next_generation(connection: sa.Connection, source: str) -> int:
    """A number that no read model fed from such a journal has; nobody else gets it before the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE checkpoints IN SHARE ROW EXCLUSIVE MODE"))
    newest = sa.select(sa.func.max(checkpoints.c.generation)).where(_of(service_of(source)))
    return int(connection.execute(newest).scalar() or 0) + 1


def find(connection: sa.Connection, source: str, *, active: bool = True) -> Checkpoint | None:
    """The active checkpoint of `source`, or the one being rebuilt; None when there is none."""
    return _checkpoint(
        connection,
        sa.select(checkpoints)
        .where(checkpoints.c.source == source, checkpoints.c.active.is_(active))
        .order_by(checkpoints.c.generation.desc()),
    )


def position(connection: sa.Connection, source: str, generation: int) -> int | None:
    """The position of one checkpoint; None when it is not there."""
    statement = sa.select(checkpoints.c.position).where(_is(source, generation))
    return connection.execute(statement).scalar()


def lock(connection: sa.Connection, source: str, generation: int) -> Checkpoint | None:
    """The checkpoint, locked until the transaction ends; None when that generation is gone."""
    statement = sa.select(checkpoints).where(_is(source, generation))
    return _checkpoint(connection, for_update(connection.dialect.name, statement))


def lock_or_active(connection: sa.Connection, source: str, generation: int) -> Checkpoint | None:
    """That of `generation`, locked, or of the active one that took its place; None before the first start."""
    found = lock(connection, source, generation)
    if found is None:
        active = find(connection, source)
        found = active and lock(connection, source, active.generation)
    return found


def update(connection: sa.Connection, source: str, generation: int, **values: Any) -> None:
    """Change columns of one checkpoint."""
    connection.execute(sa.update(checkpoints).where(_is(source, generation)).values(**values))


def insert(connection: sa.Connection, source: str, generation: int, now: datetime, *, active: bool) -> None:
    """Add a checkpoint at the beginning of the journal: one that follows, or one that a rebuild fills beside it."""
    connection.execute(
        sa.insert(checkpoints).values(
            source=source,
            generation=generation,
            active=active,
            position=0,
            updated_at=now,
            state=FOLLOWING if active else REBUILDING,
        )
    )


def delete(connection: sa.Connection, source: str, generation: int) -> None:
    """Remove one checkpoint."""
    connection.execute(sa.delete(checkpoints).where(_is(source, generation)))


def _is(source: str, generation: int) -> sa.ColumnElement[bool]:
    return (checkpoints.c.source == source) & (checkpoints.c.generation == generation)


def _checkpoint(connection: sa.Connection, statement: sa.Select[Any]) -> Checkpoint | None:
    row = connection.execute(statement).mappings().first()
    return Checkpoint(**row) if row else None
