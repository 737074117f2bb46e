"""Applies another service's events exactly once, in order, whatever the broker did to them.

Promise: each (source, position) takes effect once. One transaction locks the checkpoint of the source, drops what is at or
below it, applies the contiguous run that follows and advances. Beyond a gap the owner is asked for the missing pages. Live
delivery, catch-up and rebuild all end in `Subscription.apply`.

An event that cannot be applied is parked with the later events of its subject, and all others go on. A changed epoch, or a
checkpoint beyond the owner's head, stops the subscription: what is there is never silently overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
import structlog

from chassis.clock import Clock
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.inbox import checkpoints
from chassis.inbox.checkpoints import STOPPED
from chassis.storage.database import Database, is_outage
from chassis.storage.tables import parked
from contracts.envelope import Event, Undecodable
from contracts.events import EVENTS

log = structlog.get_logger(__name__)

TRACES = 10
"""Events of a run whose traces are logged."""

BEHIND = "waits behind an earlier event of the same subject"
WAY_OUT = "run `digipunt events rebuild {service} --source {source}` to build its figures anew from that journal as it is now"


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


class Subscription:
    """The checkpoint and the read models of `source` in one subscriber's database."""

    def __init__(
        self,
        database: Database,
        *,
        subscriber: str,
        source: str,
        clock: Clock,
        faults: FaultPoints = NO_FAULTS,
        read_models: Sequence[sa.Table] = (),
    ) -> None:
        self.database = database
        self.subscriber = subscriber
        self.source = source
        self.read_models = read_models
        self._clock = clock
        self._faults = faults

    def prepare(self) -> int:
        """The active generation; makes the checkpoint when this is the first start."""
        with self.database.read() as connection:
            checkpoint = checkpoints.read(connection, self.source)
        if checkpoint is None:
            with self.database.begin() as connection:
                checkpoints.ensure(connection, self.database.dialect, self.source, self._clock.now())
                checkpoint = checkpoints.read(connection, self.source)
        return int(checkpoint.generation)

    def position(self, generation: int) -> int:
        """The position up to which `generation` has applied; 0 when it has no checkpoint."""
        with self.database.read() as connection:
            return checkpoints.position(connection, self.source, generation)

    def reach(self, point: str) -> None:
        """Tell the fault points where the code that feeds this subscription stands."""
        self._faults.reach(point)

    def apply(self, events: Iterable[Event], generation: int, project: Project) -> Outcome:
        """Apply the run of `events` that follows the checkpoint of `generation`, in one transaction."""
        ordered = sorted(
            {event.position: event for event in events}.values(), key=lambda event: event.position
        )
        self._faults.reach("subscription.beforeApply")
        try:
            return self._apply(ordered, generation, project, careful=False)
        except Exception as error:
            if is_outage(error):
                raise
            log.warning("a batch is applied event by event", source=self.source, error=repr(error))
            return self._apply(ordered, generation, project, careful=True)

    def _apply(self, ordered: list[Event], generation: int, project: Project, *, careful: bool) -> Outcome:
        with self.database.begin() as connection:
            checkpoint = checkpoints.lock(connection, self.database.dialect, self.source, generation)
            if checkpoint is None or checkpoint.state == STOPPED:
                return Outcome(checkpoint.position if checkpoint else 0, stopped=True)
            new = [event for event in ordered if event.position > checkpoint.position]
            if not new:
                return Outcome(checkpoint.position)
            if checkpoint.epoch is not None and new[0].epoch != checkpoint.epoch:
                self._stop(
                    connection, checkpoint, f"the journal of {self.source} has a new epoch {new[0].epoch}"
                )
                return Outcome(checkpoint.position, stopped=True)
            run = _contiguous(new, checkpoint.position)
            if not run:
                return Outcome(checkpoint.position, gap=True)
            self._take(Batch(connection, generation, run), project, careful=careful)
            self._faults.reach("subscription.applied")
            checkpoints.update(
                connection,
                self.source,
                generation,
                epoch=run[-1].epoch,
                position=run[-1].position,
                event_time=run[-1].time,
                updated_at=self._clock.now(),
            )
        self._faults.reach("subscription.committed")
        _tell(self.source, run)
        return Outcome(run[-1].position, gap=len(run) < len(new))

    def _take(self, run: Batch, project: Project, *, careful: bool) -> None:
        """Project what can be projected and park the rest; when `careful`, find the culprit by halving."""
        blocked = checkpoints.parked_subjects(run.connection, self.source, run.generation)
        good: list[Event] = []
        aside: list[dict[str, Any]] = []
        for event in run.events:
            if event.subject in blocked:
                aside.append(self._aside(event, run.generation, BEHIND))
            elif event.type not in EVENTS:
                blocked.add(event.subject)
                aside.append(self._aside(event, run.generation, f"unknown event type {event.type}"))
            else:
                good.append(event)
        if good and careful:
            aside += self._halve(replace(run, events=good), project, blocked)
        elif good:
            project(replace(run, events=good))
        checkpoints.park(run.connection, aside)

    def _halve(self, run: Batch, project: Project, blocked: set[str]) -> list[dict[str, Any]]:
        """Apply `run` in order, in savepoints; returns the rows to park."""
        aside = [
            self._aside(event, run.generation, BEHIND) for event in run.events if event.subject in blocked
        ]
        events = [event for event in run.events if event.subject not in blocked]
        if not events:
            return aside
        try:
            with run.connection.begin_nested():
                project(replace(run, events=events))
            return aside
        except Exception as error:
            if is_outage(error):
                raise
            if len(events) == 1:
                blocked.add(events[0].subject)
                log.error(
                    "event parked",
                    source=self.source,
                    position=events[0].position,
                    traceparent=events[0].traceparent,
                    error=repr(error),
                )
                return [*aside, self._aside(events[0], run.generation, f"{type(error).__name__}: {error}")]
        middle = len(events) // 2
        aside += self._halve(replace(run, events=events[:middle]), project, blocked)
        return aside + self._halve(replace(run, events=events[middle:]), project, blocked)

    def park_raw(self, body: str, error: Undecodable) -> None:
        """Keep a message that is no event. Where it stood in for one, the gap brings the event from the journal."""
        with self.database.begin() as connection:
            checkpoints.park(
                connection,
                [
                    {
                        "source": self.source,
                        "generation": 0,
                        "body": body,
                        "error": str(error),
                        "parked_at": self._clock.now(),
                    }
                ],
            )

    def saw_head(self, epoch: str, position: int, generation: int, *, before: int) -> Outcome:
        """Hold the owner's head against the checkpoint: is something missing, or is the journal another one?

        `before` is the checkpoint's position before the owner was asked: while the answer was under way, events that are
        newer than it may have been applied, and that is no alarm.
        """
        with self.database.begin() as connection:
            checkpoint = checkpoints.lock(connection, self.database.dialect, self.source, generation)
            if checkpoint is None or checkpoint.state == STOPPED:
                return Outcome(checkpoint.position if checkpoint else 0, stopped=True)
            if checkpoint.epoch is not None and checkpoint.epoch != epoch:
                self._stop(connection, checkpoint, f"the journal of {self.source} has a new epoch {epoch}")
                return Outcome(checkpoint.position, stopped=True)
            if position < before:
                self._stop(connection, checkpoint, f"the journal of {self.source} ends before the checkpoint")
                return Outcome(checkpoint.position, stopped=True)
            checkpoints.update(
                connection,
                self.source,
                generation,
                head=position,
                head_seen_at=self._clock.now(),
                epoch=epoch,
            )
            return Outcome(checkpoint.position, gap=position > checkpoint.position)

    def retry(self, project: Project, subject: str | None = None) -> tuple[int, int]:
        """Apply parked events again, in order, subject by subject; returns how many were applied and how many stay."""
        with self.database.read() as connection:
            checkpoint = checkpoints.read(connection, self.source)
            subjects = (
                checkpoints.parked_subjects(connection, self.source, checkpoint.generation)
                if checkpoint
                else ()
            )
        applied = 0
        for each in sorted(subjects):
            if subject in (None, each):
                applied += self._retry_subject(project, each, checkpoint.generation)
        with self.database.read() as connection:
            left = connection.execute(
                sa.select(sa.func.count()).select_from(parked).where(parked.c.source == self.source)
            ).scalar_one()
        return applied, left

    def _retry_subject(self, project: Project, subject: str, generation: int) -> int:
        applied = 0
        with self.database.begin() as connection:
            checkpoints.lock(connection, self.database.dialect, self.source, generation)
            rows = connection.execute(
                sa.select(parked)
                .where(
                    parked.c.source == self.source,
                    parked.c.generation == generation,
                    parked.c.subject == subject,
                )
                .order_by(parked.c.position)
            ).all()
            for row in rows:
                try:
                    event = Event.decode(row.body)
                    if event.type not in EVENTS:
                        raise LookupError(f"unknown event type {event.type}")
                    with connection.begin_nested():
                        project(Batch(connection, generation, [event]))
                except Exception as error:
                    if is_outage(error):
                        raise
                    reason = f"{type(error).__name__}: {error}"
                    connection.execute(sa.update(parked).where(parked.c.id == row.id).values(error=reason))
                    break
                connection.execute(sa.delete(parked).where(parked.c.id == row.id))
                applied += 1
        return applied

    def _stop(self, connection: sa.Connection, checkpoint: Any, reason: str) -> None:
        reason = f"{reason}; {WAY_OUT.format(service=self.subscriber, source=self.source)}"
        log.error("subscription stopped", source=self.source, reason=reason)
        checkpoints.update(
            connection,
            self.source,
            checkpoint.generation,
            state=STOPPED,
            reason=reason,
            updated_at=self._clock.now(),
        )

    def _aside(self, event: Event, generation: int, error: str) -> dict[str, Any]:
        return {
            "source": self.source,
            "generation": generation,
            "position": event.position,
            "subject": event.subject,
            "type": event.type,
            "body": event.encode(),
            "error": error,
            "parked_at": self._clock.now(),
        }


def _tell(source: str, run: list[Event]) -> None:
    """Leave the traces of a small run in a machine's log; of a long one, which is a catch-up, only where it stood."""
    traces = list({event.traceparent: None for event in run}) if len(run) <= TRACES else None
    log.debug("events applied", source=source, first=run[0].position, last=run[-1].position, traces=traces)


def _contiguous(events: list[Event], position: int) -> list[Event]:
    """The part of `events`, ordered by position, that follows `position` without a hole."""
    for index, event in enumerate(events):
        if event.position != position + index + 1:
            return events[:index]
    return events
