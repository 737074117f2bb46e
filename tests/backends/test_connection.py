"""One connection, used by the greenlet that drains it and by those that publish on it."""

import eventlet
import pytest

from chassis.broker.connection import Connection
from contracts.events import exchange
from tests.backends.deployment import Backend, wait_until

COUNT = 10_000


@pytest.fixture
def broker_url(rabbitmq):
    with rabbitmq.vhost() as url:
        yield url


def test_a_connection_that_is_drained_loses_nothing_by_what_is_published_on_it(broker_url):
    """Ten thousand messages arrive, while the same connection is written to all the time."""
    backend, connection = Backend(broker_url, {}), Connection(broker_url)
    arrived: list[str] = []
    connection.declare_exchange(exchange("visits"))
    connection.channel.declare_queue("arrivals", exclusive=True)
    connection.channel.bind("arrivals", exchange("visits"), "#")
    connection.channel.consume("arrivals", lambda message: arrived.append(message.body), no_ack=True)
    questions = connection.open_channel()
    running = True

    def drain() -> None:
        while running:
            connection.drain(0.05)

    def ask() -> None:
        while running:
            questions.publish("", "nobody", "a question", content_type="text/plain")
            eventlet.sleep(0)

    greenlets = [eventlet.spawn(drain), eventlet.spawn(ask)]
    bodies = [f"{number} {'x' * 800}" for number in range(COUNT)]
    try:
        for start in range(0, COUNT, 500):
            backend.publish([("any", body) for body in bodies[start : start + 500]])
        wait_until(lambda: len(arrived) >= COUNT, "everything that was confirmed", 30)
    finally:
        running = False
        for greenlet in greenlets:
            greenlet.wait()
        connection.close()
    assert arrived == bodies
