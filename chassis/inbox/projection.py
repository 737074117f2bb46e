"""Applies another service's events exactly once, in order, whatever the broker did to them.

Promise: each (source, position) takes effect once. One transaction locks the checkpoint of the source, drops what is at or
below it, applies the contiguous run that follows and advances. Beyond a gap the owner is asked for the missing pages. Live
delivery, catch-up and rebuild all end in `Projection.apply`.

An event that cannot be applied becomes a dead letter, with the later events of its subject behind it, and all others go on.
A changed epoch, or a checkpoint beyond the owner's head, stops the projection: what is there is never silently overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
import structlog

from chassis.clock import Clock
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.inbox import checkpoints, dead_letters
from chassis.inbox.checkpoints import STOPPED, Checkpoint
from chassis.inbox.dead_letters import BLOCKED, raw_to_dead_letter, to_dead_letter
from chassis.storage.database import Database, is_outage
from contracts.envelope import Event, Undecodable
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
        clock: Clock,
        faults: FaultPoints = NO_FAULTS,
        read_models: Sequence[sa.Table] = (),
        version: int = 1,
    ) -> None:
        self.database = database
        self.subscriber = subscriber
        self.source = source
        self.read_models = read_models
        self.version = version
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
        """The position up to which `generation` has applied; 0 when it has no checkpoint."""
        with self.database.read() as connection:
            return checkpoints.position(connection, self.source, generation)

    def reach(self, point: str) -> None:
        """Tell the fault points where the code that feeds this projection stands."""
        self._faults.reach(point)

    def apply(self, events: Iterable[Event], generation: int) -> Outcome:
        """Apply the run of `events` that follows the checkpoint of `generation`, in one transaction."""
        ordered = sorted(
            {event.position: event for event in events}.values(), key=lambda event: event.position
        )
        self._faults.reach("subscription.beforeApply")
        try:
            return self._apply(ordered, generation, bisect=False)
        except Exception as error:
            if is_outage(error):
                raise
            log.warning("projection.bisecting", source=self.source, error=repr(error))
            return self._apply(ordered, generation, bisect=True)

    def _apply(self, ordered: list[Event], generation: int, *, bisect: bool) -> Outcome:
        with self.database.begin() as connection:
            checkpoint = checkpoints.lock(connection, self.source, generation)
            if checkpoint is None or checkpoint.state == STOPPED:
                return Outcome(checkpoint.position if checkpoint else 0, stopped=True)
            new = [event for event in ordered if event.position > checkpoint.position]
            if not new:
                return Outcome(checkpoint.position)
            if checkpoint.epoch is not None and new[0].epoch != checkpoint.epoch:
                return self._stop(
                    connection, checkpoint, f"the journal of {self.source} has a new epoch {new[0].epoch}"
                )
            run = _contiguous(new, checkpoint.position)
            if not run:
                return Outcome(checkpoint.position, gap=True)
            self._project_or_park(Batch(connection, generation, run), bisect=bisect)
            self._faults.reach("subscription.applied")
            checkpoints.update(
                connection,
                self.source,
                generation,
                epoch=run[-1].epoch,
                position=run[-1].position,
                event_time=run[-1].time,
                updated_at=self._clock.now(),
                **self._filled(checkpoint, run[-1].position),
            )
        self._faults.reach("subscription.committed")
        _log_applied(self.source, run)
        return Outcome(run[-1].position, gap=len(run) < len(new))

    def _filled(self, checkpoint: Checkpoint, position: int) -> dict[str, int]:
        """What the checkpoint says of the form of its read models once they are filled up to `position`."""
        if not checkpoint.filled_by(self.version):
            return {}
        return {"version": self.version, "version_position": position}

    def _project_or_park(self, run: Batch, *, bisect: bool) -> None:
        """Project what can be projected and keep the rest as dead letters; with `bisect`, find the culprit by halving."""
        blocked = dead_letters.blocked_subjects(run.connection, self.source, run.generation)
        good: list[Event] = []
        letters: list[dict[str, Any]] = []
        for event in run.events:
            if event.subject in blocked:
                letters.append(self._letter(event, run.generation, BLOCKED))
            elif event.type not in EVENTS:
                blocked.add(event.subject)
                letters.append(self._letter(event, run.generation, f"unknown event type {event.type}"))
            else:
                good.append(event)
        if good and bisect:
            letters += self._bisect(replace(run, events=good), blocked)
        elif good:
            self._project(replace(run, events=good))
        dead_letters.add(run.connection, letters)

    def _bisect(self, run: Batch, blocked: set[str]) -> list[dict[str, Any]]:
        """Apply `run` in order, in savepoints; returns the dead letters."""
        letters = [
            self._letter(event, run.generation, BLOCKED) for event in run.events if event.subject in blocked
        ]
        events = [event for event in run.events if event.subject not in blocked]
        if not events:
            return letters
        try:
            with run.connection.begin_nested():
                self._project(replace(run, events=events))
            return letters
        except Exception as error:
            if is_outage(error):
                raise
            if len(events) == 1:
                blocked.add(events[0].subject)
                log.error(
                    "projection.deadLetter",
                    source=self.source,
                    position=events[0].position,
                    traceparent=events[0].traceparent,
                    error=repr(error),
                )
                reason = f"{type(error).__name__}: {error}"
                return [*letters, self._letter(events[0], run.generation, reason)]
        middle = len(events) // 2
        letters += self._bisect(replace(run, events=events[:middle]), blocked)
        return letters + self._bisect(replace(run, events=events[middle:]), blocked)

    def keep_undecodable(self, body: str, error: Undecodable) -> None:
        """Keep a message that is not an event. Where it stood in for one, the gap brings the event from the journal."""
        with self.database.begin() as connection:
            dead_letters.add(
                connection, [raw_to_dead_letter(self.source, body, str(error), self._clock.now())]
            )

    def reconcile_head(self, epoch: str, position: int, generation: int, *, before: int) -> Outcome:
        """Hold the owner's head against the checkpoint: is something missing, or is the journal another one?

        `before` is the checkpoint's position before the owner was asked: while the answer was under way, events that are
        newer than it may have been applied, and that is no alarm.
        """
        with self.database.begin() as connection:
            checkpoint = checkpoints.lock(connection, self.source, generation)
            if checkpoint is None or checkpoint.state == STOPPED:
                return Outcome(checkpoint.position if checkpoint else 0, stopped=True)
            if checkpoint.epoch is not None and checkpoint.epoch != epoch:
                return self._stop(
                    connection, checkpoint, f"the journal of {self.source} has a new epoch {epoch}"
                )
            if position < before:
                return self._stop(
                    connection, checkpoint, f"the journal of {self.source} ends before the checkpoint"
                )
            checkpoints.update(
                connection,
                self.source,
                generation,
                head=position,
                head_seen_at=self._clock.now(),
                epoch=epoch,
            )
            return Outcome(checkpoint.position, gap=position > checkpoint.position)

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

    def _stop(self, connection: sa.Connection, checkpoint: Checkpoint, reason: str) -> Outcome:
        reason = f"{reason}; {REMEDY.format(service=self.subscriber, source=self.source)}"
        log.error("projection.stopped", source=self.source, reason=reason)
        checkpoints.update(
            connection,
            self.source,
            checkpoint.generation,
            state=STOPPED,
            reason=reason,
            updated_at=self._clock.now(),
        )
        return Outcome(checkpoint.position, stopped=True)

    def _letter(self, event: Event, generation: int, error: str) -> dict[str, Any]:
        return to_dead_letter(self.source, generation, event, error, self._clock.now())


def _log_applied(source: str, run: list[Event]) -> None:
    """Leave the traces of a small run in a machine's log; of a long one, which is a catch-up, only where it stood."""
    traces = list({event.traceparent: None for event in run}) if len(run) <= TRACES else None
    log.debug(
        "projection.applied", source=source, first=run[0].position, last=run[-1].position, traces=traces
    )


def _contiguous(events: list[Event], position: int) -> list[Event]:
    """The part of `events`, ordered by position, that follows `position` without a hole."""
    for index, event in enumerate(events):
        if event.position != position + index + 1:
            return events[:index]
    return events
