"""A projection takes each position once, stops at what it must not overwrite, and a rebuild begins again when it has to."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from chassis.clock import SystemClock
from chassis.inbox import checkpoints, dead_letters
from chassis.inbox.checkpoints import STOPPED
from chassis.inbox.consumer import Consumer
from chassis.inbox.rebuild import LEVEL_ATTEMPTS, Rebuild
from chassis.inbox.remote_journal import Head
from tests.backends.counting import counts, seen
from tests.unit.chassis.inbox.test_session import Subscriber, event, id_at

OTHER_EPOCH = "0195a1b2-3c4d-7e5f-8a6b-0000000000ff"
AWAY = sa.exc.OperationalError("SELECT 1", {}, Exception("the database is away"))


@pytest.fixture
def subscriber(tmp_path):
    made = Subscriber(tmp_path)
    made.projection.read_models = (counts,)
    made.generation = made.projection.prepare()
    yield made
    made.database.close()


def head(position, epoch=None):
    """The head of a journal with so many events."""
    return Head(epoch or event(1).epoch, position, id_at(position) if position else None)


def letters(subscriber):
    """The positions of the dead letters, and why each is one."""
    with subscriber.database.read() as connection:
        return {each["position"]: each["error"] for each in dead_letters.oldest(connection)}


def test_who_feeds_a_generation_that_was_replaced_feeds_the_next(subscriber):
    """A rebuild in another process has put it in its place; before the first start there is nothing to feed."""
    projection, rebuild = subscriber.projection, Rebuild(subscriber.projection, SystemClock())
    projection.apply([event(1)], subscriber.generation)
    generation = rebuild.request()
    projection.apply([event(1)], generation)
    assert rebuild.finish(generation, 1)
    assert projection.apply([event(2)], subscriber.generation).position == 2
    assert projection.position(generation) == projection.position(subscriber.generation) == 2
    assert projection.reconcile_head(head(3), subscriber.generation, before=2).gap
    projection.stop(subscriber.generation, "has a hole")
    assert subscriber.checkpoint().state == STOPPED


def test_before_the_first_start_nothing_is_applied(tmp_path):
    """There is no checkpoint to apply it after."""
    made = Subscriber(tmp_path)
    assert made.projection.position(1) == 0
    assert made.projection.apply([event(1)], 1).stopped
    assert made.projection.reconcile_head(head(5), 1, before=0).stopped
    assert made.applied == []
    made.database.close()


def test_another_epoch_stops_it_and_it_stays_stopped(subscriber):
    """An event or a head of another journal is applied by nobody; the reason names the remedy."""
    projection, generation = subscriber.projection, subscriber.generation
    projection.apply([event(1)], generation)
    assert projection.apply([event(2, epoch=OTHER_EPOCH)], generation).stopped
    assert projection.apply([event(2)], generation).stopped
    assert projection.reconcile_head(head(2), generation, before=1).stopped
    assert subscriber.applied == [1]
    assert "digipunt events rebuild reporting --source visits" in subscriber.checkpoint().reason


@pytest.mark.parametrize(("epoch", "position"), [(OTHER_EPOCH, 1), (event(1).epoch, 0)])
def test_a_head_of_another_or_a_shorter_journal_stops_it(subscriber, epoch, position):
    """A restored owner is noticed although no event came."""
    subscriber.projection.apply([event(1)], subscriber.generation)
    assert subscriber.projection.reconcile_head(
        head(position, epoch), subscriber.generation, before=1
    ).stopped
    assert subscriber.checkpoint().state == STOPPED


def test_an_unknown_type_and_what_follows_it_wait(subscriber):
    """The subject's later event waits behind it, also one of a later run; another subject goes on."""
    unknown = event(1, type="be.digipunt.visits.v1.visits.notify.unheardOf", subject="visits/a")
    events = [unknown, event(2, subject="visits/a"), event(3)]
    subscriber.projection.apply(events, subscriber.generation)
    subscriber.projection.apply([event(4, subject="visits/a")], subscriber.generation)
    assert subscriber.applied == [3]
    assert sorted(letters(subscriber)) == [1, 2, 4]
    assert subscriber.projection.retry() == (0, 3)


