"""A deployment to do harm to, and the table of what became of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.faults.deployment import Deployment
from tests.faults.oracle import Verdict
from tests.faults.table import versions
from tests.support import postgresql, rabbitmq
from tests.support.network import Network


@pytest.fixture(autouse=True)
def _own_servers(request):
    """Faults befall the servers too, so they must be ours."""
    given = [url for url in (rabbitmq.URL, postgresql.URL) if os.environ.get(url)]
    if given:
        pytest.skip(f"faults need servers of their own: unset {' and '.join(given)}")


@pytest.fixture
def deployments(rabbitmq, postgres, tmp_path: Path) -> Iterator[Callable[[], Deployment]]:
    """Makes deployments side by side, not yet started; gone at the end."""
    versions.update({"RabbitMQ": rabbitmq.version(), "PostgreSQL": postgres.version()})
    with ExitStack() as stack:

        def make() -> Deployment:
            url = stack.enter_context(rabbitmq.vhost())
            deployment = Deployment(rabbitmq, postgres, url, tmp_path)
            stack.callback(deployment.close)
            return deployment

        yield make


@pytest.fixture
def deployment(deployments) -> Deployment:
    """visits and reporting, running."""
    made = deployments()
    made.start()
    return made


@pytest.fixture
def networks(deployments) -> Iterator[tuple[Deployment, Network, Network]]:
    """A deployment whose services reach the broker and the databases over networks that can fail."""
    deployment = deployments()
    with ExitStack() as stack:
        broker, database = Network(deployment.rabbitmq.port), Network(deployment.postgres.port)
        for network in (broker, database):
            stack.callback(network.close)
        deployment.through(broker.port, database.port)
        deployment.start()
        yield deployment, broker, database


@pytest.fixture
def scale(request) -> Callable[[int], int]:
    """A number of the table in the design, brought down by `--scale`."""
    return lambda full: max(1, round(full * request.config.getoption("--scale")))


@pytest.fixture
def measured(record_property) -> Callable[..., None]:
    """Notes a row of the table: the fault, the load, the oracle's verdict and what was measured besides."""

    def note(fault: str, load: str, verdict: Verdict | None = None, **figures: Any) -> None:
        if verdict is not None:
            figures = {"events": verdict.events, "lost": verdict.lost, "doubled": verdict.doubled} | figures
        shown = [f"{name.replace('_', ' ')} {value}" for name, value in figures.items()]
        record_property("fault", (fault, load, ", ".join(shown)))

    return note
