"""A database that an older release has filled: the figures come out right by themselves, and say so until they do."""

import pytest
import sqlalchemy as sa

from chassis.errors import Unavailable
from chassis.inbox import checkpoints
from chassis.storage.database import Database
from services.reporting.queries.sources import require_facts
from services.reporting.service import ReportingService
from services.visits.service import VisitsService
from tests.backends.deployment import wait_until
from tests.services.reporting.api import Region
from tests.services.reporting.ledger import TIENEN
from tests.support.running import BACKENDS, backend

RELEASE_0_1 = {
    "alembic_version",
    *("journal", "journal_head", "checkpoints", "parked", "dropped", "idempotency_keys", "tickets"),
    *("cells", "visitor_days", "people", "digipunts", "sessions", "registrations"),
    *("devices", "loan_requests", "loans", "lent_devices", "loan_ends"),
}
"""The tables of reporting in the release before facts."""

LATER = {
    "checkpoints": ("version", "version_position", "event_id", "event_id_position"),
    "digipunts": ("opened_on", "closed_on"),
    "journal": ("previous_id",),
    "parked": ("digest",),
}
"""Columns that came later, by their table."""

QUESTION = {"from": "2026-01-01", "to": "2026-12-31", "by": "theme,ageBand"}


@pytest.fixture(params=BACKENDS)
def place(request):
    """Where visits and reporting run, one release after the other."""
    with backend(request, "visits", "reporting") as found:
        yield found


def back_to_release_0_1(url):
    """Leave the database as that release had it: without what came later, and with cells that lack what is counted now."""
    database = Database(url)
    with database.begin() as connection:
        for table in set(sa.inspect(connection).get_table_names()) - RELEASE_0_1:
            connection.execute(sa.text(f"DROP TABLE {table}"))
        connection.execute(sa.text("DROP INDEX uq_parked_source_digest"))
        for table, columns in LATER.items():
            for column in columns:
                connection.execute(sa.text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        for branch, revision in (("reporting", "0002"), ("chassis", "0004")):
            connection.execute(
                sa.text(
                    f"UPDATE alembic_version SET version_num = '{branch}_{revision}' WHERE version_num LIKE '{branch}_%'"
                )
            )
        connection.execute(sa.text("UPDATE cells SET counts = '{}'"))
    database.close()


def test_an_upgrade_in_place_needs_nobody(place):
    """The release starts on the older database, and every figure is right as soon as the journal has been read again."""
    with place.running(VisitsService, ReportingService) as runner:
        coordinator = Region(runner).client("coordinator", [TIENEN])
        point = coordinator.digipunt(TIENEN)
        for theme in ("tax", "tax", "apps"):
            coordinator.visit(point, startedAt="2026-03-04T10:00:00Z", themes=[theme], ageBand="under18")
        expected = coordinator.get("/query", **QUESTION).json()
        reach = coordinator.get("/reach", from_="2026-01-01", to="2026-12-31").json()
        url = runner.settings.database_url("reporting")
    assert [each["value"] for each in expected["cells"]] == [1, 2]
    back_to_release_0_1(url)
    with place.running(VisitsService, ReportingService) as runner:
        coordinator = Region(runner).client("coordinator", [TIENEN])

        def answered():
            answer = coordinator.get("/query", **QUESTION)
            assert answer.status_code == 200 or answer.json()["code"] == "figuresBeingRebuilt", answer.text
            return answer.status_code == 200

        wait_until(answered, "the facts to be made from the journal")
        after = coordinator.get("/query", **QUESTION).json()
        assert (after["cells"], after["totals"]) == (expected["cells"], expected["totals"])
        assert (
            coordinator.get("/reach", from_="2026-01-01", to="2026-12-31").json()["under18"]
            == reach["under18"]
        )
        situations = coordinator.summary("2026-01-01", "2026-12-31")["situations"]
        assert situations == [{"code": "notAsked", "count": 3}]


def test_until_then_it_says_so(read_models):
    """While an older release's figures answer, nothing is counted from facts that are not there yet."""
    read_models.begin_again()
    with read_models.database.begin() as connection:
        assert require_facts(connection)
        checkpoints.update(connection, "visits", read_models.generation, position=5)
        with pytest.raises(Unavailable) as refused:
            require_facts(connection)
    assert "vanzelf" in refused.value.reason.text("nl")
