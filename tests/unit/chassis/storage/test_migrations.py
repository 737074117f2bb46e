"""When a database is brought to the newest schema, and when it is left alone."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.storage import migrations
from chassis.storage.database import Database
from services.reporting.service import ReportingService
from services.visits.service import VisitsService

VISITS = VisitsService.migrations / "versions"


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'visits.sqlite'}")
    yield database
    database.close()


def upgrade(database):
    migrations.upgrade(database.url.render_as_string(hide_password=False), VISITS)


def set_revision(database, old, new):
    with database.begin() as connection:
        connection.execute(
            sa.text("UPDATE alembic_version SET version_num = :new WHERE version_num = :old"),
            {"old": old, "new": new},
        )


def test_a_new_database_is_migrated_once(database):
    """Nothing is applied at first; after the migration everything is, and a second one changes nothing."""
    assert not migrations.is_current(database, VISITS)
    upgrade(database)
    assert migrations.is_current(database, VISITS)
    upgrade(database)
    assert migrations.is_current(database, VISITS)


def test_a_release_works_on_the_database_of_the_next(database):
    """Going back one release leaves a schema that has more than this one knows, and that is fine."""
    upgrade(database)
    [newest] = migrations._newest(VISITS)
    set_revision(database, newest, "visits_9999")
    assert migrations.is_current(database, VISITS)
    upgrade(database)


@pytest.mark.parametrize("folder", [VisitsService.migrations, ReportingService.migrations])
def test_revisions_are_numbered_in_the_order_of_their_files(folder: Path):
    """The newest file is the head that alembic finds, so a start need not ask alembic."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory.from_config(migrations._config(folder / "versions"))
    newest = [*migrations._newest(migrations.HERE / "versions"), *migrations._newest(folder / "versions")]
    assert sorted(newest) == sorted(script.get_heads())
