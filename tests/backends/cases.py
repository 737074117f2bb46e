"""What a deployment promises on every backend. One suite, inherited by `test_memory.py` and `test_servers.py`."""

from __future__ import annotations

import random
from uuid import uuid4

import eventlet
import pytest
import sqlalchemy as sa

from chassis.broker.rpc_client import CALL_TIMEOUT
from chassis.inbox.checkpoints import STOPPED
from tests.backends.counting import (
    REGISTERED,
    VOIDED,
    Counting,
    Owner,
    counted,
    journal_of,
    register,
    visit,
)
from tests.backends.deployment import Backend, oracle, wait_until


class BackendCases:
    """Inherit, and give a `backend` fixture."""

    @pytest.fixture(autouse=True)
    def _no_defects(self):
        Counting.refuses = set()

    def test_what_is_recorded_is_counted_once(self, backend: Backend):
        """A recorded visit reaches the read model, once."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax", times=3)
            wait_until(lambda: counted(subscriber) == {"tax": 3}, "three visits")
            oracle(owner, subscriber)

    def test_what_is_rolled_back_was_never_said(self, backend: Backend):
        """A command that fails leaves no event behind."""
        with backend.both() as (owner, subscriber):

            def fail() -> None:
                with owner.unit_of_work() as uow:
                    event = {"visit": visit(uow.new_id())}
                    uow.record(REGISTERED, "visits/x", event, version=1, municipality="24107")
                    raise LookupError

            with pytest.raises(LookupError):
                fail()
            register(owner, "health")
            wait_until(lambda: counted(subscriber) == {"health": 1}, "the visit that was committed")
            assert len(journal_of(owner)) == 1

    def test_positions_have_no_hole_under_many_writers(self, backend: Backend):
        """Eight writers at once, and the journal still counts 1, 2, 3 …"""
        with backend.both() as (owner, subscriber):
            writers = [eventlet.spawn(lambda: [register(owner, "tax") for _ in range(40)]) for _ in range(8)]
            for writer in writers:
                writer.wait()
            wait_until(lambda: counted(subscriber) == {"tax": 320}, "320 visits")
            assert [event.position for event in journal_of(owner)] == list(range(1, 321))
            oracle(owner, subscriber)

    def test_a_subscriber_that_was_away_catches_up(self, backend: Backend):
        """With the subscriber stopped and its queue deleted, nothing is missing when it is back."""
        with backend.both() as (owner, _):
            register(owner, "tax", times=5)
        backend.drop_queue()
        with backend.running(Owner) as runner:
            for _ in range(5):
                register(runner.applications["visits"], "health", times=500)
        with backend.both() as (owner, subscriber):
            wait_until(lambda: counted(subscriber) == {"tax": 5, "health": 2500}, "everything")
            oracle(owner, subscriber)

    def test_what_is_in_the_queue_is_applied_while_its_owner_is_away(self, backend: Backend):
        """A subscriber needs the owner for what the broker lost, and for nothing else."""
        with backend.both() as (owner, _):
            register(owner, "tax", times=5)
        with backend.running(Owner) as runner:
            owner = runner.applications["visits"]
            register(owner, "health", times=20)
            wait_until(lambda: owner.journal.waiting() == 0, "the relay")
        with backend.running(Counting) as runner:
            subscriber = runner.applications["reporting"]
            everything = {"tax": 5, "health": 20}
            wait_until(lambda: counted(subscriber) == everything, "what waits in the queue", CALL_TIMEOUT / 2)

    def test_duplicates_and_disorder_take_effect_once(self, backend: Backend):
        """Messages sent twice and shuffled are counted once, in the order of their subject."""
        with backend.running(Owner) as runner:
            owner = runner.applications["visits"]
            for _ in range(4):
                register(owner, "tax", times=500)
            wait_until(lambda: owner.journal.waiting() == 0, "the relay")
            events = journal_of(owner)
        chance = random.Random(7)
        messages = [(event.type, event.encode()) for event in events]
        messages += chance.sample(messages, len(messages) * 3 // 10)
        windows = [messages[start : start + 500] for start in range(0, len(messages), 500)]
        with backend.both() as (owner, subscriber):
            for window in windows:
                chance.shuffle(window)
                backend.publish(window)
            wait_until(lambda: counted(subscriber) == {"tax": 2000}, "2,000 visits")
            oracle(owner, subscriber)

    def test_an_undecodable_message_is_kept_and_harms_nobody(self, backend: Backend):
        """Bad JSON is parked raw; what follows is counted."""
        with backend.both() as (owner, subscriber):
            backend.publish([(REGISTERED, '{"specversion": "1.0", "id": ')])
            register(owner, "tax")
            wait_until(lambda: counted(subscriber) == {"tax": 1}, "the good visit")
            wait_until(lambda: subscriber.parked(), "the parked message")
            assert subscriber.parked()[0]["position"] is None

    def test_a_poisonous_event_waits_alone_and_is_applied_after_the_mend(self, backend: Backend):
        """An event that cannot be applied is parked with its subject's later ones; a retry applies them in order."""
        Counting.refuses = {"skillsCheck"}
        with backend.both() as (owner, subscriber):
            register(owner, "tax", times=100)
            with owner.unit_of_work() as uow:
                id = uow.new_id()
                data = {"visit": visit(id, "skillsCheck")}
                uow.record(REGISTERED, f"visits/{id}", data, version=1, municipality="24107")
            with owner.unit_of_work() as uow:
                data = {"visit": visit(id, "skillsCheck"), "reason": "test"}
                uow.record(VOIDED, f"visits/{id}", data, version=2, municipality="24107")
            register(owner, "tax", times=100)
            wait_until(lambda: counted(subscriber) == {"tax": 200}, "all the others")
            wait_until(lambda: len(subscriber.parked()) == 2, "two parked events")
            oracle(owner, subscriber)
            assert subscriber.retry_parked() == {"applied": 0, "left": 2}
            Counting.refuses = set()
            assert subscriber.retry_parked() == {"applied": 2, "left": 0}
            assert counted(subscriber) == {"tax": 200, "skillsCheck": 0}
            oracle(owner, subscriber)

    def test_an_event_type_of_tomorrow_is_parked_today(self, backend: Backend):
        """A type that this release does not know is set aside, not lost and not fatal."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax")
            with owner.database.begin() as connection:
                connection.execute(
                    sa.text("UPDATE journal SET type = 'be.digipunt.visits.v2.visits.notify.registered'")
                )
            register(owner, "tax")
            wait_until(lambda: sum(counted(subscriber).values()) + len(subscriber.parked()) == 2, "both")
            register(owner, "health")
            wait_until(lambda: counted(subscriber).get("health") == 1, "the next one")

    def test_a_restored_owner_raises_an_alarm_and_overwrites_nothing(self, backend: Backend):
        """A new epoch stops the subscription with the way out; the rebuild it names mends it."""
        with backend.both() as (owner, subscriber):
            register(owner, "tax", times=10)
            wait_until(lambda: counted(subscriber) == {"tax": 10}, "the first visits")
            with owner.database.begin() as connection:
                connection.execute(sa.text("UPDATE journal_head SET epoch = :e"), {"e": uuid4().hex})
            register(owner, "health")
            status = wait_until(
                lambda: [s for s in subscriber.subscriptions_status() if s["state"] == STOPPED], "the alarm"
            )
            assert "digipunt events rebuild reporting" in status[0]["reason"]
            assert counted(subscriber) == {"tax": 10}
            subscriber.request_rebuild("visits")
            wait_until(lambda: counted(subscriber) == {"tax": 10, "health": 1}, "the rebuilt figures")
            register(owner, "health")
            wait_until(lambda: counted(subscriber).get("health") == 2, "the subscription to go on")
            wait_until(lambda: subscriber.subscriptions_status()[0]["rebuilding"] is None, "the end of it")

    def test_figures_answer_while_they_are_rebuilt(self, backend: Backend):
        """During a rebuild the old figures stand, new visits come in, and the new ones are equal."""
        with backend.both() as (owner, subscriber):
            for _ in range(10):
                register(owner, "tax", times=500)
            wait_until(lambda: counted(subscriber) == {"tax": 5000}, "5,000 visits")
            subscriber.request_rebuild("visits")
            register(owner, "tax")
            while subscriber.subscriptions_status()[0]["rebuilding"]:
                assert counted(subscriber)["tax"] >= 5000
                eventlet.sleep(0.005)
            wait_until(lambda: counted(subscriber) == {"tax": 5001}, "the same and one more")
            wait_until(lambda: _only_one_generation(subscriber), "the old figures to be swept")
            oracle(owner, subscriber)


def _only_one_generation(subscriber) -> bool:
    with subscriber.database.read() as connection:
        return connection.execute(sa.text("SELECT count(DISTINCT generation) FROM counts")).scalar_one() == 1
