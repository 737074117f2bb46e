"""The service, running on each backend in turn, without visits beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from services.loans.service import LoansService
from tests.services.loans.api import LANDEN, TIENEN, Client, MovedClock, Running, new_id
from tests.support.running import BACKENDS, Backend, backend

CLOCK = MovedClock()


@pytest.fixture(scope="package", params=BACKENDS)
def loans(request: pytest.FixtureRequest) -> Iterator[Running]:
    """The loans service on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    with backend(request, "loans") as place, place.running(LoansService, clock=CLOCK) as runner:
        yield Running(runner)


@contextmanager
def started(broker: str, database: str) -> Iterator[Running]:
    """The service on this broker and database."""
    with Backend(broker, {"loans": database}).running(LoansService, clock=CLOCK) as runner:
        yield Running(runner)


@pytest.fixture
def clock() -> Iterator[MovedClock]:
    """The service's clock; back to the machine's own after the test."""
    yield CLOCK
    CLOCK.__init__()


@pytest.fixture
def coordinator(loans: Running) -> Client:
    """A coordinator of Tienen and Landen."""
    return loans.client("coordinator", [TIENEN, LANDEN])


@pytest.fixture
def point() -> str:
    """A digipunt in Tienen that nobody told this service of."""
    return new_id()


@pytest.fixture
def helper(loans: Running, point: str) -> Client:
    """A helper of that digipunt."""
    return loans.client("helper", [TIENEN], [point])
