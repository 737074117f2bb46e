"""A database of before contacts learns of the sessions that were planned already."""

import pytest
import sqlalchemy as sa

from chassis.clock import SystemClock
from chassis.inbox import checkpoints
from chassis.storage import migrations
from chassis.storage.database import Database
from services.notifications.service import NotificationsService

VERSIONS = NotificationsService.migrations / "versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'old.sqlite'}"
    return request.getfixturevalue("postgres").url_for("before_contacts")


@pytest.mark.parametrize("followed", [True, False])
def test_the_upgrade_reads_the_journal_of_visits_again(url, followed):
    """Beside the checkpoint that goes on, one begins at the first event; a database that followed nothing needs none."""
    database = Database(url)
    try:
        with database.begin() as connection:
            migrations.upgrade_in(connection, VERSIONS, ["chassis@head", "notifications_0003"])
            if followed:
                for source in ("visits", "loans"):
                    checkpoints.insert(connection, source, 1, SystemClock().now(), active=True)
                    checkpoints.update(connection, source, 1, position=7, epoch=None)
        for _ in range(2):
            migrations.upgrade(url, VERSIONS)
        with database.read() as connection:
            active = checkpoints.find(connection, "visits")
            again = checkpoints.find(connection, "visits", active=False)
            assert checkpoints.find(connection, "loans", active=False) is None
            assert connection.execute(sa.text("SELECT count(*) FROM contacts")).scalar() == 0
        if followed:
            assert (active.position, again.position, again.state) == (7, 0, "rebuilding")
        else:
            assert (active, again) == (None, None)
    finally:
        database.close()
