"""The service, running on each backend in turn, without visits beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from services.desk.service import DeskService
from services.desk.tables import guesses
from tests.services.desk.api import LANDEN, TIENEN, Client, Laptop, MovedClock, Running, new_id
from tests.support.running import BACKENDS, backend

CLOCK = MovedClock()


@pytest.fixture(scope="package", params=BACKENDS)
def running(request: pytest.FixtureRequest) -> Iterator[Running]:
    """The desk service on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    with backend(request, "desk") as place, place.running(DeskService, clock=CLOCK) as runner:
        yield Running(runner)


@pytest.fixture
def desk(running: Running) -> Running:
    """The service, of which nobody guessed a code yet."""
    with running.application.database.begin() as connection:
        connection.execute(sa.delete(guesses))
    return running


@pytest.fixture
def clock() -> Iterator[MovedClock]:
    """The service's clock; back to the machine's own after the test."""
    yield CLOCK
    CLOCK.__init__()


@pytest.fixture
def coordinator(desk: Running) -> Client:
    """A coordinator of Tienen and Landen."""
    return desk.client("coordinator", [TIENEN, LANDEN])


@pytest.fixture
def point() -> str:
    """A digipunt in Tienen that nobody told this service of."""
    return new_id()


@pytest.fixture
def laptop(desk: Running, coordinator: Client, point: str) -> Laptop:
    """A paired laptop of that digipunt."""
    return desk.laptop(coordinator, point)


@pytest.fixture
def helper(coordinator: Client, point: str) -> str:
    """Rita, who helps there, and has a PIN."""
    return coordinator.helper(point)
