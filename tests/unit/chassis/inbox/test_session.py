"""A session feeds a projection from queue and journal, acknowledges after the commit only, and waits for who is away."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from chassis.broker.rpc_client import RpcUnavailable
from chassis.clock import SystemClock
from chassis.inbox import checkpoints, dead_letters
from chassis.inbox.origin import Origin
from chassis.inbox.projection import Projection
from chassis.inbox.remote_journal import Head, Page
from chassis.inbox.session import ConsumerSession
from chassis.storage import migrations
from chassis.storage.database import Database
from contracts.envelope import Event
from contracts.events import event_type
from tests.backends.counting import Counting
from tests.support.processes import wait_until

REGISTERED = event_type("visits", "visits", "registered")


def id_at(position):
    """The id of the event at this position."""
    return f"0195a1b2-3c4d-7e5f-8a6b-{position:012}"


def event(position, epoch="0195a1b2-3c4d-7e5f-8a6b-000000000001", **more):
    """The event at this position of a journal, about a subject of its own."""
    values = {
        "id": id_at(position),
        "type": REGISTERED,
        "source": "urn:digipunt:test:visits",
        "subject": f"visits/{position}",
        "time": datetime(2026, 3, 4, tzinfo=UTC),
        "data": {},
        "deployment": "test",
        "municipality": None,
        "epoch": epoch,
        "position": position,
        "entityversion": 1,
        "previousid": id_at(position - 1) if position > 1 else None,
    }
    return Event(**values | more)


@dataclass
class Message:
    """A message as the broker hands it out."""

    body: str
    delivery_tag: int


@dataclass
class Connection:
    """A connection and its channel, which remembers what was acknowledged."""

    acked: list[int] = field(default_factory=list)
    declared: list[str] = field(default_factory=list)
    renewed: list[tuple[str, ...]] = field(default_factory=list)
    heartbeats: int = 0
    on_message: object = None

    @property
    def channel(self):
        return self

    def ensure_exchange(self, name):
        self.declared.append(name)

    def declare_queue(self, name, **arguments):
        self.declared.append(name)

    def bind(self, *names):
        pass

    def renew_binding(self, *names):
        self.renewed.append(names)

    def limit_prefetch(self, messages):
        pass

    def consume(self, queue, on_message, **options):
        self.on_message = on_message

    def ack(self, delivery_tag):
        self.acked.append(delivery_tag)

    def drain(self, seconds):
        threading.Event().wait(0.01)

    def heartbeat(self):
        self.heartbeats += 1

    def deliver(self, *bodies):
        for tag, body in enumerate(bodies, 1):
            self.on_message(Message(body, tag))


@dataclass
class Journal:
    """The owner's journal, which may be away."""

    events: list[Event] = field(default_factory=list)
    away: bool = False
    asked: int = 0
    renewed: int = 0

    def renew(self):
        self.renewed += 1

    def head(self):
        self.asked += 1
        if self.away:
            raise RpcUnavailable("visits did not answer")
        last = self.events[-1] if self.events else None
        return Head(last.epoch if last else event(1).epoch, len(self.events), last.id if last else None)

    def pages(self, after, limit):
        if self.away:
            raise RpcUnavailable("visits did not answer")
        if self.events[after:]:
            yield Page(len(self.events), self.events[after : after + limit])

    def cancel(self):
        pass


class Subscriber:
    """A projection on a real database, SQLite unless `url` is another, fed by a session in threads."""

    def __init__(self, folder, url=None):
        url = url or f"sqlite:///{folder / 'subscriber'}.sqlite"
        migrations.upgrade(url, Counting.migrations / "versions")
        self.database = Database(url)
        self.applied = []
        self.fails = None
        self.connection, self.journal = Connection(), Journal()
        self.projection = Projection(
            self.database, subscriber="reporting", source="visits", project=self.project, clock=SystemClock()
        )

    def project(self, batch):
        if self.fails:
            raise self.fails
        self.applied += [each.position for each in batch.events]

    def start(self):
        self.session = ConsumerSession(
            self.projection,
            self.connection,
            self.journal,
            Origin("test", "visits"),
            queue="reporting.visits.events",
            clock=SystemClock(),
        )
        steps = (self.session.work, self.session.watch, self.session.rebuild)
        self.threads = [threading.Thread(target=step) for step in steps]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.session.stop()
        for thread in self.threads:
            thread.join(60)
            assert not thread.is_alive()

    def checkpoint(self):
        with self.database.read() as connection:
            return checkpoints.find(connection, "visits")


@pytest.fixture
def subscriber(tmp_path):
    made = Subscriber(tmp_path)
    yield made
    if hasattr(made, "session"):
        made.stop()
    made.database.close()


def test_what_arrives_is_applied_and_then_acknowledged(subscriber):
    """The acknowledgement follows the commit, and covers all that came before."""
    subscriber.journal.events = [event(1), event(2)]
    subscriber.start()
    subscriber.connection.deliver(event(1).encode(), event(2).encode())
    wait_until(lambda: subscriber.connection.acked, "an acknowledgement")
    assert subscriber.applied == [1, 2]
    subscriber.session.drain(0.01)
    assert subscriber.connection.heartbeats


def test_what_the_broker_lost_is_read_from_the_journal(subscriber):
    """A head beyond the checkpoint is caught up with, although no message came."""
    subscriber.journal.events = [event(n) for n in range(1, 6)]
    subscriber.start()
    wait_until(lambda: subscriber.applied == [1, 2, 3, 4, 5], "the whole journal")


