"""The trail is only added to; whatever is changed in it afterwards is found, and its beginning may age out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from chassis.storage.database import Database
from chassis.storage.migrations import upgrade
from chassis.storage.tables import trail, trail_head
from chassis.storage.trail import TIMER, Entry, Who, age_out, check, link_new, record, record_once
from services.visits.service import VisitsService

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANN = Who("ann", "coordinator", None, "laptop 1")
PERSON = "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0f5a2b"


@pytest.fixture(params=("sqlite", "postgresql"))
def database(request, tmp_path) -> Iterator[Database]:
    """A database with the tables of the chassis."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'trail.sqlite'}"
    else:
        url = request.getfixturevalue("postgres").url_for("trail")
    upgrade(url, VisitsService.migrations / "versions")
    database = Database(url)
    yield database
    database.close()


def fill(database, days):
    """An entry a day, linked."""
    for day in range(days):
        with database.begin() as connection:
            record(connection, BEGIN + timedelta(days=day), ANN, [Entry("saw", "borrower", PERSON, "24107")])
    while link_new(database, 2):
        pass


def checked(database):
    with database.read() as connection:
        return check(connection)


def test_who_did_nothing_leaves_no_entry(database):
    """Neither of what was done, nor of what was seen."""
    with database.begin() as connection:
        record(connection, BEGIN, ANN, [])
    record_once(database, BEGIN, ANN, {})
    assert not link_new(database, 2)
    assert checked(database).unlinked == 0


def test_entries_are_linked_without_a_hole(database):
    """Numbers count from one, each link follows from the one before, and new entries wait for a moment."""
    fill(database, 5)
    found = checked(database)
    assert (found.first, found.last, found.broken, found.unlinked) == (1, 5, None, 0)
    with database.begin() as connection:
        record(connection, BEGIN, TIMER, [Entry("aged", "note", None, None, "retention", 7)])
    assert checked(database).unlinked == 1
    assert link_new(database) == 1
    assert link_new(database) == 0
    after = checked(database)
    assert (after.last, after.broken) == (6, None)
    assert after.link != found.link


@pytest.mark.parametrize(
    "tamper",
    [
        sa.update(trail).where(trail.c.number == 3).values(who="somebody else"),
        sa.update(trail).where(trail.c.number == 3).values(at=BEGIN),
        sa.delete(trail).where(trail.c.number == 3),
    ],
    ids=("changed", "moved", "taken away"),
)
def test_what_was_changed_is_found(database, tamper):
    """The check names the first entry that is not as it was."""
    fill(database, 5)
    with database.begin() as connection:
        connection.execute(tamper)
    assert checked(database).broken == 3


def test_what_was_cut_off_the_end_is_found(database):
    """The head knows how many there were."""
    fill(database, 5)
    with database.begin() as connection:
        connection.execute(sa.delete(trail).where(trail.c.number > 3))
    assert checked(database).broken == 4


def test_the_same_thing_seen_again_is_one_entry(database):
    """Whatever comes under a key that is there already is left out."""
    for _ in range(3):
        record_once(database, BEGIN, ANN, {"k": Entry("saw", "borrower", PERSON, "24107")})
    with database.read() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(trail)).scalar_one() == 1


def test_the_beginning_ages_out_and_the_rest_stays_a_chain(database):
    """What is older goes, as far as the first that is not; a chain that is broken loses nothing."""
    fill(database, 5)
    with database.begin() as connection:
        assert age_out(connection, BEGIN + timedelta(days=2)) == 2
        assert age_out(connection, BEGIN + timedelta(days=2)) == 0
    found = checked(database)
    assert (found.first, found.last, found.broken) == (3, 5, None)
    with database.begin() as connection:
        connection.execute(sa.update(trail_head).values(gone_link="forged"))
        assert age_out(connection, BEGIN + timedelta(days=9)) == 0
    assert checked(database).broken == 3


def test_all_of_it_may_age_out(database):
    """The next entry goes on where the chain was."""
    fill(database, 3)
    with database.begin() as connection:
        assert age_out(connection, BEGIN + timedelta(days=9)) == 3
    fill(database, 1)
    found = checked(database)
    assert (found.first, found.last, found.broken) == (4, 4, None)
