"""Reporting's database on each backend, and visits with reporting running on each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chassis.storage import migrations
from chassis.storage.database import Database
from services.reporting.service import ReportingService
from services.visits.service import VisitsService
from tests.services.reporting.api import ReadModels, Region
from tests.support.running import BACKENDS, backend


@pytest.fixture(scope="package", params=BACKENDS)
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


@pytest.fixture(scope="package", params=BACKENDS)
def region(request: pytest.FixtureRequest) -> Iterator[Region]:
    """Visits and reporting in one process, on SQLite and memory://, then on PostgreSQL and RabbitMQ."""
    with (
        backend(request, "visits", "reporting") as place,
        place.running(VisitsService, ReportingService) as runner,
    ):
        yield Region(runner)
