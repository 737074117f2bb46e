"""Devices: added, moved, mended, missed, counted and retired."""

import pytest

from tests.services.loans.api import TIENEN, issues, new_id


def test_a_device_is_added_once_and_changes_with_its_version(loans, helper, point):
    """A resend is the same; other content under its id and another device with its label are refused."""
    id, label = new_id(), new_id()[:6]
    body = {"kind": "tablet", "label": label, "digipunt": point, "serial": "SN-1", "accessories": ["lader"]}
    first, again = helper.boss.put(f"/devices/{id}", body), helper.boss.put(f"/devices/{id}", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert helper.boss.put(f"/devices/{id}", body | {"kind": "laptop"}).status_code == 409
    assert helper.boss.put(f"/devices/{new_id()}", body | {"label": label.upper()}).status_code == 409
    assert helper.boss.patch(f"/devices/{id}", {"condition": "used"}).status_code == 428
    assert helper.boss.patch(f"/devices/{id}", {"condition": "used"}, 1).json()["condition"] == "used"
    assert helper.boss.patch(f"/devices/{id}", {"serial": None}, 1).status_code == 412
    assert issues(helper.boss.patch(f"/devices/{id}", {"note": "bel 0470 12 34 56"}, 2)) == ["note"]
    assert helper.boss.get("/devices", label=label.upper()).json()["items"][0]["id"] == id
    assert loans.whats(id) == ["added", "changed"]
    assert helper.boss.patch(f"/devices/{id}", {"label": label.upper()}, 2).json()["label"] == label.upper()
    assert helper.boss.put(f"/devices/{id}", body).status_code == 200


def test_a_device_is_mended_missed_and_found(helper, point):
    """Out of service it is not lent; ready again it is. What is lent or reserved cannot be taken out of service."""
    device = helper.device(point, preparing=True)
    assert helper.state(device) == "preparing"
    assert helper.post(f"/devices/{device}/ready", {}).json()["state"] == "available"
    for way, state in (("repair", "inRepair"), ("missing", "missing")):
        assert helper.post(f"/devices/{device}/{way}", {"note": "scherm"}).json()["state"] == state
        assert helper.post(f"/devices/{device}/{way}", {}).status_code == 200
        assert issues(helper.post(f"/devices/{device}/ready", {"condition": "damaged"})) == ["condition"]
        assert helper.post(f"/devices/{device}/ready", {"condition": "used"}).json()["state"] == "available"
    loan = helper.lent(point, device)
    for way in ("repair", "missing", "wiped"):
        body = None if way == "wiped" else {}
        answer = helper.post(f"/devices/{device}/{way}", body)
        assert (answer.status_code, "lent already" in answer.text) == (409, True)
    helper.post(f"/loans/{loan}/return", {})
    # To repair and back, it still has not been wiped.
    helper.post(f"/devices/{device}/repair", {})
    assert helper.post(f"/devices/{device}/ready", {}).json()["state"] == "returnedUnchecked"


def test_a_charger_has_nothing_to_wipe(helper, point):
    """What cannot hold anything of a borrower is lent again after the check alone."""
    charger = helper.device(point, kind="charger")
    loan = helper.lent(point, charger)
    helper.post(f"/loans/{loan}/return", {})
    assert helper.post(f"/loans/{loan}/check", {"condition": "good"}).json()["state"] == "closed"
    assert helper.state(charger) == "available"


@pytest.mark.parametrize("reason", ["tooOld", "givenAway", "broken"])
def test_a_device_is_retired_with_a_reason(loans, coordinator, point, reason):
    """Its label is free again; one that was not wiped is not given away."""
    device = coordinator.device(point, label=f"x{new_id()[:6]}")
    loan = coordinator.lent(point, device)
    coordinator.post(f"/loans/{loan}/return", {})
    answer = coordinator.post(f"/devices/{device}/retire", {"reason": reason})
    if reason != "broken":
        assert answer.status_code == 409
        coordinator.post(f"/devices/{device}/check", {"condition": "used", "wiped": True})
        answer = coordinator.post(f"/devices/{device}/retire", {"reason": reason})
    assert (answer.json()["state"], answer.json()["retireReason"]) == ("retired", reason)
    assert coordinator.post(f"/devices/{device}/retire", {"reason": reason}).status_code == 200
    assert coordinator.post(f"/devices/{device}/retire", {"reason": "other"}).status_code == 409
    label = answer.json()["label"]
    assert coordinator.device(point, label=label)
    assert loans.whats(device)[-1] == "retired"


def test_a_device_moves_inside_the_area_of_who_moves_it(loans, coordinator, point):
    """Its home is the other digipunt from then on, and so is the municipality."""
    device, other = coordinator.device(point), new_id()
    coordinator.device(other, municipality="24059")
    moved = coordinator.post(f"/devices/{device}/move", {"digipunt": other}).json()
    assert (moved["digipunt"], moved["municipality"], moved["at"]) == (other, "24059", other)
    assert loans.whats(device) == ["added", "moved"]
    narrow = loans.client("coordinator", [TIENEN])
    assert narrow.get(f"/devices/{device}").status_code == 404


def test_a_stock_take_says_what_is_here_elsewhere_absent_or_not_ours(coordinator, point):
    """QR codes and labels both count; what was missing and is found is inspected first."""
    here, gone, found = (coordinator.device(point) for _ in range(3))
    coordinator.post(f"/devices/{found}/missing", {})
    other = new_id()
    strayed = coordinator.device(other)
    lent = coordinator.device(point)
    coordinator.lent(point, lent)
    label = coordinator.get(f"/devices/{here}").json()["label"]
    scanned = [label.upper(), f"digipunt:{strayed}", found, "https://example.org/"]
    body = {"digipunt": point, "scanned": scanned, "markMissing": True}
    told = coordinator.post("/stockTakes", body).json()
    assert set(told["found"]) == {here, found}
    assert (told["foundElsewhere"], told["absent"]) == ([strayed], [gone])
    assert told["notOurs"] == ["https://example.org/"]
    assert coordinator.get(f"/devices/{strayed}").json()["at"] == point
    states = [coordinator.state(device) for device in (here, gone, found, lent)]
    assert states == ["available", "missing", "returnedUnchecked", "onLoan"]
    assert coordinator.get(f"/devices/{here}").json()["seenOn"]


def test_what_is_wrong_with_a_device_is_said_at_its_place(helper, point):
    """Unknown codes, a check of something that is not on its list, a digipunt nobody can place."""

    def put(**more):
        body = {"kind": "laptop", "label": new_id()[:8], "digipunt": point}
        return helper.boss.put(f"/devices/{new_id()}", body | more)

    assert issues(put(kind="fax")) == ["kind"]
    assert issues(put(municipality="2410")) == ["municipality"]
    assert issues(put(label="bel 0470 12 34 56")) == ["label"]
    assert helper.put(f"/devices/{new_id()}", {}).status_code == 403
    device = helper.device(point, accessories=["lader"])
    loan = helper.lent(point, device)
    helper.post(f"/loans/{loan}/return", {})
    wrong = helper.post(f"/loans/{loan}/check", {"condition": "good", "missingAccessories": ["muis"]})
    assert issues(wrong) == ["missingAccessories[0]"]


@pytest.mark.case("security M7")
@pytest.mark.parametrize("text", ["85.07.30-033.28", "wachtwoord: Geheim1", "jan@example.be 0470123456"])
@pytest.mark.parametrize("field", ["serial", "accessories", "note", "label"])
def test_nobody_is_named_on_a_device(helper, point, field, text):
    """Serial number, accessories, note and label say nothing of a person."""
    body = {"kind": "laptop", "label": new_id()[:8], "digipunt": point}
    answer = helper.boss.put(
        f"/devices/{new_id()}", body | {field: [text] if field == "accessories" else text}
    )
    assert set(issues(answer)) == {"accessories[0]" if field == "accessories" else field}
