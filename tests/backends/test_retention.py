"""The hourly look for old remarks among a million visits: it reads those with a remark, and empties some of them at a time."""

import time
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

import services
from chassis.clock import SystemClock, new_id
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import Retention
from chassis.storage import migrations
from chassis.storage.database import Database
from common.retention import AT_ONCE
from services.loans.handlers import retention as of_loans
from services.visits.handlers import retention as of_visits
from services.visits.tables import visits
from tests.support.journals import connect

TODAY = date(2026, 9, 1)
OLD = 250
MOST = 0.5
"""Seconds for a look that has nothing to do; to read a million visits takes several times this."""

VISITS = """
INSERT INTO visits (id, digipunt, municipality, day, started_at, themes, place, contact, bottlenecks, situation, state,
  registered_at, content_hash, version)
SELECT gen_random_uuid(), md5('point' || n %% 20)::uuid, '24107', date '2020-01-01' + n %% 1000, now(), '["email"]', 'point',
  'unknown', CASE WHEN n %% 4 = 0 THEN '[{"code":"noDevice"}]' ELSE '[]' END, '[]', 'registered', now(), '', 1
FROM generate_series(1, %(count)s) AS n
"""
REMARKS = """
UPDATE visits SET note = 'zegt', bottlenecks = '[{"code":"noDevice","note":"zegt"}]'
WHERE id IN (SELECT id FROM visits LIMIT %(count)s)
"""


def execute(url, statement, count):
    connection = connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(statement, {"count": count})
    connection.close()


def migrated(url, name):
    migrations.upgrade(url, Path(services.__file__).parent / name / "migrations" / "versions")
    return Database(url)


@pytest.fixture(scope="module")
def many(postgres):
    """A visits database with a million visits of years ago, none with a remark."""
    url = postgres.url_for("visits")
    database = migrated(url, "visits")
    execute(url, VISITS, 1_000_000)
    yield database, url
    database.close()


def step(database, of=of_visits):
    with UnitOfWork(database, clock=SystemClock(), new_id=new_id, when_recorded=lambda: None) as uow:
        return sum(each.count for each in of.take_away(uow, Retention(), TODAY, AT_ONCE))


def looked(database):
    """What is due, and the seconds in which that was found out and nothing more was done."""
    begin = time.monotonic()
    with database.read() as connection:
        [due] = of_visits.due(connection, Retention(), TODAY, None)
    if not due.count:
        assert step(database) == 0
    return due.count, time.monotonic() - begin


@pytest.mark.timeout(300)
@pytest.mark.timed
def test_a_look_among_a_million_visits_reads_remarks_only(many):
    """With nothing to do it takes next to no time; old remarks go some at a time, and the other rows stay as they were."""
    database, url = many
    count, took = looked(database)
    assert (count, took < MOST) == (0, True), took
    execute(url, REMARKS, OLD)
    assert looked(database)[0] == OLD
    steps = [step(database) for _ in range(4)]
    assert steps == [AT_ONCE, AT_ONCE, OLD - 2 * AT_ONCE, 0]
    count, took = looked(database)
    assert (count, took < MOST) == (0, True), took
    with database.read() as connection:
        met = sa.select(sa.func.count()).where(visits.c.bottlenecks == [{"code": "noDevice"}])
        assert connection.execute(met).scalar_one() >= OLD


@pytest.mark.parametrize(
    ("service", "of", "indexes"),
    [
        ("visits", of_visits, {"ix_visits_noted", "ix_follow_ups_noted"}),
        ("loans", of_loans, {"ix_requests_noted", "ix_device_history_noted", "ix_devices_noted"}),
    ],
)
def test_each_database_finds_remarks_by_their_index(postgres, tmp_path, service, of, indexes):
    """In the words in which the code asks, on either kind of database."""
    for url in (postgres.url_for(service), f"sqlite:///{tmp_path}/{service}.sqlite"):
        database = migrated(url, service)
        explain = "EXPLAIN " if database.dialect == "postgresql" else "EXPLAIN QUERY PLAN "
        plans = []

        def explained(connection, cursor, statement, parameters, context, many, explain=explain, plans=plans):
            if statement.startswith("SELECT"):
                beside = connection.connection.cursor()
                if explain == "EXPLAIN ":
                    beside.execute("SET LOCAL enable_seqscan = off")
                beside.execute(explain + statement, parameters)
                plans.extend(str(row) for row in beside.fetchall())

        with database.read() as connection:
            sa.event.listen(connection, "before_cursor_execute", explained)
            of.due(connection, Retention(), TODAY, None)
        database.close()
        assert {index for index in indexes if index in " ".join(plans)} == indexes, plans
