"""Builds a source's read models anew from the owner's journal, while the old ones go on answering.

The next generation is filled beside the active one with a checkpoint of its own, so it survives a restart. Once it is level,
one transaction makes it the active one.
"""

from __future__ import annotations

import sqlalchemy as sa
import structlog

from chassis.clock import Clock
from chassis.inbox import checkpoints
from chassis.inbox.checkpoints import FOLLOWING, REBUILDING, STOPPED
from chassis.inbox.projection import Subscription
from chassis.storage.tables import checkpoints as table
from chassis.storage.tables import parked

log = structlog.get_logger(__name__)

PATIENCE = 5
"""Attempts to be level with the active generation before a small remainder is left to its catch-up."""


class Rebuild:
    """The rebuild of one subscription's read models."""

    def __init__(self, subscription: Subscription, clock: Clock) -> None:
        self._subscription = subscription
        self._database = subscription.database
        self._source = subscription.source
        self._clock = clock

    def request(self) -> int:
        """Open the next generation, or return the one that is being filled already."""
        with self._database.begin() as connection:
            generation = checkpoints.next_generation(connection, self._database.dialect, self._source)
            pending = checkpoints.read(connection, self._source, active=False)
            if pending is not None:
                return int(pending.generation)
            connection.execute(
                sa.insert(table).values(
                    source=self._source,
                    generation=generation,
                    active=False,
                    position=0,
                    updated_at=self._clock.now(),
                    state=REBUILDING,
                )
            )
            return generation

    def pending(self) -> int | None:
        """The generation being filled, if any."""
        with self._database.read() as connection:
            row = checkpoints.read(connection, self._source, active=False)
        return None if row is None else int(row.generation)

    def restart_if_stopped(self, generation: int) -> bool:
        """Begin again when the owner's journal changed its epoch in the middle of this rebuild."""
        with self._database.begin(patient=True) as connection:
            row = checkpoints.lock(connection, self._database.dialect, self._source, generation)
            if row is None or row.state != STOPPED:
                return False
            self._purge(connection, generation)
            checkpoints.update(
                connection, self._source, generation, state=REBUILDING, reason=None, epoch=None, position=0
            )
            return True

    def finish(self, generation: int, attempt: int) -> bool:
        """Make `generation` the active one when it is level with it; False to catch up once more.

        After some attempts under load it becomes active a page behind, and the subscription closes that gap at once.
        """
        dialect = self._database.dialect
        with self._database.begin() as connection:
            active = checkpoints.read(connection, self._source)
            active = checkpoints.lock(connection, dialect, self._source, active.generation)
            new = checkpoints.lock(connection, dialect, self._source, generation)
            level = active.state == STOPPED or new.position >= active.position
            if not level and attempt < PATIENCE:
                return False
            connection.execute(
                sa.delete(table).where(
                    table.c.source == self._source, table.c.generation == active.generation
                )
            )
            checkpoints.update(
                connection,
                self._source,
                generation,
                active=True,
                state=FOLLOWING,
                head=active.head,
                head_seen_at=active.head_seen_at,
                updated_at=self._clock.now(),
            )
        log.info("rebuild finished", source=self._source, generation=generation)
        return True

    def sweep(self) -> None:
        """Delete what belongs to generations that have no checkpoint any more."""
        with self._database.begin(patient=True) as connection:
            live = checkpoints.generations(checkpoints.service_of(self._source))
            for model in self._subscription.read_models:
                connection.execute(sa.delete(model).where(model.c.generation.not_in(live)))
            connection.execute(
                sa.delete(parked).where(
                    parked.c.source == self._source,
                    parked.c.generation != 0,
                    parked.c.generation.not_in(live),
                )
            )

    def _purge(self, connection: sa.Connection, generation: int) -> None:
        for model in self._subscription.read_models:
            connection.execute(sa.delete(model).where(model.c.generation == generation))
        connection.execute(
            sa.delete(parked).where(parked.c.source == self._source, parked.c.generation == generation)
        )
