"""Servers that tests share. Everything runs green, as the services do, so that comes before any other import."""

from chassis.green import patch

patch()

import os
from collections.abc import Callable, Iterator

import pytest

from tests.faults.table import show
from tests.support.kannel import Kannel
from tests.support.postgresql import PostgreSQL
from tests.support.processes import Missing
from tests.support.rabbitmq import RabbitMQ

Server = RabbitMQ | PostgreSQL | Kannel


def _running(server: Callable[[], Server]) -> Iterator[Server]:
    """The server, for the whole run; where its program is missing tests are skipped, and fail with CI=true."""
    try:
        running = server()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
    yield running
    running.remove()


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[Server]:
    """A RabbitMQ of our own, started for the first test that needs it."""
    yield from _running(RabbitMQ)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL of our own, started for the first test that needs it."""
    yield from _running(PostgreSQL)


@pytest.fixture(scope="session")
def kannel() -> Iterator[Server]:
    """A real SMS gateway of our own, started for the first test that needs it."""
    yield from _running(Kannel)


def pytest_addoption(parser: pytest.Parser) -> None:
    help = "The load of the fault tests marked slow, as a part of what the design asks for."
    parser.addoption("--scale", type=float, default=1.0, help=help)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of the fault tests, if any ran."""
    show(terminalreporter.stats)
