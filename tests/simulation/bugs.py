"""Bugs put in on purpose, each in the place of something real: what shows that the simulation can find them.

`scripts/simulate --bug NAME` runs with one of them. Each function replaces a method or a function; `put_in` takes it out
again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from chassis.inbox import checkpoints, dead_letters, projection, remote_journal
from chassis.inbox.projection import Outcome, Projection
from chassis.inbox.remote_journal import RemoteJournal
from chassis.inbox.session import ConsumerSession
from chassis.inbox.succession import Succession, succession
from chassis.outbox.journal import Journal
from chassis.outbox.relay import Relay
from chassis.storage.tables import journal_head
from contracts.envelope import Event
from contracts.events import EVENTS

Replace = Callable[[object, str, Any], None]


def ack_before_commit(replace: Replace) -> None:
    """A batch is acknowledged when it arrives, and then applied."""
    handle = ConsumerSession._handle

    def early(self: ConsumerSession, messages: list[Any]) -> None:
        self._connection.channel.ack(messages[-1].delivery_tag)
        handle(self, messages)

    replace(ConsumerSession, "_handle", early)


def mark_before_confirm(replace: Replace) -> None:
    """What was sent is marked as published before the broker has confirmed it."""

    class Hasty:
        """A publisher that marks when it has sent."""

        def __init__(self, owner: Relay, publisher: Any) -> None:
            self._owner, self._publisher = owner, publisher

        def __getattr__(self, name: str) -> Any:
            return getattr(self._publisher, name)

        def send(self, messages: Any) -> None:
            self._publisher.send(messages)
            journal = self._owner._journal
            journal.mark_published(journal.head().published + len(messages))

    connected = Relay._connected
    replace(Relay, "_connected", lambda self: Hasty(self, connected(self)))


def checkpoint_before_apply(replace: Replace) -> None:
    """The checkpoint moves in a transaction of its own, before the events are applied."""
    apply = Projection._apply

    def early(self: Projection, events: list[Event], generation: int, *more: Any, **options: Any) -> Outcome:
        with self.database.begin() as connection:
            found = checkpoints.lock(connection, self.source, generation)
            run = succession(found, events, set).run if found else []
            if run:
                last = run[-1]
                moved = {"epoch": last.epoch, "position": last.position, "event_id": last.id}
                checkpoints.update(
                    connection, self.source, generation, event_id_position=last.position, **moved
                )
        if run:
            with self.database.begin() as connection:
                self._project(projection.Batch(connection, generation, run))
        return apply(self, events, generation, *more, **options)

    replace(Projection, "_apply", early)


def epoch_of_the_last_event(replace: Replace) -> None:
    """A batch is taken for one of its last event's epoch: what came before it by position is not looked at."""

    def careless(checkpoint: Any, events: Any, *more: Any, **options: Any) -> Succession:
        at = {event.position: event for event in reversed(events)}
        run: list[Event] = []
        while checkpoint.position + len(run) + 1 in at:
            run.append(at[checkpoint.position + len(run) + 1])
        if checkpoint.epoch is None or not run or run[0].epoch != checkpoint.epoch:
            return succession(checkpoint, events, *more, **options)
        return Succession(run, gap=max(at) > run[-1].position)

    replace(projection, "succession", careless)


def predecessor_not_checked(replace: Replace) -> None:
    """Events follow one another by their positions alone."""

    def blind(checkpoint: Any, events: Any, *more: Any, **options: Any) -> Succession:
        free = [event._replace(previousid=None) for event in events]
        return succession(_without_id(checkpoint), free, *more, **options)

    reconcile = Projection.reconcile_head
    replace(projection, "succession", blind)
    replace(
        Projection,
        "reconcile_head",
        lambda self, head, *more, **options: reconcile(self, _headless(head), *more, **options),
    )


def lease_never_lost(replace: Replace) -> None:
    """A relay that died holds the lease for ever."""
    claim = Journal.claim_and_stamp

    def jealous(self: Journal, relay: str, limit: int) -> Any:
        with self.database.begin() as connection:
            connection.execute(sa.update(journal_head).values(relay_until=sa.null()))
        return claim(self, relay, limit)

    replace(Journal, "claim_and_stamp", jealous)


def dead_letter_twice(replace: Replace) -> None:
    """A dead letter is applied in one transaction and taken away in the next."""

    def careless(self: Projection, subject: str | None = None) -> tuple[int, int]:
        with self.database.read() as connection:
            found = checkpoints.find(connection, self.source)
            generation = found.generation if found else 0
            blocked = dead_letters.blocked_subjects(connection, self.source, generation)
        applied = sum(one(self, generation, each) for each in sorted(blocked) if subject in (None, each))
        with self.database.read() as connection:
            return applied, dead_letters.count(connection, self.source)

    def one(self: Projection, generation: int, subject: str) -> int:
        with self.database.read() as connection:
            letters = dead_letters.of_subject(connection, self.source, generation, subject)
        for id, body in letters:
            event = Event.decode(body)
            if event.type not in EVENTS:
                return 0
            try:
                with self.database.begin() as connection:
                    self._project(projection.Batch(connection, generation, [event]))
            except ValueError:
                return 0
            with self.database.begin() as connection:
                dead_letters.remove(connection, id)
        return len(letters)

    replace(Projection, "retry", careless)


def gap_taken_as_end(replace: Replace) -> None:
    """Beyond a gap there is nothing more to be had: nobody asks the owner for it."""

    def content(method: Any) -> Any:
        def without(self: Projection, *more: Any, **options: Any) -> Outcome:
            outcome: Outcome = method(self, *more, **options)
            return Outcome(outcome.position, gap=False, stopped=outcome.stopped)

        return without

    replace(Projection, "apply", content(Projection.apply))
    replace(Projection, "reconcile_head", content(Projection.reconcile_head))


def dropped_redelivery(replace: Replace) -> None:
    """What is delivered again is taken for done."""
    handle = ConsumerSession._handle

    def forgetful(self: ConsumerSession, messages: list[Any]) -> None:
        new = [each for each in messages if not each.delivery_info["redelivered"]]
        if new:
            handle(self, new)

    replace(ConsumerSession, "_handle", forgetful)


def head_from_memory(replace: Replace) -> None:
    """The owner's head is asked for once, and remembered."""
    head = RemoteJournal.head

    def remembered(self: RemoteJournal) -> Any:
        found = vars(self).setdefault("remembered", [])
        if not found:
            found.append(head(self))
        return found[0]

    replace(RemoteJournal, "head", remembered)


def _without_id(checkpoint: Any) -> Any:
    return replace(checkpoint, event_id=None)


def _headless(head: remote_journal.Head) -> remote_journal.Head:
    return replace(head, id=None)


BUGS: dict[str, Callable[[Replace], None]] = {
    each.__name__.replace("_", "-"): each
    for each in (
        ack_before_commit, mark_before_confirm, checkpoint_before_apply, epoch_of_the_last_event, predecessor_not_checked,
        lease_never_lost, dead_letter_twice, gap_taken_as_end, dropped_redelivery, head_from_memory,
    )
}  # fmt: skip


@contextmanager
def put_in(name: str | None) -> Iterator[None]:
    """Within, the code has this bug; None is none."""
    before: list[tuple[object, str, Any]] = []

    def replace_one(owner: object, attribute: str, value: Any) -> None:
        before.append((owner, attribute, getattr(owner, attribute)))
        setattr(owner, attribute, value)

    try:
        if name is not None:
            BUGS[name](replace_one)
        yield
    finally:
        for owner, attribute, value in reversed(before):
            setattr(owner, attribute, value)
