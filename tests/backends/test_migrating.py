"""A migration outlasts a database that goes away, and tells in a sentence why it cannot be done."""

import eventlet
import pytest
import sqlalchemy as sa

from chassis.errors import Unavailable
from chassis.storage import migrations
from chassis.storage.migrations import MigrationFailed
from tests.e2e.command import digipunt
from tests.support.processes import free_port, wait_until

REVISION = '''"""Makes a table."""

import sqlalchemy as sa
from alembic import op

revision = "shelves_0001"
down_revision = None
branch_labels = ("shelves",)


def upgrade():
    op.create_table("shelves", sa.Column("id", sa.Integer, primary_key=True))
    op.execute({statement!r})
'''


@pytest.fixture
def versions(tmp_path):
    """Writes revisions that make a table and then do `statement`."""

    def write(statement):
        (tmp_path / "0001_shelves.py").write_text(REVISION.format(statement=statement))
        return tmp_path

    return write


def tables(url):
    engine = sa.create_engine(url)
    try:
        return set(sa.inspect(engine).get_table_names())
    finally:
        engine.dispose()


def at_work(postgres, url):
    """Whether a migration of the database at `url` is in its last statement."""
    name = sa.make_url(url).database
    engine = sa.create_engine(sa.make_url(url).set(database="postgres"))
    try:
        with engine.connect() as connection:
            asleep = "SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND query LIKE '%pg_sleep%'"
            return connection.execute(sa.text(asleep), {"name": name}).scalar_one()
    finally:
        engine.dispose()


@pytest.mark.case("chaos V8")
@pytest.mark.timeout(120)
def test_a_connection_that_is_cut_is_made_anew(postgres, versions):
    """Its connections are terminated twice in the midst of it, with nothing half-done; then it is done."""
    url = postgres.url_for("migrating")
    migrating = eventlet.spawn(migrations.upgrade, url, versions("SELECT pg_sleep(2)"))
    for _ in range(2):
        wait_until(lambda: at_work(postgres, url), "the migration")
        assert "shelves" not in tables(url)
        postgres.terminate_backends(url)
        wait_until(lambda: not at_work(postgres, url), "it to be cut")
    migrating.wait()
    assert "shelves" in tables(url)


@pytest.mark.timeout(120)
def test_a_database_that_is_not_there_yet_is_waited_for(postgres, versions):
    """As long as it takes for a service; who has set a limit is told what is away."""
    url = postgres.url_for("migrating")
    away = sa.make_url(url).set(port=free_port()).render_as_string(hide_password=False)
    with pytest.raises(Unavailable, match=r"the database migrating_.* is away: .*refused"):
        migrations.upgrade(away, versions("SELECT 1"), patience=0.5)


def test_a_migration_that_cannot_be_done_is_not_tried_again(postgres, versions, tmp_path):
    """It says which database and why, on either kind of database, and nothing is half-done."""
    file = f"sqlite:///{tmp_path}/shelves.sqlite"
    for url, why in ((postgres.url_for("migrating"), "does not exist"), (file, "no such table")):
        with pytest.raises(MigrationFailed, match=f"was not brought to the newest schema: .*{why}"):
            migrations.upgrade(url, versions("DROP TABLE unheard_of"))
        assert "shelves" not in tables(url)


@pytest.mark.timeout(120)
def test_the_command_says_so_in_a_sentence(postgres):
    """`digipunt migrate` on a database where something else has the name of a table: no traceback, and exit code 1."""
    url = postgres.url_for("migrating")
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE journal (id integer)"))
    engine.dispose()
    run = digipunt("migrate", "visits", DIGIPUNT_VISITS_DATABASE_URL=url, DIGIPUNT_SIGNING_KEY="k" * 32)
    [sentence] = run.stderr.splitlines()
    assert sentence.startswith("digipunt: the database migrating_")
    assert sentence.endswith('was not brought to the newest schema: column "type" does not exist')
    assert run.returncode == 1
