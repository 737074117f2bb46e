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

MEASURED = pytest.StashKey[list[branch_coverage.Part] | None]()
INCOMPLETE = pytest.StashKey[bool]()
"""Whether tests were skipped because a server is not installed."""


def running(server: Callable[[], Server], config: pytest.Config) -> Iterator[Server]:
    """The server, for the whole run; where its program is missing tests are skipped, and fail with CI=true."""
    try:
        running = server()
    except Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        config.stash[INCOMPLETE] = True
        pytest.skip(str(missing))
    yield running
    running.remove()


@pytest.fixture(scope="session")
def rabbitmq(pytestconfig: pytest.Config) -> Iterator[RabbitMQ]:
    """A RabbitMQ of our own, started for the first test that needs it."""
    yield from running(RabbitMQ, pytestconfig)


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[PostgreSQL]:
    """A PostgreSQL of our own, started for the first test that needs it."""
    yield from running(PostgreSQL, pytestconfig)


@pytest.fixture(scope="session")
def kannel(pytestconfig: pytest.Config) -> Iterator[Kannel]:
    """A real SMS gateway of our own, started for the first test that needs it."""
    yield from running(Kannel, pytestconfig)


@pytest.fixture(scope="session")
def edge(pytestconfig: pytest.Config) -> Iterator[Edge]:
    """The deployment's own nginx, before whatever a test puts behind it."""
    yield from running(Edge, pytestconfig)


def pytest_addoption(parser: pytest.Parser) -> None:
    help = "The load of the fault tests marked slow, as a part of what the design asks for."
    parser.addoption("--scale", type=float, default=1.0, help=help)
    parser.addoption("--cases", action="store_true", help="List the reported cases, each with its tests.")


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


def pytest_sessionfinish(session: pytest.Session) -> None:
    """The run fails when less of the code ran than `pyproject.toml` asks, if all tests could run."""
    parts = session.config.stash[MEASURED] = branch_coverage.finish()
    complete = not session.config.stash.get(INCOMPLETE, False)
    if parts and complete and session.exitstatus == 0 and not all(part.holds for part in parts):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table of the fault tests, if any ran, and that of coverage, if it was measured."""
    show(terminalreporter.stats)
    if parts := config.stash[MEASURED]:
        terminalreporter.section("branch coverage")
        terminalreporter.write(branch_coverage.table(parts))
        if config.stash.get(INCOMPLETE, False):
            terminalreporter.write_line(
                "Servers are missing and their tests were skipped, so nothing is asked."
            )
