"""All services, on each backend in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import services
from tests.services.loans.api import MovedClock
from tests.services.persons.house import House
from tests.support.running import BACKENDS, backend


@pytest.fixture(scope="package", params=BACKENDS)
def running(request: pytest.FixtureRequest) -> Iterator[House]:
    """The services, on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    clock = MovedClock()
    with backend(request, *services.NAMES) as place, place.running(*services.load(), clock=clock) as runner:
        yield House(runner, clock)


@pytest.fixture
def house(running: House) -> Iterator[House]:
    """The same with a new scenario, today."""
    running.clock.__init__()
    running.fill()
    yield running
    running.clock.__init__()
    running.caught_up()
    assert [app.parked() for app in running.runner.applications.values() if app.parked()] == []
