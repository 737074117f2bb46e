"""On PostgreSQL a service works as a role that changes no table: deploy/database/10-roles.sh makes it, and its owner."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations, product
from pathlib import Path
from typing import Any
from uuid import uuid4

import eventlet
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError, ProgrammingError

import services
from chassis.run import Runner
from chassis.settings import Settings
from chassis.storage import migrations
from digipunt import doctor
from digipunt.backup.restore import restore
from digipunt.backup.tables import versions
from digipunt.backup.write import backup
from tests.backends.deployment import wait_until
from tests.services.access_requests import TIENEN, ask, fill, token
from tests.services.test_access_matrix import ROUTES, RULES
from tests.support.postgresql import PostgreSQL
from tests.support.running import Backend

SCRIPT = Path(__file__).parents[2] / "deploy/database/10-roles.sh"

CHANGES = [
    "CREATE TABLE mine (id integer)",
    "CREATE TEMPORARY TABLE mine (id integer)",
    "CREATE SCHEMA mine",
    "CREATE INDEX mine ON journal (position)",
    "ALTER TABLE journal ADD COLUMN mine integer",
    "ALTER TABLE journal OWNER TO CURRENT_USER",
    "ALTER TABLE journal DISABLE TRIGGER ALL",
    "TRUNCATE journal",
    "DROP TABLE journal",
    "DROP SCHEMA public CASCADE",
]
"""What whoever breaks into a service must not be able to do."""

ADDED = '''"""A release adds a table."""

import sqlalchemy as sa
from alembic import op

revision = "shelves_0001"
down_revision = None
branch_labels = ("shelves",)


def upgrade():
    op.create_table("shelves", sa.Column("id", sa.Integer, primary_key=True))
'''


@dataclass
class Place:
    """Services with databases on one server, and the secrets that the script reads."""

    postgres: PostgreSQL
    secrets: Path
    mark: str
    names: tuple[str, ...]

    def name(self, service: str) -> str:
        return f"{service}_{self.mark}"

    def prepare(self, *, owners: bool = True) -> None:
        """What `scripts/init` and the start of the container do; without `owners`, those of the release before."""
        for service in self.names:
            own = self.name(service)
            self._keep(f"{own}_database_url", own, own)
            if owners:
                self._keep(f"{own}_migrate_url", f"{own}_owner", own)
        environment = os.environ | {
            "DIGIPUNT_SECRETS": str(self.secrets),
            "POSTGRES_USER": "digipunt",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(self.postgres.port),
        }
        done = subprocess.run(["bash", SCRIPT], env=environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr

    def _keep(self, secret: str, role: str, database: str) -> None:
        (self.secrets / secret).write_text(f"postgresql://{role}:{uuid4().hex}@database/{database}\n")

    def url(self, service: str, role: str = "") -> str:
        """Its address here: as the service, or with `role="_owner"`."""
        own = self.name(service)
        return f"postgresql+psycopg2://{own}{role}@127.0.0.1:{self.postgres.port}/{own}"

    def migrate(self, role: str = "_owner") -> None:
        for service in self.names:
            migrations.upgrade(self.url(service, role), versions(service))

    def backend(self, role: str = "") -> Backend:
        """Services that run as themselves, or as another role."""
        return Backend(f"memory://{uuid4().hex}", {name: self.url(name, role) for name in self.names})

    def ask(self, service: str, statement: str, role: str = "") -> list[Any]:
        """Rows of a statement; none when it gives none."""
        engine = sa.create_engine(self.url(service, role))
        try:
            with engine.begin() as connection:
                result = connection.execute(sa.text(statement))
                return list(result) if result.returns_rows else []
        finally:
            engine.dispose()

    def remove(self) -> None:
        for service in self.names:
            own = self.name(service)
            self.postgres.execute(f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)')
            for role in (own, f"{own}_owner"):
                self.postgres.execute(f'DROP ROLE IF EXISTS "{role}"')


@pytest.fixture
def place(postgres: PostgreSQL, tmp_path: Path) -> Iterator[Place]:
    """`visits` alone."""
    yield from placed(postgres, tmp_path, "visits")


def placed(postgres: PostgreSQL, secrets: Path, *names: str) -> Iterator[Place]:
    if postgres._folder is None:
        pytest.skip("roles are made on a server of our own only")
    found = Place(postgres, secrets, uuid4().hex[:8], names)
    yield found
    found.remove()


def refused(place: Place, statement: str) -> bool:
    """Whether the service may not do this."""
    try:
        place.ask("visits", statement)
    except ProgrammingError as error:
        return error.orig is not None and getattr(error.orig, "pgcode", None) == "42501"
    return False


@pytest.mark.case("security L14")
def test_a_service_changes_no_table(place):
    """It reads and writes rows; the owner makes and changes tables, and what a migration adds is the service's to use."""
    place.prepare()
    place.migrate()
    assert [change for change in CHANGES if not refused(place, change)] == []
    place.ask("visits", "UPDATE journal_head SET position = position")
    assert place.ask("visits", "SELECT count(*) FROM journal") == [(0,)]


