"""Applies another service's events exactly once, in order, whatever the broker did to them.

Promise: each (source, position) takes effect once. One transaction locks the checkpoint of the source, drops what is at or
below it, applies the contiguous run that follows and advances. Beyond a gap the owner is asked for the missing pages. Live
delivery, catch-up and rebuild all end in `Projection.apply`.

An event that cannot be applied becomes a dead letter, with the later events of its subject behind it, and all others go on.
A changed epoch, a journal that does not continue what was applied, or a checkpoint beyond the owner's head, stops the
projection: what is there is never silently overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import structlog

from chassis.clock import Clock
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.inbox import checkpoints, dead_letters, epochs
from chassis.inbox.checkpoints import STOPPED, Checkpoint
from chassis.inbox.dead_letters import Refused
from chassis.inbox.folding import Fold, Folded
from chassis.inbox.poison import apply_letters, project_or_park
from chassis.inbox.remote_journal import Head, Page
from chassis.inbox.succession import succession
from chassis.storage.database import Database, is_outage
from contracts.envelope import Event

log = structlog.get_logger(__name__)

TRACES = 10
"""Events of a run whose traces are logged."""

REMEDY = "run `digipunt events rebuild {service} --source {source}` to rebuild its figures from that journal as it is now"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a projection gets, in the transaction that also advances the checkpoint: a contiguous run of events.

    Or not those, but `folded`: what the subscription's `fold` has made of such a run already.
    """

    connection: sa.Connection
    generation: int
    events: Sequence[Event]
    folded: Any = None


