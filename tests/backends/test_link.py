"""One link, used by the greenlet that drains it and by those that publish on it."""

import eventlet
import pytest

from chassis.broker import Link, Publisher
from tests.support.processes import wait_until

COUNT = 10_000


@pytest.fixture
def broker_url(rabbitmq):
    with rabbitmq.vhost() as url:
        yield url


def test_a_link_that_is_drained_loses_nothing_by_what_is_published_on_it(broker_url):
    """Ten thousand messages arrive, while the same link is written to all the time."""
    publisher, link = Publisher(broker_url, "visits.events"), Link(broker_url)
    arrived: list[str] = []
    link.channel.queue_declare(queue="arrivals", auto_delete=True)
    link.channel.queue_bind(queue="arrivals", exchange="visits.events", routing_key="#")
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
            publisher.send([("any", str(start), body) for body in bodies[start : start + 500]])
            publisher.confirm()
        wait_until(lambda: len(arrived) >= COUNT, "everything that was confirmed", 30)
    finally:
        running = False
        for greenlet in greenlets:
            greenlet.wait()
        link.close()
        publisher.close()
    assert arrived == bodies
