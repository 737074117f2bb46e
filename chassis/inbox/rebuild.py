"""Rebuilds a source's read models from the owner's journal, while the old ones go on answering.

The next generation is filled beside the active one with a checkpoint of its own, so it survives a restart. Once it is level,
one transaction makes it the active one.
"""

from __future__ import annotations

import sqlalchemy as sa
import structlog

from chassis.clock import Clock
from chassis.inbox import checkpoints, dead_letters, epochs
from chassis.inbox.checkpoints import FOLLOWING, REBUILDING, STOPPED
from chassis.inbox.projection import Projection

log = structlog.get_logger(__name__)

LEVEL_ATTEMPTS = 5
"""Attempts to be level with the active generation before a small remainder is left to its catch-up."""


class Rebuild:
    """The rebuild of one projection's read models."""

    def __init__(self, projection: Projection, clock: Clock) -> None:
        self._projection = projection
        self._database = projection.database
        self._source = projection.source
        self._clock = clock

    def request(self) -> int:
        """Open the next generation, or return the one that is being filled already."""
        with self._database.begin() as connection:
            generation = checkpoints.next_generation(connection, self._source)
            pending = checkpoints.find(connection, self._source, active=False)
            if pending is not None:
                return pending.generation
            checkpoints.insert(connection, self._source, generation, self._clock.now(), active=False)
            active = checkpoints.find(connection, self._source)
            if active is not None and active.state == STOPPED:
                self._doubt_mirrors(connection)
            return generation

    def due(self) -> int | None:
        """The generation to fill: one that was requested, or a new one where the active one has the form of another release."""
        with self._database.read() as connection:
            pending = checkpoints.find(connection, self._source, active=False)
            active = checkpoints.find(connection, self._source)
        if pending is not None:
            return pending.generation
        if active is None or active.state == STOPPED or active.filled_by(self._projection.version):
            return None
        log.info("rebuild.ofAnotherRelease", source=self._source, version=self._projection.version)
        return self.request()

    def restart_if_spoiled(self, generation: int) -> bool:
        """Begin again when an alarm stopped this rebuild, as by a new epoch, or another release filled some of it.

        Why it was stopped stays readable beside it.
        """
        with self._database.begin(unlimited=True) as connection:
            checkpoint = checkpoints.lock(connection, self._source, generation)
            if checkpoint is None or checkpoint.active:
                return False
            if checkpoint.state != STOPPED and checkpoint.filled_by(self._projection.version):
                return False
            for model in self._projection.read_models:
                connection.execute(sa.delete(model).where(model.c.generation == generation))
            if checkpoint.state == STOPPED:
                self._doubt_mirrors(connection)
            dead_letters.remove_generation(connection, self._source, generation)
            checkpoints.update(
                connection,
                self._source,
                generation,
                state=REBUILDING,
                epoch=None,
                position=0,
                event_id=None,
                event_id_position=None,
            )
            return True

    def _doubt_mirrors(self, connection: sa.Connection) -> None:
        """Let what the journal of now says replace what one of before said, though that had come to a later version."""
        for table in self._projection.mirrors:
            connection.execute(sa.update(table).values(version=0))

    def finish(self, generation: int, attempt: int) -> bool:
        """Make `generation` the active one when it is level with it; False to catch up once more.

        After some attempts under load it becomes active a page behind, and the projection closes that gap at once. Another
        process may have filled it too, and have been first.
        """
        with self._database.begin() as connection:
            found = checkpoints.find(connection, self._source)
            active = found and checkpoints.lock(connection, self._source, found.generation)
            new = checkpoints.lock(connection, self._source, generation)
            if new is None or new.active:
                return True
            assert active is not None, "the active checkpoint is replaced here only"
            level = active.state == STOPPED or new.position >= active.position
            if new.state == STOPPED or (not level and attempt < LEVEL_ATTEMPTS):
                return False
            epochs.remember(connection, self._source, [active.epoch, new.epoch], self._clock.now())
            checkpoints.delete(connection, self._source, active.generation)
            checkpoints.update(
                connection,
                self._source,
                generation,
                active=True,
                state=FOLLOWING,
                reason=None,
                head=active.head,
                head_seen_at=active.head_seen_at,
                updated_at=self._clock.now(),
            )
        log.info("rebuild.finished", source=self._source, generation=generation)
        return True

    def sweep(self) -> None:
        """Delete what belongs to generations that have no checkpoint any more."""
        with self._database.begin(unlimited=True) as connection:
            live = checkpoints.generations(checkpoints.service_of(self._source))
            for model in self._projection.read_models:
                connection.execute(sa.delete(model).where(model.c.generation.not_in(live)))
            dead_letters.remove_other_generations(connection, self._source, live)
