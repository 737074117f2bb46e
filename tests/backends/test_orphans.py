"""What a service that vanished has left on PostgreSQL is ended by the server, and what rightly takes long is not."""

import os
import time
from contextlib import closing

import eventlet
import pytest
import sqlalchemy as sa

from chassis.storage import orphans, postgres_timeout
from chassis.storage.database import Database, is_outage
from tests.support.network import Network
from tests.support.processes import wait_until

SOON = {"idle_in_transaction_session_timeout": 500, "lock_timeout": 250}
"""Milliseconds, so that a test need not wait as long as a deployment."""


QUEUEING = 3


@pytest.fixture
def url(postgres):
    """A database with one row that somebody may lock."""
    url = postgres.url_for("orphans")
    with closing(Database(url)) as database, database.begin() as connection:
        connection.execute(sa.text("CREATE TABLE head (position integer); INSERT INTO head VALUES (0)"))
    return url


@pytest.fixture
def soon(monkeypatch):
    """Everything that ends, ends soon."""
    monkeypatch.setattr(orphans, "LOST_CLIENT", orphans.LOST_CLIENT | SOON)


def setting(connection, name):
    return connection.execute(sa.text("SELECT current_setting(:name)"), {"name": name}).scalar_one()


def take(connection):
    connection.execute(sa.text("UPDATE head SET position = position + 1"))


@pytest.mark.case("chaos V3")
@pytest.mark.timeout(120)
def test_a_vanished_service_lets_go_of_what_it_held(url, postgres):
    """It held a row when its machine lost its power, and others of it were queueing: ten seconds later the row is free."""
    with closing(Network(postgres.port)) as network, closing(Database(url)) as database:
        theirs = Database(sa.make_url(url).set(port=network.port).render_as_string(hide_password=False))
        connection = theirs.open()
        take(connection)
        others = [eventlet.spawn(taken, theirs) for _ in range(QUEUEING)]
        wait_until(lambda: waiting(database) == QUEUEING, "the others to queue")
        network.lose_clients()
        began = time.monotonic()
        wait_until(lambda: taken(database), "the row to be free", 30)
        assert time.monotonic() - began < orphans.IDLE_IN_TRANSACTION + orphans.LOCK_TIMEOUT + 2
        assert not any(other.wait() for other in others)
        connection.invalidate()
        connection.close()
        theirs.close()


def waiting(database):
    """How many wait for a lock."""
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with database.read() as connection:
        return connection.execute(sa.text(blocked)).scalar_one()


@pytest.fixture
def impatient(monkeypatch):
    """What is not answered is given up after two seconds, and where there is doubt after half a second."""
    monkeypatch.setattr(postgres_timeout.Connection, "statement_timeout", 2.0)
    monkeypatch.setattr(postgres_timeout, "DOUBT_TIMEOUT", 0.5)
    monkeypatch.setattr(postgres_timeout, "LOOK_EVERY", 0.1)
    monkeypatch.setattr(postgres_timeout, "_doubt", postgres_timeout._Doubt())


@pytest.mark.timeout(120)
def test_the_silence_of_one_connection_tells_of_the_others(url, postgres, impatient):
    """Two are silent since the server vanished; who used the second one just before the first was given up waits no more."""
    with closing(Network(postgres.port)) as network:
        through = sa.make_url(url).set(port=network.port).render_as_string(hide_password=False)
        with (
            closing(Database(through)) as one,
            closing(Database(through)) as other,
            closing(Database(url)) as near,
        ):
            one.ping()
            other.ping()
            near.ping()
            network.lose_server()
            began = time.monotonic()
            waiting = [eventlet.spawn(given_up, one), eventlet.spawn_after(1.5, given_up, other)]
            long = eventlet.spawn(sleep, near, 3.0)
            assert waiting[0].wait() - began < 2.5
            assert waiting[1].wait() - began < 3.3, "2.5 with the doubt, 3.5 without"
            one.ping()
            other.ping()
            near.ping()
            assert long.wait() == 3.0, "what rightly takes long is not doubted"


def given_up(database):
    """When a statement was given up."""
    with pytest.raises(sa.exc.OperationalError, match="did not answer"):
        database.ping()
    return time.monotonic()


def sleep(database, seconds):
    with database.begin(unlimited=True) as connection:
        connection.execute(sa.text(f"SELECT pg_sleep({seconds})"))
    return seconds


def stand_still(connection):
    """Do nothing for longer than the server allows, in the midst of a transaction."""
    take(connection)
    time.sleep(1.5)
    take(connection)


def taken(database):
    """Whether the row could be changed; no while somebody holds it."""
    try:
        with database.begin() as connection:
            take(connection)
    except sa.exc.OperationalError:
        return False
    return True


def test_every_connection_says_how_soon_to_give_it_up(url):
    """Reading, writing, and where each statement is a transaction of its own."""
    with closing(Database(url)) as database:
        for opened in (database.read, database.begin, database.single):
            with opened() as connection:
                assert setting(connection, "idle_in_transaction_session_timeout") == "10s"
                assert setting(connection, "lock_timeout") == "4s"
                assert setting(connection, "tcp_keepalives_idle") == "10"
                assert setting(connection, "tcp_keepalives_count") == "2"
                assert setting(connection, "tcp_user_timeout") == "20000"


def test_what_the_address_sets_is_kept_and_wins(url, monkeypatch):
    """In the address, or where the environment has it for all of libpq."""
    given = "-c statement_timeout=7000 -c lock_timeout=9000"
    named = sa.make_url(url).update_query_dict({"options": given}).render_as_string(hide_password=False)
    monkeypatch.setenv("PGOPTIONS", given)
    for each in (named, url):
        with closing(Database(each)) as database, database.read() as connection:
            assert setting(connection, "statement_timeout") == "7s"
            assert setting(connection, "lock_timeout") == "9s"
            assert setting(connection, "idle_in_transaction_session_timeout") == "10s"
    assert os.environ["PGOPTIONS"] == given


def test_a_transaction_that_was_given_up_is_an_outage(url, soon):
    """A process that stood still is told to try again, and its next connection works."""
    with closing(Database(url)) as database:
        with pytest.raises(sa.exc.DBAPIError) as error, database.begin() as connection:
            stand_still(connection)
        assert is_outage(error.value)
        assert taken(database)


def test_who_waits_for_a_lock_is_told_to_try_again(url, soon):
    """A row that somebody holds is waited for, and not for ever; the connection stays good."""
    with closing(Database(url)) as database, database.begin(unlimited=True) as holder:
        take(holder)
        with pytest.raises(sa.exc.OperationalError) as error, database.begin() as connection:
            take(connection)
        assert is_outage(error.value)
        assert not error.value.connection_invalidated


def test_what_rightly_takes_long_is_left_alone(url, soon):
    """A migration, a restore and a backup stand still between statements, and queue for a lock; afterwards all is as before."""
    with closing(Database(url)) as database:
        with database.begin(unlimited=True) as connection:
            stand_still(connection)
        with database.read() as connection, database.unlimited(connection):
            assert setting(connection, "lock_timeout") == "0"
            time.sleep(1.5)
            assert setting(connection, "lock_timeout") == "0"
        with database.open() as connection, database.unlimited(connection):
            stand_still(connection)
            connection.commit()
        with database.read() as connection:
            assert setting(connection, "lock_timeout") == "250ms"
            assert connection.execute(sa.text("SELECT position FROM head")).scalar_one() == 4