def test_a_hole_in_the_queue_is_filled_before_what_follows_it(subscriber):
    """The second event alone makes the session read the first."""
    subscriber.start()
    wait_until(lambda: subscriber.journal.asked, "the first look at the head")
    subscriber.journal.events = [event(1), event(2)]
    subscriber.connection.deliver(event(2).encode())
    wait_until(lambda: subscriber.applied == [1, 2], "both, in order")


def test_what_the_broker_lost_of_its_own_is_made_again(subscriber):
    """Binding and reply queue are renewed before each question to the owner, also while no answer comes."""
    subscriber.journal.away = True
    subscriber.start()
    wait_until(lambda: subscriber.journal.asked > 2, "a third question")
    assert subscriber.journal.renewed >= 3
    assert set(subscriber.connection.renewed) == {
        ("reporting.visits.events", "visits.events", "be.digipunt.visits.#")
    }


def test_what_follows_is_applied_while_a_catch_up_waits_for_the_owner(subscriber):
    """The second event arrives before the first, and the owner is away: neither holds the third up."""
    subscriber.journal.events = [event(1)]
    subscriber.start()
    wait_until(lambda: subscriber.applied == [1], "the first event")
    subscriber.journal.away = True
    subscriber.connection.deliver(event(3).encode())
    wait_until(lambda: subscriber.connection.acked, "the event beyond the gap to be let go of")
    subscriber.connection.deliver(event(2).encode(), event(3).encode())
    wait_until(lambda: subscriber.applied == [1, 2, 3], "what follows")
    subscriber.connection.deliver(event(5).encode())
    wait_until(lambda: len(subscriber.connection.acked) == 3, "another one beyond a gap")
    subscriber.journal.events, subscriber.journal.away = [event(n) for n in range(1, 6)], False
    wait_until(lambda: subscriber.applied == [1, 2, 3, 4, 5], "the owner to be asked")


def test_what_is_in_the_queue_is_applied_while_the_owner_is_away(subscriber):
    """Its absence is waited out; when it is back, the head is looked at again."""
    subscriber.journal.away = True
    subscriber.start()
    subscriber.connection.deliver(event(1).encode())
    wait_until(lambda: subscriber.applied == [1], "the message")
    wait_until(lambda: subscriber.journal.asked > 1, "a second question")
    subscriber.journal.events, subscriber.journal.away = [event(1), event(2)], False
    wait_until(lambda: subscriber.applied == [1, 2], "the event that no message brought")


@pytest.mark.parametrize("body", ["{", b"\xff\xfe"])
def test_what_is_not_an_event_is_kept_and_acknowledged(subscriber, body):
    """A message of whatever bytes becomes a dead letter, and holds nothing up."""
    subscriber.start()
    subscriber.connection.deliver(body)
    wait_until(lambda: subscriber.connection.acked, "an acknowledgement")
    with subscriber.database.read() as connection:
        [letter] = dead_letters.oldest(connection)
    assert letter["position"] is None


def test_stopped_in_the_middle_of_an_outage_nothing_is_acknowledged(subscriber):
    """What was not applied comes again with the next session."""
    subscriber.fails = sa.exc.OperationalError("SELECT 1", {}, Exception("the database is away"))
    subscriber.start()
    subscriber.connection.deliver(event(1).encode())
    wait_until(lambda: not subscriber.session._messages, "the message to be in hand")
    subscriber.stop()
    assert subscriber.connection.acked == []
    assert subscriber.applied == []


def test_a_rebuild_fills_the_next_generation_and_makes_it_the_active_one(subscriber):
    """The whole journal is applied again beside what is there; then the new generation answers."""
    from chassis.inbox.rebuild import Rebuild

    subscriber.journal.events = [event(n) for n in range(1, 4)]
    subscriber.start()
    wait_until(lambda: subscriber.applied == [1, 2, 3], "the journal")
    before = subscriber.checkpoint().generation
    Rebuild(subscriber.projection, SystemClock()).request()
    subscriber.session.rebuild_requested()
    wait_until(lambda: subscriber.checkpoint().generation != before, "the next generation")
    assert subscriber.applied == [1, 2, 3, 1, 2, 3]


def test_a_hole_in_the_journal_is_an_alarm(subscriber):
    """Its owner has lost an event: nobody waits for it for ever without a word."""
    subscriber.journal.events = [event(1), event(3)]
    subscriber.start()
    wait_until(lambda: subscriber.checkpoint() and subscriber.checkpoint().reason, "the alarm", 5)
    assert "the journal of visits has a hole after position 1" in subscriber.checkpoint().reason
    assert subscriber.applied == [1]


class Reluctant:
    """A rebuild whose journal changes once in the middle, and which is level at the second attempt."""

    def __init__(self):
        self.restarts, self.levels, self.swept = iter([True, False, False]), iter([False, True]), 0

    def due(self):
        return 7

    def restart_if_spoiled(self, generation):
        return next(self.restarts)

    def finish(self, generation, attempt):
        return next(self.levels)

    def sweep(self):
        self.swept += 1


def test_a_rebuild_goes_on_until_it_is_level(subscriber):
    """It is left for the next turn when it begins again, and caught up with once more when it was not level."""
    subscriber.start()
    subscriber.stop()
    subscriber.session._stopping.clear()
    rebuild = subscriber.session._rebuild = Reluctant()
    subscriber.session._fill_next_generation()
    assert list(rebuild.restarts) == [False, False]
    rebuild.restarts = iter([False, False])
    subscriber.session._fill_next_generation()
    assert list(rebuild.levels) == []
    assert rebuild.swept == 1


def test_once_stopped_it_does_nothing_more(subscriber):
    """A step that was about to begin is left."""
    subscriber.start()
    subscriber.stop()
    assert not subscriber.session._until_done("apply", lambda: subscriber.applied.append("too late"))
    assert subscriber.applied == []
