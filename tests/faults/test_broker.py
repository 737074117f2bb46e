"""The broker loses, doubles and shuffles what it carries; the owner's journal makes up for it."""

import random
import time

import eventlet
import pytest

from chassis.broker.connection import Connection
from contracts.envelope import CONTENT_TYPE
from contracts.events import exchange
from tests.faults.deployment import QUEUE
from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

WINDOW = 500


def test_broker_wiped(deployment, measured):
    """Queues, users and messages gone in the midst of a stream, definitions loaded again: nothing is lost."""
    broker_wiped(deployment, measured, 5000)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_broker_wiped_with_much_in_flight(deployment, measured, scale):
    """The same with 20,000 events in flight."""
    broker_wiped(deployment, measured, scale(20_000))


def broker_wiped(deployment, measured, count):
    load = Load(deployment)
    load.batch(500)
    deployment.wait_level(30)
    sending = eventlet.spawn(load.batch, count)
    wait_until(lambda: deployment.recorded() > 1000, "the stream")
    deployment.rabbitmq.wipe()
    wait_until(
        lambda: deployment.rabbitmq.log().count("PLAIN login refused") > 2, "services that are refused"
    )
    deployment.load_definitions()
    loaded = time.monotonic()
    sending.wait()
    deployment.wait_level(60)
    seconds = time.monotonic() - loaded
    assert set(load.answers) == {200}
    assert deployment.contacts() == count + 500
    verdict = examine(deployment, load.accepted)
    measured("broker wiped mid-stream", f"{count:,} in flight", verdict, seconds=f"{seconds:.1f}")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_broker_restarted(deployment, measured, scale):
    """Restarted again and again under load: no write fails, and nobody has to intervene."""
    times = scale(10)
    load = Load(deployment)
    with load.desks(8, 200.0):
        for _ in range(times):
            recorded = deployment.recorded()
            wait_until(lambda at=recorded: deployment.recorded() > at + 200, "visits")
            deployment.rabbitmq.stop()
            deployment.rabbitmq.start()
    seconds = deployment.wait_level(60)
    never_failed(load)
    verdict = examine(deployment, load.accepted)
    measured("broker restarted", f"{times} times", verdict, seconds=f"{seconds:.1f}")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_broker_down(deployment, measured, scale):
    """Down for two minutes under load: no write fails, and the rest is drained within a minute."""
    down = scale(120)
    load = Load(deployment)
    with load.desks(8, 200.0):
        deployment.rabbitmq.stop()
        eventlet.sleep(down)
        deployment.rabbitmq.start()
        seconds = deployment.wait_level(60)
    deployment.wait_level(60)
    never_failed(load)
    verdict = examine(deployment, load.accepted)
    measured("broker down", f"{down} s", verdict, seconds=f"{seconds:.1f}")


def never_failed(load):
    assert not load.unanswered
    assert set(load.answers) <= {200, 201}, load.answers


def test_lost_tail(deployment, measured):
    """The last 100 messages vanish and silence follows: reporting has seen them within 30 s."""
    load = Load(deployment)
    load.batch(500)
    deployment.wait_level(30)
    deployment.unbind()
    load.batch(100)
    wait_until(deployment.published, "the relay")
    deployment.bind()
    seconds = deployment.wait_level(30)
    verdict = examine(deployment, load.accepted)
    measured("lost tail", "the last 100 of 600", verdict, seconds=f"{seconds:.1f}")


def test_duplicated_and_shuffled(deployment, measured):
    """30 % come twice, and windows of 500 come shuffled: effects once, order kept."""
    duplicated_and_shuffled(deployment, measured, 5000)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_much_duplicated_and_shuffled(deployment, measured, scale):
    """The same with 50,000 events."""
    duplicated_and_shuffled(deployment, measured, scale(50_000))


def duplicated_and_shuffled(deployment, measured, count):
    load = Load(deployment)
    wait_until(lambda: deployment.recorded() == deployment.applied(), "the digipunts")
    deployment.unbind()
    with Shuffler(deployment) as shuffler:
        with load.desks(2, 50.0):
            load.batch(count)
        wait_until(deployment.published, "the relay")
        wait_until(lambda: shuffler.taken >= count, "the shuffled messages")
        seconds = deployment.wait_level(60)
    verdict = examine(deployment, load.accepted)
    shown = f"{shuffler.taken:,} in windows of {WINDOW}, given on as {shuffler.given:,}"
    measured("30 % duplicated and shuffled", shown, verdict, seconds=f"{seconds:.1f}")


class Shuffler:
    """Stands between the exchange and the queue of reporting."""

    def __init__(self, deployment):
        self.taken = self.given = 0
        self._deployment = deployment
        self._chance = random.Random(7)
        self._connection = Connection(deployment.admin_url)
        self._arrived = []
        channel = self._connection.channel
        channel.declare_queue("shuffled", durable=False, exclusive=True)
        channel.bind("shuffled", exchange("visits"), "be.digipunt.visits.#")
        channel.consume("shuffled", lambda message: self._arrived.append(message.body), no_ack=True)

    def __enter__(self):
        self._running = True
        self._thread = eventlet.spawn(self._run)
        return self

    def __exit__(self, *error):
        self._running = False
        self._thread.wait()
        self._connection.close()

    def _run(self):
        while self._running:
            quiet = not self._connection.drain(0.2)
            self._connection.heartbeat()
            if self._arrived and (quiet or len(self._arrived) >= WINDOW):
                window, self._arrived = self._arrived[:WINDOW], self._arrived[WINDOW:]
                self._give(window)

    def _give(self, window):
        # Reporting makes its binding again; what is shuffled here is to come by this way only.
        self._deployment.unbind()
        self.taken += len(window)
        window = window + self._chance.sample(window, len(window) * 3 // 10)
        self._chance.shuffle(window)
        for body in window:
            self._connection.channel.publish("", QUEUE, body, content_type=CONTENT_TYPE)
        self.given += len(window)
