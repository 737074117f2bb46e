"""Opening, changing and closing digipunts."""

from datetime import UTC, datetime, timedelta

import pytest

from chassis.clock import local_day
from tests.services.visits.api import LANDEN, TIENEN, issues, new_id

FULL = {
    "name": "'t Recupke",
    "municipality": LANDEN,
    "organisation": "'t Recupke vzw",
    "address": {"street": "Stationsstraat 1", "postalCode": "3400", "town": "Landen"},
    "phone": "+3211123456",
    "opening": [{"weekday": "tue", "opens": "13:30", "closes": "16:30", "every": 2, "first": "2026-03-03"}],
    "openedOn": "2024-01-08",
}


def today():
    return local_day(datetime.now(UTC))


def test_a_digipunt_reads_back_as_it_was_sent(visits, coordinator):
    """Place, host, opening pattern and first day are kept, and the event carries what others need."""
    id = new_id()
    assert coordinator.put(f"/digipunts/{id}", FULL).status_code == 201
    assert coordinator.put(f"/digipunts/{id}", FULL).status_code == 200
    assert coordinator.get(f"/digipunts/{id}").json() == FULL | {"id": id, "state": "open", "version": 1}
    (event,) = visits.events(id)
    assert event["type"].endswith(".opened")
    assert event["data"]["digipunt"] == FULL | {"id": id, "state": "open"}


def test_a_phone_number_is_kept_in_one_form(coordinator):
    """However people write the number of a digipunt, it is one that can be called."""
    id = coordinator.digipunt(phone="011/12 34 56")
    assert coordinator.get(f"/digipunts/{id}").json()["phone"] == "+3211123456"
    answer = coordinator.put(f"/digipunts/{new_id()}", FULL | {"phone": "12"})
    assert issues(answer) == ["phone"]


@pytest.mark.case("figures 33")
@pytest.mark.parametrize("name", ["=1+1", "+32 punt", "-BOM", "@home", " =1+1"])
def test_a_name_is_no_formula(coordinator, name):
    """It is in every table that somebody opens in a spreadsheet, where such a beginning is reckoned with."""
    answer = coordinator.put(f"/digipunts/{new_id()}", FULL | {"name": name})
    assert (answer.status_code, issues(answer)) == (400, ["name"])
    id = coordinator.digipunt(name="'t Recupke +")
    assert coordinator.patch(f"/digipunts/{id}", {"name": name}, 1).status_code == 400


def test_other_content_under_an_id_is_a_conflict(coordinator):
    """Two digipunts do not share an id."""
    id = coordinator.digipunt()
    assert coordinator.put(f"/digipunts/{id}", FULL).status_code == 409


def test_a_digipunt_changes_with_its_version(visits, coordinator):
    """A change needs the current version; the municipality cannot change."""
    id = coordinator.digipunt()
    assert coordinator.patch(f"/digipunts/{id}", {"name": "Bib"}).status_code == 428
    assert (
        coordinator.patch(f"/digipunts/{id}", {"name": "Bib", "organisation": "Stad"}, 1).status_code == 200
    )
    assert coordinator.patch(f"/digipunts/{id}", {"name": "Bib 2"}, 1).status_code == 412
    assert issues(coordinator.patch(f"/digipunts/{id}", {"municipality": LANDEN}, 2)) == ["municipality"]
    assert [event["data"]["digipunt"]["name"] for event in visits.events(id)] == ["BOM", "Bib"]


def test_a_closed_digipunt_takes_no_visits_from_that_day(visits, coordinator):
    """Visits before the closing still come in; later ones are refused at once; reopening takes them again."""
    id = coordinator.digipunt()
    coordinator.visit(id)
    assert coordinator.post(f"/digipunts/{id}/close", {}).json()["closedOn"] == today().isoformat()
    assert coordinator.post(f"/digipunts/{id}/close", {}).json()["version"] == 2
    assert issues(coordinator.put(f"/visits/{new_id()}", {"digipunt": id, "themes": ["tax"]})) == ["digipunt"]
    before = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    coordinator.visit(id, startedAt=before)
    assert coordinator.post(f"/digipunts/{id}/reopen").json()["state"] == "open"
    coordinator.visit(id)
    assert [event["type"].rsplit(".", 1)[1] for event in visits.events(id)] == ["opened", "closed", "changed"]


def test_a_closing_is_not_to_come_and_not_before_the_opening(coordinator):
    """A closing is recorded when it has come."""
    id = coordinator.digipunt(openedOn="2026-02-01")
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert issues(coordinator.post(f"/digipunts/{id}/close", {"closedOn": tomorrow})) == ["closedOn"]
    assert issues(coordinator.post(f"/digipunts/{id}/close", {"closedOn": "2026-01-31"})) == ["closedOn"]
    assert issues(coordinator.put(f"/visits/{new_id()}", {
        "digipunt": id, "themes": ["tax"], "startedAt": "2026-01-15T10:00:00Z",
    })) == ["digipunt"]  # fmt: skip


def test_digipunts_are_found_by_name_in_a_municipality(coordinator):
    """An import finds the digipunt it means by its exact name and municipality."""
    name = f"Bib {new_id()}"
    id = coordinator.digipunt(TIENEN, name=name)
    coordinator.digipunt(LANDEN, name=name)
    found = coordinator.get("/digipunts", name=name, municipality=TIENEN).json()
    assert [each["id"] for each in found["items"]] == [id]


def test_a_wrong_opening_pattern_is_named(coordinator):
    """Every second week needs a first day, and a time is a time."""
    opening = [{"weekday": "tue", "opens": "13:30", "closes": "16:30", "every": 2}]
    body = FULL | {"opening": opening}
    assert issues(coordinator.put(f"/digipunts/{new_id()}", body)) == ["opening[0].first"]
    body = FULL | {"opening": [{"weekday": "tue", "opens": "25:00", "closes": "16:30"}]}
    assert issues(coordinator.put(f"/digipunts/{new_id()}", body)) == ["opening[0].opens"]
