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
from chassis.inbox.poison import project_or_park
from chassis.inbox.remote_journal import Fold, Head
from chassis.inbox.succession import succession
from chassis.storage.database import Database, is_outage
from contracts.envelope import Event
from contracts.events import EVENTS

log = structlog.get_logger(__name__)

TRACES = 10
"""Events of a run whose traces are logged."""

REMEDY = "run `digipunt events rebuild {service} --source {source}` to rebuild its figures from that journal as it is now"


@dataclass(frozen=True, slots=True)
class Batch:
    """What a projection gets: a contiguous run of events, in the transaction that also advances the checkpoint."""

    connection: sa.Connection
    generation: int
    events: list[Event]
    folded: Any = None
    """What the subscription's `fold` has made of these events already, or None."""


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
        folded: Any = None,
    ) -> Outcome:
        """Apply the run of `events` that follows the checkpoint of `generation`, in one transaction.

        A rebuild in another process may have put the next generation in its place: then to that one.
        `refused` came among them and are no events of this journal: the same transaction sets them aside. `carried`: they were
        not read from the journal but carried here, so they may be of a past that was left. `folded` is what `fold` has made of
        `events`, and used up here.
        """
        events = list(events)
        self._faults.reach("subscription.beforeApply")
        try:
            return self._apply(events, generation, refused, folded, carried=carried, bisect=False)
        except Exception as error:
            if is_outage(error):
                raise
            log.warning("projection.bisecting", source=self.source, error=repr(error))
            return self._apply(events, generation, refused, None, carried=carried, bisect=True)

    def _apply(
        self,
        events: list[Event],
        generation: int,
        refused: Sequence[Refused],
        folded: Any,
        *,
        carried: bool,
        bisect: bool,
    ) -> Outcome:
        with self.database.begin() as connection:
            now = self._clock.now()
            dead_letters.keep_refused(connection, self.source, refused, now)
            checkpoint = self._lock(connection, generation)
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
            generation = checkpoint.generation
            batch = Batch(connection, generation, run, folded if len(run) == len(events) else None)
            project_or_park(self._project, self.source, batch, now, bisect=bisect)
            self._faults.reach("subscription.applied")
            last = run[-1]
            checkpoints.update(
                connection,
                self.source,
                generation,
                epoch=last.epoch,
                position=last.position,
                event_id=last.id,
                event_id_position=last.position,
                event_time=last.time,
                updated_at=now,
                **self._filled(checkpoint, last.position),
            )
        self._faults.reach("subscription.committed")
        _log_applied(self.source, run)
        return Outcome(last.position, gap=found.gap)

    def _lock(self, connection: sa.Connection, generation: int) -> Checkpoint | None:
        """The checkpoint of `generation`, locked, or of the active one that took its place; None before the first start."""
        found = checkpoints.lock(connection, self.source, generation)
        if found is None:
            active = checkpoints.find(connection, self.source)
            found = active and checkpoints.lock(connection, self.source, active.generation)
        return found

    def _filled(self, checkpoint: Checkpoint, position: int) -> dict[str, int]:
        """What the checkpoint says of the form of its read models once they are filled up to `position`."""
        if not checkpoint.filled_by(self.version):
            return {}
        return {"version": self.version, "version_position": position}

    def reconcile_head(self, head: Head, generation: int, *, before: int) -> Outcome:
        """Hold the owner's head against the checkpoint: is something missing, or is the journal another one?

        `before` is the checkpoint's position before the owner was asked: while the answer was under way, events that are
        newer than it may have been applied, and that is no alarm.
        """
        with self.database.begin() as connection:
            checkpoint = self._lock(connection, generation)
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
            checkpoint = self._lock(connection, generation)
            if checkpoint is not None and checkpoint.state != STOPPED:
                self._stop(connection, checkpoint, reason)

    def retry(self, subject: str | None = None) -> tuple[int, int]:
        """Apply dead letters again, in order, subject by subject; returns how many were applied and how many stay."""
        with self.database.read() as connection:
            checkpoint = checkpoints.find(connection, self.source)
            generation = checkpoint.generation if checkpoint else 0
            subjects = dead_letters.blocked_subjects(connection, self.source, generation)
        applied = sum(
            self._retry_subject(each, generation) for each in sorted(subjects) if subject in (None, each)
        )
        with self.database.read() as connection:
            return applied, dead_letters.count(connection, self.source)

    def _retry_subject(self, subject: str, generation: int) -> int:
        applied = 0
        with self.database.begin() as connection:
            checkpoints.lock(connection, self.source, generation)
            for id, body in dead_letters.of_subject(connection, self.source, generation, subject):
                try:
                    event = Event.decode(body)
                    if event.type not in EVENTS:
                        raise LookupError(f"unknown event type {event.type}")
                    with connection.begin_nested():
                        self._project(Batch(connection, generation, [event]))
                except Exception as error:
                    if is_outage(error):
                        raise
                    dead_letters.explain(connection, id, f"{type(error).__name__}: {error}")
                    break
                dead_letters.remove(connection, id)
                applied += 1
        return applied

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


def _log_applied(source: str, run: list[Event]) -> None:
    """Leave the traces of a small run in a machine's log; of a long one, which is a catch-up, only where it stood."""
    traces = list({event.traceparent: None for event in run}) if len(run) <= TRACES else None
    log.debug(
        "projection.applied", source=source, first=run[0].position, last=run[-1].position, traces=traces
    )
