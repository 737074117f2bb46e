"""What holds when what arrives is poison, a ghost of a restored past, of a fork, or somebody else's word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.clock import SystemClock
from chassis.inbox.checkpoints import STOPPED
from chassis.inbox.dead_letters import MOST_BYTES
from chassis.inbox.epochs import remember
from chassis.runtime.application import Application
from chassis.runtime.metrics import exposition
from chassis.storage.database import Database
from chassis.storage.tables import checkpoints, journal_head
from contracts.envelope import LONGEST_EVENT, Event
from contracts.events import event_type
from tests.backends.counting import REGISTERED, Owner, counted, journal_of, register, visit
from tests.backends.deployment import Backend, oracle, wait_until

POISON = {
    "a NUL": "\x00",
    "a NUL in an event": '{"specversion": "1.0", "id": "\\u0000"}',
    "half a pair of surrogates": '{"specversion": "1.0", "id": "\\ud800"}',
    "five megabytes": '{"specversion": "1.0", "id": "' + "x" * 5_000_000,
}


class SpineCases:
    """Inherit, and give a `backend` fixture."""

    @pytest.mark.parametrize("poison", POISON)
    def test_poison_of_any_bytes_is_set_aside_once(self, backend: Backend, poison: str):
        """It comes twice, among others that are counted; one dead letter is kept, of a bounded size, until it is dropped."""
        with backend.both() as (owner, subscriber):
            backend.publish([(REGISTERED, POISON[poison])] * 2 + [(REGISTERED, "[]")])
            register(owner, "tax")
            wait_until(lambda: counted(subscriber) == {"tax": 1}, "the good visit")
            wait_until(lambda: len(subscriber.parked()) == 2, "the two bodies")
            backend.publish([(REGISTERED, POISON[poison])])
            register(owner, "tax")
            wait_until(lambda: counted(subscriber) == {"tax": 2}, "what follows")
            assert len(subscriber.parked()) == 2
            with subscriber.database.read() as connection:
                longest = connection.execute(sa.text("SELECT max(length(body)) FROM parked")).scalar_one()
            assert longest <= 4 * MOST_BYTES
            assert parked_metric(subscriber) == 2
            for letter in subscriber.parked():
                subscriber.drop_parked(letter["id"], "a test", "a colleague")
            assert parked_metric(subscriber) == 0
            oracle(owner, subscriber)

    def test_what_another_service_may_tell_is_not_the_sources_to_tell(self, backend: Backend):
        """The type, the source and the deployment of an event are held against the journal that is followed."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax")
            wait_until(lambda: counted(subscriber) == {"tax": 1}, "the first visit")
            next_one = forged_after(journal_of(owner)[-1])
            erased = event_type("loans", "borrowers", "erased")
            forged = [
                next_one._replace(type=erased, data={"borrower": str(uuid4())}),
                next_one._replace(source="urn:digipunt:test:loans"),
                next_one._replace(source="urn:digipunt:other:visits", deployment="other"),
                next_one._replace(deployment="other"),
            ]
            backend.publish([(REGISTERED, event.encode()) for event in forged])
            wait_until(lambda: len(subscriber.parked()) == 4, "all four set aside")
            register(owner, "health")
            wait_until(lambda: counted(subscriber) == {"tax": 1, "health": 1}, "the true event in that place")
            oracle(owner, subscriber)

    def test_a_forged_event_in_the_place_of_the_next_is_seen(self, backend: Backend):
        """It is applied, being all that can be known; the true one of that place raises the alarm, and a rebuild mends it."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax", times=3)
            wait_until(lambda: counted(subscriber) == {"tax": 3}, "the first visits")
            backend.publish([(REGISTERED, forged_after(journal_of(owner)[-1]).encode())])
            register(owner, "health", times=2)
            assert "visits" in alarm(subscriber)
            mend(owner, subscriber, {"tax": 3, "health": 2})

    def test_a_flipped_bit_is_seen(self, backend: Backend):
        """An event that does not continue what was applied stops the subscription."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax")
            wait_until(lambda: counted(subscriber) == {"tax": 1}, "the first visit")
            event = forged_after(journal_of(owner)[-1])
            backend.publish([(REGISTERED, event._replace(previousid=str(uuid4())).encode())])
            assert "has another event at position 1 than was applied" in alarm(subscriber)
            assert counted(subscriber) == {"tax": 1}
            mend(owner, subscriber, {"tax": 1})

    def test_an_older_copy_of_the_journal_is_seen(self, backend: Backend):
        """The copy has the same epoch and has grown past the checkpoint before the subscriber is back; the way out is tried."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax", times=10)
            wait_until(lambda: counted(subscriber) == {"tax": 10}, "the first visits")
        with backend.running(Owner) as runner:
            owner = runner.applications["visits"]
            back_to(owner, 6)
            register(owner, "health", times=20)
            wait_until(lambda: owner.journal.waiting() == 0, "the relay")
        with backend.both() as (owner, subscriber):
            assert "digipunt events rebuild reporting --source visits" in alarm(subscriber)
            assert counted(subscriber) == {"tax": 10}
            mend(owner, subscriber, {"tax": 6, "health": 20})

    def test_an_older_copy_that_has_grown_just_as_far_is_seen(self, backend: Backend):
        """No event tells of it: the last position is the same, and another event stands there."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax", times=10)
            wait_until(lambda: counted(subscriber) == {"tax": 10}, "the first visits")
        with backend.running(Owner) as runner:
            owner = runner.applications["visits"]
            back_to(owner, 6)
            register(owner, "health", times=4)
            wait_until(lambda: owner.journal.waiting() == 0, "the relay")
        backend.drop_queue()
        with backend.both() as (owner, subscriber):
            assert "ends with another event than was applied" in alarm(subscriber)
            mend(owner, subscriber, {"tax": 6, "health": 4})

    def test_ghosts_of_a_restored_past_are_dropped(self, backend: Backend):
        """The queue holds events of the past that a restore discarded, and events since: only these are counted."""
        with restored(backend, lambda epoch: [epoch]) as (owner, subscriber):
            wait_until(
                lambda: counted(subscriber) == {"tax": 10, "health": 5}, "the visits since the restore"
            )
            register(owner, "health")
            wait_until(lambda: counted(subscriber) == {"tax": 10, "health": 6}, "the subscription to go on")
            oracle(owner, subscriber)

    def test_a_batch_never_crosses_an_epoch(self, backend: Backend):
        """Where nobody knows which epoch was left, the mixed queue stops the subscription; a rebuild lets it go on."""
        with restored(backend, lambda epoch: []) as (owner, subscriber):
            assert "has a new epoch" in alarm(subscriber)
            assert counted(subscriber) == {"tax": 10}
            mend(owner, subscriber, {"tax": 10, "health": 5})

    def test_a_journal_of_before_is_a_chain_when_it_is_read(self, backend: Backend):
        """Its events have no predecessor, and its messages neither; what follows continues them."""
        with backend.running(Owner) as runner:
            owner = runner.applications["visits"]
            register(owner, "tax", times=10)
            wait_until(lambda: owner.journal.waiting() == 0, "the relay")
            with owner.database.begin() as connection:
                connection.execute(sa.text("UPDATE journal SET previous_id = NULL"))
            events = journal_of(owner)
        assert [event.previousid for event in events] == [None, *(event.id for event in events[:-1])]
        with backend.both() as (owner, subscriber):
            backend.publish([(event.type, event._replace(previousid=None).encode()) for event in events])
            register(owner, "health", times=2)
            wait_until(lambda: counted(subscriber) == {"tax": 10, "health": 2}, "all of them")
            oracle(owner, subscriber)

    def test_a_journal_that_cannot_be_read_raises_an_alarm(self, backend: Backend):
        """An entry that is longer than any event is tried a few times, not for ever."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax")
            wait_until(lambda: counted(subscriber) == {"tax": 1}, "the first visit")
        with backend.running(Owner) as runner:
            owner = runner.applications["visits"]
            register(owner, "tax")
            wait_until(lambda: owner.journal.waiting() == 0, "the relay")
            with owner.database.begin() as connection:
                connection.execute(
                    sa.text("UPDATE journal SET data = :data WHERE position = 2"),
                    {"data": '{"text": "' + "x" * LONGEST_EVENT + '"}'},
                )
        backend.drop_queue()
        with backend.both() as (owner, subscriber):
            assert "cannot be applied: Undecodable: longer than any event" in alarm(subscriber)


def parked_metric(subscriber: Application) -> float:
    """What Prometheus reads of the dead letters of visits."""
    [line] = [
        line
        for line in exposition(subscriber).decode().splitlines()
        if line.startswith('digipunt_subscription_parked_events{source="visits"}')
    ]
    return float(line.split()[-1])


def alarm(subscriber: Application) -> str:
    """Why the subscription is stopped, once it is."""
    [status] = wait_until(
        lambda: [s for s in subscriber.subscriptions_status() if s["state"] == STOPPED], "the alarm"
    )
    return str(status["reason"])


def mend(owner: Application, subscriber: Application, expected: dict[str, int]) -> None:
    """The documented way out, after which the subscription goes on by itself."""
    subscriber.request_rebuild("visits")
    wait_until(lambda: counted(subscriber) == expected, "the rebuilt figures")
    wait_until(lambda: subscriber.subscriptions_status()[0]["rebuilding"] is None, "the end of the rebuild")
    register(owner, "mobility")
    wait_until(lambda: counted(subscriber) == expected | {"mobility": 1}, "the subscription to go on")
    oracle(owner, subscriber)


def forged_after(last: Event) -> Event:
    """What somebody with the owner's password can make up as the event after `last`."""
    id = str(uuid4())
    return last._replace(
        id=str(uuid4()),
        subject=f"visits/{id}",
        position=last.position + 1,
        previousid=last.id,
        data={"visit": visit(id, "forged")},
    )


