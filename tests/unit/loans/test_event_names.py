"""Journals of before 0.1.0 hold events under names that misled; the upgrade gives each the name it has now."""

import pytest
import sqlalchemy as sa

from chassis.storage import migrations
from chassis.storage.database import Database
from services.loans.service import LoansService
from services.visits.service import VisitsService

LOANS = LoansService.migrations / "versions"
VISITS = VisitsService.migrations / "versions"

INSERT = sa.text(
    "INSERT INTO journal (position, id, type, subject, time, entity_version, data)"
    " VALUES (:n, :id, :type, 'x/1', '2026-03-04 10:00:00', :version, :data)"
)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.sqlite'}"
    return request.getfixturevalue("postgres").url_for("old_names")


def upgraded(url, versions, before, rows):
    """The types in the journal of a database that was at revision `before` when `rows` were recorded."""
    database = Database(url)
    try:
        with database.begin() as connection:
            migrations.upgrade_in(connection, versions, ["chassis@head", before])
        with database.begin() as connection:
            for n, (type, version, data) in enumerate(rows, 1):
                id = f"0195a1b2-3c4d-7e5f-8a6b-{n:012}"
                values = {"n": n, "id": id, "type": type, "version": version, "data": data}
                connection.execute(INSERT, values)
        migrations.upgrade(url, versions)
        with database.read() as connection:
            types = connection.execute(sa.text("SELECT type FROM journal ORDER BY position")).scalars()
            return [type.rpartition(".v1.")[2] for type in types]
    finally:
        database.close()


def test_requests_and_due_dates_are_told_apart(url):
    """A request that was approved or met, and a due date that changed, have names of their own."""
    made = "be.digipunt.loans.v1.requests.notify.made"
    rows = [
        (made, 1, '{"request":{"state":"requested"}}'),
        (made, 2, '{"request":{"state":"ready"}}'),
        (made, 3, '{"request":{"state":"handedOver"}}'),
        ("be.digipunt.loans.v1.loans.notify.extended", 2, '{"loan":{"state":"handedOver"}}'),
        ("be.digipunt.loans.v1.loans.notify.handedOver", 2, '{"loan":{"state":"handedOver"}}'),
    ]
    assert upgraded(url, LOANS, "loans_0002", rows) == [
        "requests.notify.made",
        "requests.notify.approved",
        "requests.notify.fulfilled",
        "loans.notify.dueDateChanged",
        "loans.notify.handedOver",
    ]


def test_who_moved_up_was_promoted(url):
    """A registration is made once; its second version is one that waited and has seats now."""
    made = "be.digipunt.visits.v1.registrations.notify.made"
    cancelled = "be.digipunt.visits.v1.registrations.notify.cancelled"
    assert upgraded(url, VISITS, "visits_0002", [(made, 1, "{}"), (made, 2, "{}"), (cancelled, 2, "{}")]) == [
        "registrations.notify.made",
        "registrations.notify.promoted",
        "registrations.notify.cancelled",
    ]
