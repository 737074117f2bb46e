"""What is remembered of digipunts is never older than it may be."""

import pytest
import sqlalchemy as sa

from chassis.storage.database import Database
from services.visits.digipunt_cache import DigipuntCache
from services.visits.tables import digipunts, metadata

ID = "0190a000-0000-7000-8000-000000000001"


class StillClock:
    """A clock that moves when the test sets it."""

    def __init__(self):
        self.seconds = 0.0

    def monotonic(self):
        return self.seconds


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'visits.sqlite'}")
    metadata.create_all(database.engine)
    yield database
    database.close()


def add(database):
    row = {
        "id": ID,
        "name": "BOM",
        "municipality": "24107",
        "opening": [],
        "state": "open",
        "content_hash": "",
        "version": 1,
    }
    with database.begin() as connection:
        connection.execute(sa.insert(digipunts).values(row))


def close(database, day):
    with database.begin() as connection:
        connection.execute(sa.update(digipunts).values(closed_on=day))


def test_a_new_digipunt_is_known_at_once(database):
    """An unknown id is looked up, whoever added it."""
    cache = DigipuntCache(database, StillClock())
    assert cache.get(ID) is None
    add(database)
    assert cache.get(ID).municipality == "24107"


def test_a_closing_elsewhere_is_seen_within_a_second(database):
    """What another process changed is seen a second later at the latest."""
    clock = StillClock()
    cache = DigipuntCache(database, clock)
    add(database)
    cache.get(ID)
    close(database, sa.func.date("2026-03-01"))
    clock.seconds = 1.0
    assert cache.get(ID).closed_on is not None


def test_a_closing_here_is_seen_at_once(database):
    """Who closed a digipunt in this process sees it closed, even though it was invalidated before the commit."""
    cache = DigipuntCache(database, StillClock())
    add(database)
    cache.get(ID)
    cache.invalidate()
    cache.get(ID)
    close(database, sa.func.date("2026-03-01"))
    assert cache.get(ID).closed_on is not None
