"""A start goes on when its database goes away in the midst of it."""

import eventlet
import psycopg2
import pytest
import sqlalchemy as sa

from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

OPENED = "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}'"


@pytest.mark.case("chaos V8")
@pytest.mark.slow
@pytest.mark.timeout(300)
def test_cut_while_it_migrates(deployments, measured, scale):
    """Its connections are cut as soon as they are made, again and again, and then it may: it starts, and works."""
    deployment, times = deployments(), max(3, scale(10))
    cutting = eventlet.spawn(cut, deployment, times)
    deployment.start()
    assert cutting.wait() == times
    assert deployment.visits.log.read_text().count("migrations.waiting") >= 3
    load = Load(deployment)
    load.batch(100)
    seconds = deployment.wait_level(30)
    verdict = examine(deployment, load.accepted)
    measured("connection cut during migration", f"{times} times", verdict, level_s=f"{seconds:.1f}")


def cut(deployment, times):
    """Terminate connections of visits as they come; how many times."""
    url = sa.make_url(deployment.urls["visits"])
    server = psycopg2.connect(host=url.host, port=url.port, user=url.username, dbname="postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        for _ in range(times):
            wait_until(lambda: connected(cursor, url.database), "a connection")
            deployment.postgres.terminate_backends(deployment.urls["visits"])
            wait_until(lambda: not connected(cursor, url.database), "it to be cut")
    server.close()
    return times


def connected(cursor, database):
    cursor.execute(OPENED.format(database))
    return cursor.fetchone()[0]
