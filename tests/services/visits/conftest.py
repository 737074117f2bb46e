"""The service, running on each backend in turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.visits.service import VisitsService
from tests.services.visits.api import LANDEN, TIENEN, Client, Running
from tests.support.running import BACKENDS, backend


@pytest.fixture(scope="package", params=BACKENDS)
def visits(request: pytest.FixtureRequest) -> Iterator[Running]:
    """The visits service on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    with backend(request, "visits") as place, place.running(VisitsService) as runner:
        yield Running(runner)


@pytest.fixture
def coordinator(visits: Running) -> Client:
    """A coordinator of Tienen and Landen."""
    return visits.client("coordinator", [TIENEN, LANDEN])


@pytest.fixture
def point(coordinator: Client) -> str:
    """A digipunt in Tienen."""
    return coordinator.digipunt(TIENEN)


@pytest.fixture
def helper(visits: Running, point: str) -> Client:
    """A helper of that digipunt."""
    return visits.client("helper", [TIENEN], [point])
