"""Whoever runs a service is told beforehand when PostgreSQL has too few connections for all of them."""

import re
from contextlib import ExitStack, closing

import pytest
import sqlalchemy as sa
from structlog.testing import capture_logs

from chassis.settings import Settings
from chassis.storage import capacity
from chassis.storage.database import Database, is_outage, most_connections
from digipunt import doctor
from services import NAMES

WORKERS = 10
MOST = most_connections(WORKERS)


@pytest.fixture
def url(postgres):
    """The address of an empty database of a role of its own, which has no connection yet."""
    url = sa.make_url(postgres.url_for("capacity"))
    postgres.execute(f'CREATE ROLE "{url.database}" LOGIN')
    yield url.set(username=url.database).render_as_string(hide_password=False)
    postgres.execute(f'DROP DATABASE "{url.database}" WITH (FORCE)')
    postgres.execute(f'DROP ROLE "{url.database}"')


@pytest.fixture
def run(url):
    """Starts a process of a service, as far as PostgreSQL can see."""
    with ExitStack() as stack:

        def start(service):
            made = Database(url, workers=WORKERS, name=capacity.name(service, WORKERS))
            stack.enter_context(closing(made)).ping()
            return made

        yield start


def test_processes_that_fit_are_not_spoken_of(run):
    """A default PostgreSQL has a hundred connections: two processes may need sixty of them."""
    run("visits")
    assert capacity.shortage(run("loans")) is None
    with capture_logs() as said:
        capacity.warn_if_short(run("visits"))
    assert said == []


def test_every_process_counts_with_the_most_it_may_need(run):
    """The fourth has opened one connection like the others, and it is the one that says what to set."""
    for _ in range(3):
        run("visits")
    with capture_logs() as said:
        capacity.warn_if_short(run("loans"))
    [warning] = said
    assert warning["log_level"] == "warning"
    allowed, needed, more = map(int, re.findall(r"\d+", warning["advice"]))
    assert needed >= 4 * MOST + capacity.TOOLS
    assert more == needed - allowed
    assert warning["advice"] == (
        f"PostgreSQL allows {allowed} connections, and all that runs may need {needed}:"
        f" set max_connections {more} higher, or run fewer processes"
    )


def test_a_service_that_does_not_run_yet_is_counted_once(run):
    """Before the start it is asked whether all services of a server will fit."""
    database = run("visits")
    assert capacity.shortage(database, expected=["visits", "loans"]) is None
    four = ["visits", "loans", "desk", "reporting"]
    assert "PostgreSQL allows 97" in (capacity.shortage(database, expected=four) or "")


def test_the_doctor_finds_it_before_the_start(url, postgres):
    """Five services on a default PostgreSQL are too many: once for all of them, with what to set."""
    settings = Settings(database_urls=dict.fromkeys(NAMES, url))
    [finding] = doctor.connections(settings)
    assert finding.well is False
    assert re.fullmatch(r"Set max_connections \d+ higher, or run fewer processes\.", finding.advice)
    settings = Settings(database_urls={"visits": url, "desk": f"{url}_that_is_not_there"})
    [finding] = doctor.connections(settings)
    assert finding.well


@pytest.mark.parametrize("kind", ["ROLE", "DATABASE"])
def test_a_lower_limit_of_role_or_database_counts(run, url, postgres, kind):
    """They may have one of their own, as in Compose."""
    database, name = run("visits"), sa.make_url(url).database
    postgres.execute(f'ALTER {kind} "{name}" CONNECTION LIMIT 20')
    sentence = capacity.shortage(database) or ""
    assert sentence.startswith(f"the {kind.lower()} {name} allows 20 connections")
    assert f"give it a CONNECTION LIMIT of {MOST + capacity.TOOLS}" in sentence


def test_nothing_is_said_of_a_database_that_is_away(tmp_path):
    """Readiness says so; and SQLite has no limit."""
    with (
        closing(Database("postgresql+psycopg2://nobody@127.0.0.1:9/nothing")) as away,
        capture_logs() as said,
    ):
        capacity.warn_if_short(away)
    assert {each["log_level"] for each in said} == {"info"}
    with closing(Database(f"sqlite:///{tmp_path}/here.sqlite")) as here:
        assert capacity.shortage(here) is None


def test_a_server_that_is_full_is_an_outage_and_passes(run, url, postgres):
    """Who gets no connection is told to try again; the next one who asks when there is room gets one."""
    database = run("visits")
    postgres.execute(f'ALTER ROLE "{sa.make_url(url).database}" CONNECTION LIMIT 1')
    with database.begin():
        with pytest.raises(sa.exc.OperationalError) as error:
            database.ping()
        assert is_outage(error.value)
    database.ping()


def test_a_pool_is_no_larger_than_what_is_used_at_once(run, url, postgres):
    """A hundred transactions one after the other need one connection."""
    database = run("visits")
    for _ in range(100):
        with database.begin() as connection:
            connection.execute(sa.text("SELECT 1"))
    name = sa.make_url(url).database
    with database.read() as connection:
        opened = connection.execute(
            sa.text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
        ).scalar_one()
    assert opened == 1