def back_to(owner: Application, position: int) -> None:
    """The owner's database as it was at `position`, with the same epoch."""
    with owner.database.begin() as connection:
        connection.execute(sa.text("DELETE FROM journal WHERE position > :p"), {"p": position})
        connection.execute(sa.text("UPDATE journal_head SET position = :p, published = :p"), {"p": position})


@contextmanager
def restored(backend: Backend, left: Callable[[str], list[str]]) -> Iterator[tuple[Application, Application]]:
    """Both are restored at ten visits; thirty of the discarded past and five of since then wait in one queue.

    `left` says which epochs the subscriber knows to be left, by the one of before.
    """
    with backend.both() as (owner, subscriber):
        register(owner, "tax", times=10)
        wait_until(lambda: counted(subscriber) == {"tax": 10}, "the first visits")
    with backend.running(Owner) as runner:
        owner = runner.applications["visits"]
        register(owner, "leisure", times=30)
        wait_until(lambda: owner.journal.waiting() == 0, "the relay")
    with backend.running(Owner) as runner:
        owner = runner.applications["visits"]
        before, after = owner.journal.head().epoch, str(uuid4())
        back_to(owner, 10)
        with owner.database.begin() as connection:
            connection.execute(sa.update(journal_head).values(epoch=after))
        register(owner, "health", times=5)
        wait_until(lambda: owner.journal.waiting() == 0, "the relay")
    database = Database(backend.database_urls["reporting"])
    with database.begin() as connection:
        connection.execute(sa.update(checkpoints).values(epoch=after))
        remember(connection, "visits", left(before), SystemClock().now())
    database.close()
    with backend.both() as (owner, subscriber):
        yield owner, subscriber