Project = Callable[[Batch], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a run: the checkpoint's position, and whether events beyond a gap or an alarm were left."""

    position: int
    gap: bool = False
    stopped: bool = False


class Projection:
    """The journal of `source`, applied by `project` to the read models in one subscriber's database."""

    def __init__(
        self,
        database: Database,
        *,
        subscriber: str,
        source: str,
        project: Project,
        fold: Fold | None = None,
        clock: Clock,
        faults: FaultPoints = NO_FAULTS,
        read_models: Sequence[sa.Table] = (),
        version: int = 1,
        mirrors: Sequence[sa.Table] = (),
    ) -> None:
        self.database = database
        self.subscriber = subscriber
        self.source = source
        self.read_models = read_models
        self.version = version
        self.mirrors = mirrors
        self.fold = fold
        self._project = project
        self._clock = clock
        self._faults = faults

    def prepare(self) -> int:
        """The active generation; makes the checkpoint when this is the first start."""
        with self.database.read() as connection:
            checkpoint = checkpoints.find(connection, self.source)
        if checkpoint is None:
            with self.database.begin() as connection:
                checkpoints.ensure(connection, self.source, self._clock.now())
                checkpoint = checkpoints.find(connection, self.source)
        assert checkpoint is not None, "it was made just now"
        return checkpoint.generation

    def position(self, generation: int) -> int:
        """The position up to which `generation`, or what took its place, has applied; 0 when there is no checkpoint."""
        with self.database.read() as connection:
            found = checkpoints.position(connection, self.source, generation)
            if found is None:
                active = checkpoints.find(connection, self.source)
                return active.position if active else 0
            return found

    def reach(self, point: str) -> None:
        """Tell the fault points where the code that feeds this projection stands."""
        self._faults.reach(point)

    def apply(
        self,
        events: Iterable[Event],
        generation: int,
        refused: Sequence[Refused] = (),
        *,
        carried: bool = False,
    ) -> Outcome:
        """Apply the run of `events` that follows the checkpoint of `generation`, in one transaction.

        A rebuild in another process may have put the next generation in its place: then to that one.
        `refused` came among them and are no events of this journal: the same transaction sets them aside. `carried`: they were
        not read from the journal but carried here, so they may be of a past that was left.
        """
        events = list(events)
        self._faults.reach("subscription.beforeApply")
        try:
            return self._apply(events, generation, refused, carried=carried, bisect=False)
        except Exception as error:
            if is_outage(error):
                raise
            log.warning("projection.bisecting", source=self.source, error=repr(error))
            return self._apply(events, generation, refused, carried=carried, bisect=True)

    def apply_page(self, page: Page, generation: int) -> Outcome:
        """Apply a page of the journal as `apply` does: what was made of it already or, where that does not do, its events."""
        if page.folded is not None:
            self._faults.reach("subscription.beforeApply")
            try:
                outcome = self._apply_folded(page.folded, generation)
            except Exception as error:
                if is_outage(error):
                    raise
                log.warning("projection.oneByOne", source=self.source, error=repr(error))
                outcome = None
            if outcome is not None:
                return outcome
        return self.apply(page.events, generation)

    def _apply_folded(self, folded: Folded, generation: int) -> Outcome | None:
        """None, and nothing done, where the events have to be looked at one by one."""
        with self.database.begin() as connection:
            checkpoint = checkpoints.lock_or_active(connection, self.source, generation)
            if checkpoint is None or checkpoint.state == STOPPED:
                return Outcome(checkpoint.position if checkpoint else 0, stopped=True)
            blocked = dead_letters.blocked_subjects(connection, self.source, checkpoint.generation)
            if not blocked.isdisjoint(folded.subjects) or not folded.continues(checkpoint):
                return None
            self._project(Batch(connection, checkpoint.generation, [], folded.made))
            self._advance(connection, checkpoint, folded.last)
        self._committed(folded.first, folded.last)
        return Outcome(folded.last.position)

    def _apply(
        self,
        events: list[Event],
        generation: int,
        refused: Sequence[Refused],
        *,
        carried: bool,
        bisect: bool,
    ) -> Outcome:
        with self.database.begin() as connection:
            now = self._clock.now()
            dead_letters.keep_refused(connection, self.source, refused, now)
            checkpoint = checkpoints.lock_or_active(connection, self.source, generation)
            if checkpoint is None or checkpoint.state == STOPPED:
                return Outcome(checkpoint.position if checkpoint else 0, stopped=True)
            found = succession(
                checkpoint, events, lambda: epochs.met(connection, self.source), carried=carried
            )
            if found.ghosts:
                log.warning("projection.ghosts", source=self.source, events=found.ghosts)
            if found.alarm:
                return self._stop(connection, checkpoint, found.alarm, met=found.met)
            run = found.run
            if not run:
                return Outcome(checkpoint.position, gap=found.gap)
            batch = Batch(connection, checkpoint.generation, run)
            project_or_park(self._project, self.source, batch, now, bisect=bisect)
            self._advance(connection, checkpoint, run[-1])
        traces = list({event.traceparent: None for event in run}) if len(run) <= TRACES else None
        self._committed(run[0], run[-1], traces)
        return Outcome(run[-1].position, gap=found.gap)

    def _advance(self, connection: sa.Connection, checkpoint: Checkpoint, last: Event) -> None:
        """Move the checkpoint to `last`, in the transaction that has applied it."""
        self._faults.reach("subscription.applied")
        filled = {"version": self.version, "version_position": last.position}
        checkpoints.update(
            connection,
            self.source,
            checkpoint.generation,
            epoch=last.epoch,
            position=last.position,
            event_id=last.id,
            event_id_position=last.position,
            event_time=last.time,
            updated_at=self._clock.now(),
            **(filled if checkpoint.filled_by(self.version) else {}),
        )

    def _committed(self, first: Event, last: Event, traces: list[str | None] | None = None) -> None:
        """Leave the traces of a small run in a machine's log; of a long one, which is a catch-up, only where it stood."""
        self._faults.reach("subscription.committed")
        log.debug(
            "projection.applied",
            source=self.source,
            first=first.position,
            last=last.position,
            traces=traces,
        )

    def reconcile_head(self, head: Head, generation: int, *, before: int) -> Outcome:
        """Hold the owner's head against the checkpoint: is something missing, or is the journal another one?

        `before` is the checkpoint's position before the owner was asked: while the answer was under way, events that are
        newer than it may have been applied, and that is no alarm.
        """
        with self.database.begin() as connection:
            checkpoint = checkpoints.lock_or_active(connection, self.source, generation)
            if checkpoint is None or checkpoint.state == STOPPED:
                return Outcome(checkpoint.position if checkpoint else 0, stopped=True)
            if checkpoint.epoch not in (None, head.epoch):
                return self._stop(connection, checkpoint, f"has a new epoch {head.epoch}", met=[head.epoch])
            if head.position < before:
                return self._stop(connection, checkpoint, "ends before the checkpoint")
            level = head.position == checkpoint.position and head.id is not None
            if level and checkpoint.last_id not in (None, head.id):
                return self._stop(connection, checkpoint, "ends with another event than was applied")
            checkpoints.update(
                connection,
                self.source,
                checkpoint.generation,
                head=head.position,
                head_seen_at=self._clock.now(),
                epoch=head.epoch,
                **({"event_id": head.id, "event_id_position": head.position} if level else {}),
            )
            return Outcome(checkpoint.position, gap=head.position > checkpoint.position)

    def stop(self, generation: int, reason: str) -> None:
        """Raise the alarm: the journal cannot be applied, and `reason` says why, with the journal as its subject."""
        with self.database.begin() as connection:
            checkpoint = checkpoints.lock_or_active(connection, self.source, generation)
            if checkpoint is not None and checkpoint.state != STOPPED:
                self._stop(connection, checkpoint, reason)

    def retry(self, subject: str | None = None) -> tuple[int, int]:
        """Apply dead letters again, in order, subject by subject; returns how many were applied and how many stay."""
        with self.database.read() as connection:
            checkpoint = checkpoints.find(connection, self.source)
            generation = checkpoint.generation if checkpoint else 0
            subjects = dead_letters.blocked_subjects(connection, self.source, generation)
        applied = 0
        for each in sorted(subjects):
            if subject in (None, each):
                with self.database.begin() as connection:
                    checkpoints.lock(connection, self.source, generation)
                    applied += apply_letters(
                        self._project, self.source, Batch(connection, generation, []), each
                    )
        with self.database.read() as connection:
            return applied, dead_letters.count(connection, self.source)

    def _stop(
        self, connection: sa.Connection, checkpoint: Checkpoint, reason: str, *, met: Iterable[str] = ()
    ) -> Outcome:
        reason = f"the journal of {self.source} {reason}; {REMEDY.format(service=self.subscriber, source=self.source)}"
        log.error("projection.stopped", source=self.source, reason=reason)
        now = self._clock.now()
        epochs.remember(connection, self.source, [checkpoint.epoch, *met], now)
        checkpoints.update(
            connection, self.source, checkpoint.generation, state=STOPPED, reason=reason, updated_at=now
        )
        if checkpoint.active and self.mirrors:
            pending = checkpoints.find(connection, self.source, active=False)
            if pending is not None:
                # It was begun when what the mirrors hold was not yet in doubt.
                checkpoints.update(
                    connection, self.source, pending.generation, state=STOPPED, reason=reason, updated_at=now
                )
        return Outcome(checkpoint.position, stopped=True)
