"""One link, used by the greenlet that drains it and by those that publish on it."""

import eventlet
import pytest

from chassis.broker.connection import Link
from contracts.events import exchange
from tests.backends.deployment import Backend, wait_until

COUNT = 10_000


@pytest.fixture
def broker_url(rabbitmq):
    with rabbitmq.vhost() as url:
        yield url


def test_a_link_that_is_drained_loses_nothing_by_what_is_published_on_it(broker_url):
    """Ten thousand messages arrive, while the same link is written to all the time."""
    backend, link = Backend(broker_url, {}), Link(broker_url)
    arrived: list[str] = []
    link.declare_exchange(exchange("visits"))
    link.channel.queue_declare(queue="arrivals", auto_delete=True)
    link.channel.queue_bind(queue="arrivals", exchange=exchange("visits"), routing_key="#")
    link.consume("arrivals", lambda message: arrived.append(message.body), no_ack=True)
    questions = link.connection.channel()
    running = True

    def drain() -> None:
        while running:
            link.drain(0.05)

    def ask() -> None:
        while running:
            questions.basic_publish(questions.prepare_message(b"a question"), routing_key="nobody")
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
        link.close()
    assert arrived == bodies
