"""Thirty months later: what is left is what docs/personal-data.md says, and every figure is what it was."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.storage.tables import trail
from services.loans.tables import borrowers, requests
from services.notifications.tables import contacts
from services.visits.tables import follow_ups, visits
from tests.services.persons.house import HOLDERS, MARKS

pytestmark = pytest.mark.case("security P5")
LATER = timedelta(days=913)
"""Thirty months."""


def one(house, service, column, id):
    with house.runner.applications[service].database.read() as connection:
        return connection.execute(sa.select(column).where(column.table.c.id == id)).scalar_one()


def due(house):
    return {
        (service, each["what"]): each["count"]
        for service in HOLDERS
        for each in house.call("GET", f"/{service}/v1/retention")["due"]
    }


def figures(house, day):
    """The summary of the year around this day, but for how far the journals were read."""
    period = f"from={day.year}-01-01&to={day.year}-12-31&municipality=24107"
    told = house.call("GET", f"/reporting/v1/summary?{period}")
    return {name: value for name, value in told.items() if name != "asOf"}


def age_out(house):
    """What the timer of each service does within the hour."""
    for service in HOLDERS:
        house.runner.instance(service).age_out()
    house.caught_up()


def test_what_is_not_due_stays(house):
    """On the day itself nothing goes."""
    ids = house.ids
    assert not any(count for (service, what), count in due(house).items() if what != "trail")
    age_out(house)
    assert one(house, "loans", borrowers.c.state, ids["borrower"]) == "active"
    assert one(house, "visits", visits.c.note, ids["visit"]) == "zegtmerkwoord"


def test_thirty_months_later_people_and_remarks_are_gone_and_figures_are_not(house):
    """What is due is told first; then borrower, contact and remarks go, with an entry in the trail; the helper stays."""
    ids, day = house.ids, house.clock.today()
    before = figures(house, day)
    assert before["contacts"] >= 1
    house.clock.ahead = LATER
    told = due(house)
    assert told["loans", "borrowers"] >= 1
    assert told["notifications", "contacts"] >= 1
    assert min(told["loans", "notes"], told["visits", "notes"]) >= 1
    age_out(house)
    assert due(house) == {}
    assert one(house, "loans", borrowers.c.sealed, ids["borrower"]) is None
    assert one(house, "notifications", contacts.c.sealed, ids["contact"]) is None
    assert one(house, "loans", requests.c.note, ids["request"]) is None
    assert one(house, "visits", visits.c.note, ids["visit"]) is None
    assert "note" not in one(house, "visits", visits.c.bottlenecks, ids["visit"])[0]
    assert one(house, "visits", follow_ups.c.note, ids["call"]) is None
    house.call("GET", "/desk/v1/helpers")
    [entry] = [each for each in house.trail("loans", "erased", ids["borrower"]) if each["kind"] == "borrower"]
    assert (entry["who"], entry["reason"]) == ("digipunt", "retention")
    assert figures(house, day) == before


def test_the_trail_ages_out_and_stays_whole(house):
    """After five years its beginning goes; what follows is still a chain."""
    house.link()
    # The test before this one may have written entries of thirty months ahead.
    house.clock.ahead = LATER + timedelta(days=5 * 366 + 40)
    age_out(house)
    house.link()
    for service in HOLDERS:
        assert house.call("GET", f"/{service}/v1/trail/check")["whole"] is True
        with house.runner.applications[service].database.read() as connection:
            oldest = connection.execute(sa.select(sa.func.min(trail.c.at))).scalar()
        assert oldest is None or oldest > house.clock.now() - timedelta(days=5 * 366)


def test_no_mark_is_in_clear_in_any_file(house, caplog):
    """Not in a database, not in its log, not in a journal, before and after erasing."""
    urls = house.runner.settings.database_urls
    if not urls["loans"].startswith("sqlite"):
        pytest.skip("PostgreSQL overwrites what was deleted when it vacuums")
    folder = Path(urls["loans"].removeprefix("sqlite:///")).parent

    def found():
        content = {path.name: path.read_bytes() for path in folder.glob("*.sqlite*")}
        return {
            (name, mark) for name, bytes in content.items() for mark in MARKS[:-1] if mark.encode() in bytes
        }

    assert found() == set()
    for service, name in (("loans", "borrower"), ("notifications", "contact"), ("desk", "helper")):
        house.call("POST", f"/{service}/v1/persons/{house.ids[name]}/erase", {})
    house.caught_up()
    assert found() == set()
    assert not any(mark in caplog.text for mark in MARKS)