def test_a_culprit_is_found_by_halving(subscriber):
    """One of four raises; its subject's later event waits behind it, and the others are applied."""

    def project(batch):
        if any(each.position == 2 for each in batch.events):
            raise ValueError("a defect")
        subscriber.applied += [each.position for each in batch.events]

    subscriber.projection._project = project
    events = [event(1), event(2, subject="visits/a"), event(3), event(4, subject="visits/a")]
    subscriber.projection.apply(events, subscriber.generation)
    assert subscriber.applied == [1, 3]
    assert letters(subscriber)[2] == "ValueError: a defect"
    assert subscriber.projection.retry("visits/other") == (0, 2)
    assert subscriber.projection.retry("visits/a") == (0, 2)
    subscriber.projection._project = lambda batch: None
    assert subscriber.projection.retry() == (2, 0)


def test_an_outage_is_not_poison(subscriber):
    """A database that is away while the culprit is sought, or while a retry is made, makes no dead letter."""
    calls = []

    def project(batch):
        calls.append(batch)
        raise ValueError("a defect") if len(calls) == 1 else AWAY

    subscriber.projection._project = project
    with pytest.raises(sa.exc.OperationalError):
        subscriber.projection.apply([event(1)], subscriber.generation)
    assert letters(subscriber) == {}
    with subscriber.database.begin() as connection:
        now = datetime.now(UTC)
        letter = dead_letters.to_dead_letter("visits", subscriber.generation, event(1), "a defect", now)
        dead_letters.add(connection, [letter])
    with pytest.raises(sa.exc.OperationalError):
        subscriber.projection.retry()


def test_two_starts_at_once_make_one_checkpoint(subscriber):
    """The second finds what the first made."""
    with subscriber.database.begin() as connection:
        checkpoints.ensure(connection, "visits", datetime.now(UTC))
    assert subscriber.checkpoint().generation == subscriber.generation


def test_a_rebuild_is_requested_once(subscriber):
    """Asked for again while it is under way, it is the same one."""
    rebuild = Rebuild(subscriber.projection, SystemClock())
    assert rebuild.due() is None
    assert rebuild.request() == rebuild.request() == rebuild.due()


def test_a_rebuild_begins_again_when_the_journal_changed_meanwhile(subscriber):
    """What it filled from the journal of before is gone, and its checkpoint is at the beginning."""
    rebuild = Rebuild(subscriber.projection, SystemClock())
    generation = rebuild.request()
    assert not rebuild.restart_if_spoiled(generation)
    subscriber.projection.apply([event(1)], generation)
    subscriber.projection.apply([event(2, epoch=OTHER_EPOCH)], generation)
    assert rebuild.restart_if_spoiled(generation)
    assert subscriber.projection.position(generation) == 0
    assert not rebuild.restart_if_spoiled(99)


def test_two_processes_finish_one_rebuild(subscriber):
    """Both have filled the same generation: the second finds it done, and takes nothing away, whatever became of it since."""
    rebuild, projection = Rebuild(subscriber.projection, SystemClock()), subscriber.projection
    generation = rebuild.request()
    projection.apply([event(1)], generation)
    assert rebuild.finish(generation, 1)
    assert rebuild.finish(generation, 2)
    assert subscriber.checkpoint().generation == generation
    projection.apply([event(2, epoch=OTHER_EPOCH)], generation)
    assert not rebuild.restart_if_spoiled(generation), "what answers is never emptied"
    assert subscriber.checkpoint().state == STOPPED
    after = rebuild.request()
    projection.apply([event(1)], after)
    assert rebuild.finish(after, 1)
    assert rebuild.finish(generation, 1), "it was replaced by then"
    assert subscriber.checkpoint().generation == after


def test_a_rebuild_after_an_alarm_takes_what_the_journal_says_for_newer(subscriber):
    """A mirror had come to a version that the journal of now does not have; a rebuild for another reason doubts nothing."""
    subscriber.projection.mirrors = (seen,)
    rebuild = Rebuild(subscriber.projection, SystemClock())

    def versions():
        with subscriber.database.read() as connection:
            return connection.execute(sa.select(seen.c.version)).scalars().all()

    with subscriber.database.begin() as connection:
        connection.execute(sa.insert(seen).values(generation=1, subject="digipunts/a", version=5, times=1))
    subscriber.projection.apply([event(1)], subscriber.generation)
    generation = rebuild.request()
    assert versions() == [5]
    subscriber.projection.apply([event(1)], generation)
    subscriber.projection.apply([event(2, epoch=OTHER_EPOCH)], generation)
    assert rebuild.restart_if_spoiled(generation)
    assert versions() == [0]


