"""The desk's day in one request, and who borrows beside the rows of a list."""

from datetime import timedelta

import pytest

from tests.services.loans.api import LANDEN, TIENEN, issues, new_id


def embedded(answer):
    """The names under `embedded`, by the id of the borrower."""
    people = answer.json()["embedded"]
    assert all(address == f"/loans/v1/borrowers/{each['id']}" for address, each in people.items())
    return {each["id"]: each["name"] for each in people.values()}


@pytest.fixture
def day(loans, helper, point, clock):
    """A digipunt, four weeks on: two loans that are due today, one ready, one out for longer, one of each other thing."""
    made = {}
    start = clock.today()
    for name in ("one", "other"):
        made[name] = helper.lent(point, borrower=helper.borrower(point, name=f"Jan {name}"))
    due = helper.get(f"/loans/{made['one']}").json()["dueOn"]
    clock.go_to(type(start).fromisoformat(due))
    made["ready"] = helper.loan(point, borrower=helper.borrower(point, name="Jan ready"))
    helper.lent(point)
    for name in ("toCheck", "toWipe"):
        made[name] = helper.device(point)
        loan = helper.lent(point, made[name])
        helper.post(f"/loans/{loan}/return", {})
    helper.post(f"/devices/{made['toWipe']}/check", {"condition": "good"})
    made["waiting"] = new_id()
    asked = {
        "borrower": helper.borrower(point, name="Jan waiting"),
        "deviceKind": "tablet",
        "digipunt": point,
    }
    helper.put(f"/requests/{made['waiting']}", asked)
    return made


@pytest.mark.case("desk 10")
def test_the_desks_day_has_counts_and_rows(coordinator, helper, point, day, clock):
    """Each thing is in its part and in no other, with the label that is on it."""
    answer = helper.get("/today", digipunt=point).json()
    due = helper.get(f"/loans/{day['other']}").json()["dueOn"]
    assert answer["day"] == due
    assert {row["id"] for row in answer["toComeBack"]} == {day["one"], day["other"]}
    clock.go_to(clock.today() + timedelta(days=1))
    later = helper.get("/today", digipunt=point).json()
    parts = ("toComeBack", "late", "ready", "toCheck", "toWipe", "waiting")
    ids = {part: {row["id"] for row in later[part]} for part in parts}
    assert ids == {
        "toComeBack": set(),
        "late": {day["one"], day["other"]},
        "ready": {day["ready"]},
        "toCheck": {day["toCheck"]},
        "toWipe": {day["toWipe"]},
        "waiting": {day["waiting"]},
    }
    assert later["counts"] == {part: len(rows) for part, rows in ids.items()}
    (ready,) = later["ready"]
    labels = [helper.get(f"/devices/{device}").json()["label"] for device in ready["devices"]]
    assert ready["deviceLabels"] == labels
    assert helper.get("/today").json() == later
    assert "embedded" not in later


@pytest.mark.case("desk 10")
def test_a_day_is_of_the_callers_digipunten(loans, coordinator, helper, point, day):
    """Another digipunt is refused, that of another municipality is not there, and without one it is one's own."""
    other, far = new_id(), new_id()
    coordinator.loan(other)
    coordinator.device(far, municipality=LANDEN)
    assert helper.get("/today", digipunt=other).status_code == 403
    assert (
        helper.get("/today", digipunt=far).status_code
        == helper.get("/today", digipunt=new_id()).status_code
        == 404
    )
    assert issues(helper.get("/today", digipunt="bib")) == ["digipunt"]
    elsewhere = loans.client("helper", [TIENEN], [new_id()]).get("/today").json()
    assert set(elsewhere["counts"].values()) == {0}
    assert coordinator.get("/today", digipunt=point).json()["counts"]["ready"] == 1


@pytest.mark.case("desk 6", "desk 10")
def test_who_borrows_is_beside_the_rows(helper, point, day):
    """With embed=borrower each person once, under their address; without it no name."""
    for path in ("/loans", "/requests", "/devices"):
        assert "Jan" not in helper.get(path, digipunt=point).text
        assert issues(helper.get(path, embed="device")) == ["embed"]
    loans = helper.get("/loans", digipunt=point, embed="borrower")
    names = embedded(loans)
    assert {item["borrower"] for item in loans.json()["items"]} == set(names)
    assert {"Jan one", "Jan other", "Jan ready"} <= set(names.values())
    asked = helper.get("/requests", digipunt=point, embed="borrower")
    assert list(embedded(asked).values()) == ["Jan waiting"]
    today = embedded(helper.get("/today", digipunt=point, embed="borrower"))
    assert {"Jan one", "Jan other", "Jan ready", "Jan waiting"} <= set(today.values())


@pytest.mark.case("desk 6")
def test_the_tag_of_a_list_counts_who_is_beside_it(helper, point, day):
    """A client that polls hears of another name, although no loan changed."""
    asked = {"digipunt": point, "embed": "borrower"}
    before, bare = (helper.get("/loans", **query).headers["ETag"] for query in (asked, {"digipunt": point}))
    borrower = helper.get(f"/loans/{day['one']}").json()["borrower"]
    assert helper.patch(f"/borrowers/{borrower}", {"name": "Jan Nieuw"}, version=1).status_code == 200
    assert helper.get("/loans", **asked).headers["ETag"] != before
    assert helper.get("/loans", digipunt=point).headers["ETag"] == bare


@pytest.mark.case("desk 6")
def test_a_list_of_devices_tells_who_has_each(loans, coordinator, helper, point):
    """Of own digipunten; a device elsewhere has its loan and no name. Somebody who was erased is left out."""
    mine, other = helper.borrower(point, name="An Eigen"), new_id()
    device = helper.device(point)
    loan = helper.lent(point, device, borrower=mine)
    strayed = coordinator.lent(other, borrower=coordinator.borrower(other, name="Els Elders"))
    answer = helper.get("/devices", embed="borrower", state="onLoan", pageSize=500)
    items = {item["loan"]: item for item in answer.json()["items"]}
    assert (items[loan]["borrower"], embedded(answer)[mine]) == (mine, "An Eigen")
    assert ("borrower" in items[strayed], "Els Elders" in answer.text) == (False, False)
    helper.post(f"/loans/{loan}/return", {})
    assert helper.boss.post(f"/borrowers/{mine}/erase").status_code == 200
    after = helper.get("/loans", digipunt=point, embed="borrower")
    assert [item["borrower"] for item in after.json()["items"]] == [mine]
    assert embedded(after) == {}
