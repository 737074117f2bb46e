"""The relay carries what the journal holds, marks what the broker confirmed and nothing else, and never stops for good."""

import threading
import time
from dataclasses import dataclass, field

import pytest

from chassis.outbox.journal import Entry, Head
from chassis.outbox.relay import Relay
from tests.support.processes import wait_until


@dataclass
class Journal:
    """A journal in memory: `recorded` events without a position, `entries` with one."""

    recorded: int = 0
    entries: list[Entry] = field(default_factory=list)
    published: int = 0
    holder: str | None = None
    released: bool = False
    broken: Exception | None = None

    def has_work(self):
        if self.broken:
            raise self.broken
        return self.recorded > 0 or len(self.entries) > self.published

    def claim_and_stamp(self, relay, limit):
        if self.holder not in (None, relay):
            return None
        self.holder = relay
        for _ in range(min(self.recorded, limit)):
            position = len(self.entries) + 1
            self.entries.append(Entry(f"id{position}", position, "a.type", f"body {position}"))
            self.recorded -= 1
        return Head("epoch", len(self.entries), self.published)

    def unpublished(self, head, limit):
        return self.entries[self.published : self.published + limit]

    def mark_published(self, position):
        self.published = position

    def release(self, relay):
        self.released = True


@dataclass
class Publisher:
    """A broker that takes what it is given, unless it is told to refuse so many times."""

    refuse: int = 0
    sent: list[str] = field(default_factory=list)
    connections: int = 0
    closed: int = 0
    kept_alive: int = 0

    def connect(self):
        self.connections += 1
        return self

    def send(self, messages):
        self.sent += [body for _, _, body in messages]

    def confirm(self):
        if self.refuse:
            self.refuse -= 1
            raise OSError("the broker refused a message")

    def keep_alive(self):
        self.kept_alive += 1

    def close(self):
        self.closed += 1


class Clock:
    """A monotonic clock in which every look takes a second."""

    seconds = 0.0

    def monotonic(self):
        self.seconds += 1
        return self.seconds


@pytest.fixture
def running():
    """Starts relays in threads, and stops them at the end."""
    started = []

    def start(journal, publisher):
        relay = Relay(
            journal, exchange="visits.events", connect=publisher.connect, clock=Clock(), new_id=lambda: "me"
        )
        thread = threading.Thread(target=relay.run)
        thread.start()
        started.append((relay, thread))
        return relay

    yield start
    for relay, thread in started:
        relay.stop()
        thread.join(60)
        assert not thread.is_alive()


def test_what_is_recorded_is_published_in_order_and_then_marked(running):
    """Three events get positions, reach the broker in that order, and count as published once it confirmed them."""
    journal, publisher = Journal(recorded=3), Publisher()
    relay = running(journal, publisher)
    wait_until(lambda: journal.published == 3, "three events")
    assert publisher.sent == ["body 1", "body 2", "body 3"]
    wait_until(lambda: relay.state == "running", "the relay to rest")
    wait_until(lambda: publisher.kept_alive, "a heartbeat while it rests")


def test_a_commit_wakes_it(running):
    """What is recorded later goes out when the relay is woken."""
    journal, publisher = Journal(), Publisher()
    relay = running(journal, publisher)
    wait_until(lambda: relay.state == "running", "the relay to rest")
    journal.recorded = 1
    relay.wake()
    wait_until(lambda: journal.published == 1, "the event")


def test_what_the_broker_refuses_is_sent_again_over_a_new_connection(running):
    """Nothing is marked that was not confirmed; the private connection is dropped, and all of it goes out again."""
    journal, publisher = Journal(recorded=2), Publisher(refuse=1)
    running(journal, publisher)
    wait_until(lambda: journal.published == 2, "both events")
    assert publisher.sent == ["body 1", "body 2"] * 2
    assert (publisher.connections, publisher.closed) == (2, 1)


def test_a_database_that_is_away_stops_it_for_a_while_only(running):
    """It says that it waits, and goes on by itself."""
    journal, publisher = Journal(recorded=1, broken=ValueError("no database")), Publisher()
    relay = running(journal, publisher)
    wait_until(lambda: relay.state == "waiting", "the relay to notice")
    journal.broken = None
    wait_until(lambda: journal.published == 1, "the event")


def test_under_load_it_runs_as_soon_as_something_got_through(running):
    """The journal is never empty: what was confirmed after the error says that the broker answers again."""

    class Endless(Journal):
        def has_work(self):
            time.sleep(0.001)  # as a database would, it lets others have a turn
            return True

        def claim_and_stamp(self, relay, limit):
            self.recorded = 1
            return super().claim_and_stamp(relay, limit)

    journal, publisher = Endless(recorded=1), Publisher(refuse=2)
    relay = running(journal, publisher)
    wait_until(lambda: journal.published > 100, "events that get through")
    assert relay.state == "running"


def test_two_relays_take_turns(running):
    """While another one holds the lease, it stands by and publishes nothing."""
    journal, publisher = Journal(recorded=1, holder="another"), Publisher()
    relay = running(journal, publisher)
    wait_until(lambda: relay.state == "standby", "the relay to stand by")
    assert publisher.sent == []


def test_stopped_it_gives_the_lease_back():
    """Then another relay takes over at once; a journal that cannot be reached lets the lease run out."""

    class Unreachable(Journal):
        def release(self, relay):
            raise ValueError("no database")

    for journal in (Journal(), Unreachable()):
        relay = Relay(journal, exchange="x", connect=Publisher().connect, clock=Clock(), new_id=lambda: "me")
        relay.stop()
        relay.run()
    assert not journal.released


def test_what_another_process_published_meanwhile_is_looked_at_again(running):
    """Stamped, and gone when it was to be sent: the relay goes on with what is there."""

    class Shared(Journal):
        looks = 0

        def unpublished(self, head, limit):
            self.looks += 1
            return [] if self.looks == 1 else super().unpublished(head, limit)

    journal, publisher = Shared(recorded=1), Publisher()
    running(journal, publisher)
    wait_until(lambda: journal.published == 1, "the event")
    assert publisher.sent == ["body 1"]
