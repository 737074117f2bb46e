"""Reporting's database on each backend, and visits with reporting running on each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest

from chassis.broker import memory
from chassis.run import Runner
from chassis.settings import Settings
from chassis.storage import migrations
from chassis.storage.database import Database
from services.reporting.service import ReportingService
from services.visits.service import VisitsService
from tests.services.reporting.api import ReadModels, Region

SERVICES = (VisitsService, ReportingService)


@pytest.fixture(scope="package", params=["laptop", "servers"])
def read_models(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ReadModels]:
    """The database of reporting, on SQLite and on PostgreSQL."""
    if request.param == "laptop":
        url = f"sqlite:///{tmp_path_factory.mktemp('reporting') / 'reporting.sqlite'}"
    else:
        url = request.getfixturevalue("postgres").url_for("reporting")
    migrations.upgrade(url, ReportingService.migrations / "versions")
    database = Database(url)
    yield ReadModels(database)
    database.close()


@pytest.fixture(scope="package", params=["laptop", "servers"])
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Region]:
    """Visits and reporting in one process, on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    with ExitStack() as stack:
        if request.param == "laptop":
            name = f"region{uuid4().hex}"
            stack.callback(memory.forget, name)
            folder = tmp_path_factory.mktemp("region")
            broker = f"memory://{name}"
            databases = {each.name: f"sqlite:///{folder / each.name}.sqlite" for each in SERVICES}
        else:
            broker = stack.enter_context(request.getfixturevalue("rabbitmq").vhost())
            postgres = request.getfixturevalue("postgres")
            databases = {each.name: postgres.url_for(each.name) for each in SERVICES}
        settings = Settings(
            deployment="test",
            broker_url=broker,
            database_urls=databases,
            listen=("127.0.0.1", 0),
            signing_key=b"a key that only this test knows, 32+",
        )
        runner = Runner(settings, SERVICES)
        runner.start()
        stack.callback(runner.stop)
        runner.wait_until_ready()
        yield Region(runner)
