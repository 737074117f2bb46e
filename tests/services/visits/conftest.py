"""The service, running on each backend in turn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from chassis.broker import memory
from chassis.run import Runner
from chassis.settings import Settings
from services.visits.service import VisitsService
from tests.services.visits.api import LANDEN, TIENEN, Client, Running


@pytest.fixture(scope="package", params=["laptop", "servers"])
def visits(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The visits service on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    with ExitStack() as stack:
        if request.param == "laptop":
            name = f"visits{uuid4().hex}"
            stack.callback(memory.forget, name)
            broker, database = f"memory://{name}", _sqlite(tmp_path_factory.mktemp("visits"))
        else:
            broker = stack.enter_context(request.getfixturevalue("rabbitmq").vhost())
            database = request.getfixturevalue("postgres").url_for("visits")
        settings = Settings(
            deployment="test",
            broker_url=broker,
            database_urls={"visits": database},
            listen=("127.0.0.1", 0),
            signing_key=b"a key that only this test knows, 32+",
        )
        runner = Runner(settings, [VisitsService])
        runner.start()
        stack.callback(runner.stop)
        runner.wait_until_ready()
        yield Running(runner)


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'visits'}.sqlite"


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