@pytest.mark.case("security L14")
def test_the_doctor_says_whether_the_role_changes_tables(place):
    """So that whoever has one role for both sees that there could be two."""
    place.prepare()
    place.migrate()
    told = {}
    for role in ("", "_owner"):
        settings = Settings(database_urls={"visits": place.url("visits", role)})
        told[role] = doctor._database(settings, "visits").detail
    assert told == {"": "newest schema; this role changes no table", "_owner": "newest schema"}


@pytest.mark.case("security L14")
def test_what_a_release_adds_is_the_services_to_use(place, tmp_path):
    """Its owner makes it; the number of a row comes from a sequence."""
    place.prepare()
    folder = tmp_path / "added"
    folder.mkdir()
    (folder / "0001_shelves.py").write_text(ADDED)
    migrations.upgrade(place.url("visits", "_owner"), folder)
    place.ask("visits", "INSERT INTO shelves DEFAULT VALUES")
    place.ask("visits", "DELETE FROM shelves")
    assert refused(place, "DROP TABLE shelves")


@pytest.mark.case("security L14")
def test_no_role_opens_the_database_of_another_service(postgres, tmp_path):
    """Neither that of the service nor that which migrates it."""
    for place in placed(postgres, tmp_path, *services.NAMES):
        place.prepare()
        for (service, other), role in product(permutations(services.NAMES, 2), ("", "_owner")):
            url = sa.make_url(place.url(service, role)).set(database=place.name(other))
            engine = sa.create_engine(url)
            with pytest.raises(OperationalError, match="permission denied for database"):
                engine.connect()
            engine.dispose()


def digipunt_and_visit(runner: Runner) -> list[int]:
    """Record both; the answers."""
    ids = {"digipunts": str(uuid4()), "visits": str(uuid4()), "registrations": ""}
    bearer = token(runner, "coordinator", TIENEN)
    routes = ("PUT /v1/digipunts/{id}", "PUT /v1/visits/{id}")
    return [ask(runner, "visits", route, bearer, ids).status_code for route in routes]


@pytest.mark.case("security L14")
def test_deployment_of_the_release_before_is_taken_over_while_it_works(place):
    """What the service owned goes to the owner; nothing is lost, the service goes on, and it may be done again."""
    place.prepare(owners=False)
    visits = services.REGISTRY["visits"].load()
    with place.backend().running(visits) as runner:
        assert digipunt_and_visit(runner) == [201, 201]
        assert not refused(place, "CREATE TABLE mine (id integer)")
        before = place.ask("visits", "SELECT count(*) FROM journal")
        place.prepare()
        assert place.ask("visits", "SELECT count(*) FROM journal") == before == [(2,)]
        assert digipunt_and_visit(runner) == [201, 201]
        place.prepare()
        assert digipunt_and_visit(runner) == [201, 201]
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert place.ask("visits", owners) == [(place.name("visits") + "_owner",)]
    assert [change for change in CHANGES if not refused(place, change)] == []
    place.migrate()
    with place.backend().running(visits) as runner:
        assert digipunt_and_visit(runner) == [201, 201]


