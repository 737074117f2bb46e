"""The service, running on each backend in turn, without visits beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest

from chassis.broker import memory
from chassis.run import Runner
from chassis.settings import Settings
from services.loans.service import LoansService
from tests.services.loans.api import LANDEN, TIENEN, Client, MovedClock, Running, new_id

CLOCK = MovedClock()


@pytest.fixture(scope="package", params=["laptop", "servers"])
def loans(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The loans service on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    with ExitStack() as stack:
        if request.param == "laptop":
            name = f"loans{uuid4().hex}"
            stack.callback(memory.forget, name)
            broker = f"memory://{name}"
            database = f"sqlite:///{tmp_path_factory.mktemp('loans') / 'loans'}.sqlite"
        else:
            broker = stack.enter_context(request.getfixturevalue("rabbitmq").vhost())
            database = request.getfixturevalue("postgres").url_for("loans")
        yield stack.enter_context(started(broker, database))


@contextmanager
def started(broker: str, database: str) -> Iterator[Running]:
    """The service on this broker and database; started again, it is another replica."""
    settings = Settings(
        deployment="test",
        broker_url=broker,
        database_urls={"loans": database},
        listen=("127.0.0.1", 0),
        signing_key=b"a key that only this test knows, 32+",
        data_keys=(b"a data key that only this test knows",),
    )
    runner = Runner(settings, [LoansService], clock=CLOCK)
    runner.start()
    try:
        runner.wait_until_ready()
        yield Running(runner)
    finally:
        runner.stop()


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
