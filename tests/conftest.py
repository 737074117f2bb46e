"""Servers that tests share. Everything runs green, as the services do, so that comes before any other import."""

from chassis.green import patch

patch()

import os
from collections.abc import Callable, Iterator
from typing import Protocol, TypeVar

import pytest

from tests.faults.table import show
from tests.support import branch_coverage
from tests.support.edge import Edge
from tests.support.kannel import Kannel
from tests.support.postgresql import PostgreSQL
from tests.support.processes import Missing
from tests.support.rabbitmq import RabbitMQ


class Removable(Protocol):
    """A server that a test run has for itself."""

    def remove(self) -> None: ...


Server = TypeVar("Server", bound=Removable)

TIMED = pytest.mark.flaky(reruns=2)
"""A test that holds a time may be tried again: the machine may have been busy with something else. Each time is told of."""


def running(server: Callable[[], Server]) -> Iterator[Server]:
    """The server, for the whole run; where its program is missing tests are skipped, and fail with CI=true."""
    try:
        running = server()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        branch_coverage.incomplete()
        pytest.skip(str(missing))
    yield running
    running.remove()


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[RabbitMQ]:
    """A RabbitMQ of our own, started for the first test that needs it."""
    yield from running(RabbitMQ)


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    """A PostgreSQL of our own, started for the first test that needs it."""
    yield from running(PostgreSQL)


@pytest.fixture(scope="session")
def kannel() -> Iterator[Kannel]:
    """A real SMS gateway of our own, started for the first test that needs it."""
    yield from running(Kannel)


@pytest.fixture(scope="session")
def edge() -> Iterator[Edge]:
    """The deployment's own nginx, before whatever a test puts behind it."""
    yield from running(Edge)


def pytest_addoption(parser: pytest.Parser) -> None:
    help = "The load of the fault tests marked slow, as a part of what the design asks for."
    parser.addoption("--scale", type=float, default=1.0, help=help)
    parser.addoption("--cases", action="store_true", help="List the reported cases, each with its tests.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that hold a time are tried up to twice again."""
    for item in items:
        if item.get_closest_marker("timed"):
            item.add_marker(TIMED)


def pytest_collection_finish(session: pytest.Session) -> None:
    """With --cases: which test holds which reported case, and no test runs."""
    if not session.config.getoption("--cases"):
        return
    found = sorted(
        (str(case), item.nodeid.partition("[")[0])
        for item in session.items
        for marker in item.iter_markers("case")
        for case in marker.args
    )
    for case, test in dict.fromkeys(found):
        print(f"{case:<16} {test}")
    session.items.clear()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of the fault tests, if any ran."""
    show(terminalreporter.stats)