def test_an_alarm_in_the_midst_of_a_rebuild_doubts_the_mirrors_too(subscriber):
    """It was asked for while all was well, and would have become active with what a discarded past had said."""
    subscriber.projection.mirrors = (seen,)
    rebuild = Rebuild(subscriber.projection, SystemClock())
    with subscriber.database.begin() as connection:
        connection.execute(sa.insert(seen).values(generation=1, subject="digipunts/a", version=5, times=1))
    subscriber.projection.apply([event(1)], subscriber.generation)
    generation = rebuild.request()
    subscriber.projection.apply([event(1)], generation)
    subscriber.projection.stop(subscriber.generation, "ends with another event than was applied")
    assert not rebuild.finish(generation, LEVEL_ATTEMPTS)
    assert rebuild.restart_if_spoiled(generation)
    with subscriber.database.read() as connection:
        assert connection.execute(sa.select(seen.c.version)).scalars().all() == [0]
    subscriber.projection.apply([event(1)], generation)
    assert rebuild.finish(generation, 1)


def test_what_another_release_filled_is_rebuilt_by_itself(subscriber):
    """A release without versions moves the position only; on an upgrade, and after a way back, a rebuild is due."""
    rebuild, projection = Rebuild(subscriber.projection, SystemClock()), subscriber.projection
    projection.apply([event(1)], subscriber.generation)
    projection.version = 7
    generation = rebuild.due()
    assert generation is not None
    projection.apply([event(1)], generation)
    assert not rebuild.restart_if_spoiled(generation)
    with subscriber.database.begin() as connection:
        checkpoints.update(connection, "visits", generation, position=2)
    projection.apply([event(3)], generation)
    assert rebuild.restart_if_spoiled(generation)
    projection.apply([event(1)], generation)
    assert rebuild.finish(generation, 1)
    assert rebuild.due() is None


def test_a_stopped_projection_waits_for_somebody(subscriber):
    """An alarm is never answered by a rebuild that nobody asked for."""
    projection = subscriber.projection
    projection.apply([event(1)], subscriber.generation)
    projection.apply([event(2, epoch=OTHER_EPOCH)], subscriber.generation)
    projection.version = 7
    assert Rebuild(projection, SystemClock()).due() is None


def test_a_rebuild_that_is_never_level_becomes_active_in_the_end(subscriber):
    """Under load a small remainder is left to its catch-up."""
    rebuild = Rebuild(subscriber.projection, SystemClock())
    generation = rebuild.request()
    subscriber.projection.apply([event(1)], subscriber.generation)
    assert not rebuild.finish(generation, 1)
    assert rebuild.finish(generation, LEVEL_ATTEMPTS)
    assert subscriber.checkpoint().generation == generation


def consumer(subscriber, url="amqp://127.0.0.1:9"):
    return Consumer(
        subscriber.projection,
        url=url,
        queue="reporting.visits.events",
        deployment="test",
        clock=SystemClock(),
        new_id=lambda: "id",
        spawn=lambda function: None,
    )


def test_a_consumer_without_a_broker_waits_and_tells_so(subscriber):
    """Its readiness is a sentence, a rebuild can be requested, and it stops when told to."""
    waiting = consumer(subscriber)
    assert "the broker does not answer" in waiting.ready()
    assert waiting.status()["state"] == "waiting"
    assert waiting.request_rebuild() == waiting.status()["rebuilding"]["position"] + 2
    # Nothing listens there: the first attempt fails, and the pause after it is when it is stopped.
    waiting._stopping.wait = lambda seconds: waiting.stop()
    waiting.run()
    assert "the broker does not answer" in waiting.ready()


def test_a_head_of_long_ago_is_not_known(subscriber):
    """A minute after the owner's last word there is no lag any more, though what was told of it still counts as behind."""
    journal = Head(event(1).epoch, 5, None)
    generation = subscriber.projection.prepare()
    subscriber.projection.reconcile_head(journal, generation, before=0)
    following = consumer(subscriber)
    status = following.status()
    assert (status["state"], status["head"], status["lag"]) == ("following", 5, 5)
    moved = SystemClock().now() - timedelta(minutes=2)
    with subscriber.database.begin() as connection:
        checkpoints.update(connection, "visits", generation, head_seen_at=moved)
    status = following.status()
    assert (status["state"], status["head"], status["lag"]) == ("waiting", None, None)
    assert following.is_behind()


def test_a_consumer_that_never_started_says_that_it_starts(tmp_path):
    """There is no checkpoint yet, so no position; and a head that was never told is not known, which is not a lag of 0."""
    made = Subscriber(tmp_path)
    status = consumer(made).status()
    assert (status["state"], status["position"], status["head"], status["lag"]) == ("starting", 0, None, None)
    made.database.close()
