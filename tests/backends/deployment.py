"""An owner and a subscriber, running on one of the backends, and the faults a broker can do to them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import eventlet
import sqlalchemy as sa

from chassis.broker.connection import Connection
from chassis.broker.publisher import NotConfirmed, Publisher
from chassis.runtime.application import Application
from contracts.events import exchange, queue
from tests.backends.counting import Counting, Owner, counts, seen
from tests.support import running

DEADLINE = 30.0


def wait_until(condition: Callable[[], Any], what: str, deadline: float = DEADLINE) -> Any:
    """Wait for `condition` to be truthy; fail after `deadline` seconds, saying `what` did not come."""
    until = time.monotonic() + deadline
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < until, f"waited {deadline:.0f} s for {what}"
        eventlet.sleep(0.01)


class Backend(running.Backend):
    """Where an owner and a subscriber run, and what a broker can do to them."""

    @contextmanager
    def both(self) -> Iterator[tuple[Application, Application]]:
        """The owner's and the subscriber's application, both running."""
        with self.running(Owner, Counting) as runner:
            yield runner.applications["visits"], runner.applications["reporting"]

    def drop_queue(self) -> None:
        """Delete the subscriber's queue with all that waits in it."""
        connection = Connection(self.broker_url)
        try:
            connection.channel.delete_queue(queue("reporting", "visits"))
        finally:
            connection.close()

    def publish(self, messages: Sequence[tuple[str, str]]) -> None:
        """Put `(routing key, body)` on the owner's exchange, past its relay."""
        publisher = Publisher(self.broker_url, exchange("visits"))
        try:
            publisher.send([(key, f"m{number}", body) for number, (key, body) in enumerate(messages)])
            wait_until(lambda: _confirmed(publisher), "the broker's confirms")
        finally:
            publisher.close()


def _confirmed(publisher: Publisher) -> bool:
    """A relay starts over when the broker is slow; what is published here must not come twice."""
    try:
        publisher.confirm()
    except NotConfirmed:
        return False
    return True


def oracle(owner: Application, subscriber: Application) -> None:
    """The journal has no hole, and each of its events took effect once, in the order of its subject."""
    with owner.database.read() as connection:
        positions = connection.execute(sa.text("SELECT position FROM journal ORDER BY seq")).scalars().all()
    assert sorted(positions) == list(range(1, len(positions) + 1))
    with subscriber.database.read() as connection:
        generation = connection.execute(
            sa.text("SELECT generation FROM checkpoints WHERE active AND source = 'visits'")
        ).scalar_one()
        times = connection.execute(
            sa.select(sa.func.coalesce(sa.func.sum(seen.c.times), 0)).where(seen.c.generation == generation)
        ).scalar_one()
        parked = connection.execute(
            sa.text("SELECT count(*) FROM parked WHERE position IS NOT NULL AND generation = :g"),
            {"g": generation},
        ).scalar_one()
        leftovers = connection.execute(
            sa.select(sa.func.count()).select_from(counts).where(counts.c.generation != generation)
        ).scalar_one()
    assert times + parked == len(positions)
    assert leftovers == 0
