"""Figures of this year, when nobody says of which days; and one person of a card, however often it came."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from chassis.clock import local_day
from tests.services.reporting.ledger import LANDEN, TIENEN


@pytest.fixture
def coordinator(region):
    """A coordinator of Tienen and Landen."""
    return region.client("coordinator", [TIENEN, LANDEN])


@pytest.fixture
def point(coordinator):
    """A digipunt in Tienen of which nothing is known yet."""
    return coordinator.digipunt(TIENEN)


@pytest.mark.case("use 14")
def test_without_days_it_is_this_year(coordinator, point):
    """Series, bottlenecks and referrals say which days they are about; one day given, the year of that one."""
    year = local_day(datetime.now(UTC)).year
    now = datetime.now(UTC).isoformat()
    trouble = [{"service": "itsme", "cause": "language"}]
    coordinator.visit(point, startedAt=now, bottlenecks=trouble, referredTo="bank")
    coordinator.visit(point, startedAt=f"{year - 1}-06-01T10:00:00Z", bottlenecks=trouble, referredTo="bank")
    counted = {
        "/series": lambda answer: sum(part["count"] for part in answer["items"]),
        "/bottlenecks": lambda answer: sum(item["count"] for item in answer["items"]),
        "/referrals": lambda answer: sum(item["count"] for item in answer["out"] if item["code"] == "bank"),
    }
    for path, count in counted.items():
        answer = coordinator.get(path, digipunt=point).json()
        assert (answer["from"], answer["to"], count(answer)) == (f"{year}-01-01", f"{year}-12-31", 1), path


@pytest.mark.case("use 14")
def test_with_one_day_it_is_the_year_of_that_one(coordinator, point):
    """From a day to the end of its year, or from the begin of a year to a day of it."""
    answer = coordinator.get("/series", digipunt=point, from_="2025-03-05").json()
    assert (answer["from"], answer["to"], len(answer["items"])) == ("2025-03-05", "2025-12-31", 10)
    answer = coordinator.get("/bottlenecks", digipunt=point, to="2025-03-05").json()
    assert (answer["from"], answer["to"]) == ("2025-01-01", "2025-03-05")
    both = coordinator.get("/referrals", digipunt=point, from_="2024-03-05", to="2025-03-05").json()
    assert (both["from"], both["to"]) == ("2024-03-05", "2025-03-05")
    assert coordinator.get("/summary", digipunt=point).status_code == 400


@pytest.mark.case("use 5")
def test_one_card_is_one_person_however_often_it_came(coordinator, point):
    """Five visits on one card, each sent as the first: one person recognised, one estimated; also after a void."""
    card = str(uuid4())
    code = coordinator.http.put(f"/visits/v1/cards/{card}", json={}).json()["code"]
    days = [f"2025-03-{day:02}T10:00:00Z" for day in (5, 4, 1, 3, 2)]
    ids = [coordinator.visit(point, startedAt=day, card=code, contact="first") for day in days]

    def people():
        found = coordinator.summary("2025-01-01", "2025-12-31", digipunt=point)
        return found["contacts"], found["people"]["recognised"], found["people"]["estimated"]

    assert people() == (5, 1, 1)
    coordinator.http.post(f"/visits/v1/visits/{ids[2]}/void", json={"reason": "mistake"})
    assert people() == (4, 1, 1)
    march = coordinator.get("/series", digipunt=point, from_="2025-01-01", measure="firstContacts").json()
    assert sum(part["count"] for part in march["items"]) == 1