@pytest.mark.case("security L14")
def test_taking_over_holds_up_no_write_for_long(place):
    """While visits come in, each is recorded at once or asked to come again; none is lost and none is a fault."""
    place.prepare(owners=False)
    visits = services.REGISTRY["visits"].load()
    with place.backend().running(visits) as runner:
        assert digipunt_and_visit(runner) == [201, 201]
        answers: list[int] = []
        going = True

        def write() -> None:
            while going:
                answers.extend(digipunt_and_visit(runner))

        writers = [eventlet.spawn(write) for _ in range(4)]
        wait_until(lambda: len(answers) > 20, "some visits")
        place.prepare()
        before = len(answers)
        wait_until(lambda: len(answers) > before + 20, "some more")
        going = False
        for writer in writers:
            writer.wait()
    # Behind a digipunt that was to come again its visit is refused, for that is not there.
    assert set(answers) <= {201, 400, 503}
    assert answers[-1] == 201
    journal = place.ask("visits", "SELECT count(*) FROM journal")
    assert journal == [(2 + answers.count(201),)]


def test_passwords_are_changed_by_running_it_again(place):
    """Of both roles; whoever is connected stays so."""

    def kept() -> list[str]:
        own = place.name("visits")
        connection = place.postgres._connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT rolpassword FROM pg_authid WHERE rolname IN (%s, %s) ORDER BY rolname",
                    (own, f"{own}_owner"),
                )
                return [row[0] for row in cursor.fetchall()]
        finally:
            connection.close()

    place.prepare()
    before = kept()
    place.prepare()
    after = kept()
    assert len(before) == len(after) == 2
    assert set(before).isdisjoint(after)


@pytest.fixture(scope="module")
def whole(postgres: PostgreSQL, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A database for each service, migrated by its owner."""
    for found in placed(postgres, tmp_path_factory.mktemp("secrets"), *services.NAMES):
        found.prepare()
        found.migrate()
        yield found


@pytest.mark.case("security L14")
@pytest.mark.timeout(300)
def test_every_route_is_served_without_a_right_to_change_tables(whole):
    """Each route of each service, as who may call it: none fails; relays, subscriptions and a rebuild work as well."""
    with whole.backend().running(*services.load()) as runner:
        ids = fill(runner)
        failed = []
        for service, route in ROUTES:
            rule = RULES[service][route]
            role = next((each for each in ("coordinator", "ops", "helper", "desk") if each in rule), None)
            bearer = None if role is None else token(runner, role, TIENEN, (ids["digipunts"],))
            answer = ask(runner, service, route, bearer, ids)
            if answer.status_code == 500:
                failed.append((service, route, answer.text))
        assert failed == []
        rebuilt = runner.applications["reporting"].request_rebuild("visits")
        active = "SELECT max(generation) FROM checkpoints WHERE active AND source = 'visits'"
        wait_until(lambda: whole.ask("reporting", active) == [(rebuilt["visits"],)], "the rebuild")


@pytest.mark.case("security L14")
@pytest.mark.timeout(300)
def test_what_the_owner_restores_is_the_services_to_use(whole, tmp_path):
    """A restore makes the tables anew, as the owner; the service finds its rows in them."""
    visits = services.REGISTRY["visits"].load()
    with whole.backend().running(visits) as runner:
        assert digipunt_and_visit(runner) == [201, 201]
        keys = {"data_keys": runner.settings.data_keys, "signing_key": runner.settings.signing_key}
    owner = Settings(database_urls=whole.backend("_owner").database_urls, deployment="test", **keys)
    backup(owner, str(tmp_path / "backup"))
    before = whole.ask("visits", "SELECT count(*) FROM journal")
    with (tmp_path / "backup").open("rb") as source:
        restore(owner, source, replace=True)
    assert whole.ask("visits", "SELECT count(*) FROM journal") == before
    assert refused(whole, "DROP TABLE journal")
    with whole.backend().running(visits) as runner:
        assert digipunt_and_visit(runner) == [201, 201]
