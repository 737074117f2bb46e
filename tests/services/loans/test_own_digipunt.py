"""Who borrows is known at the digipunt that lends: a helper of another one gets at no name, and reserves no device."""

import pytest

from tests.services.loans.api import LANDEN, TIENEN, new_id

NAME = "Persoon Zonneschijn"


@pytest.fixture
def there(coordinator):
    """Another digipunt of Tienen, with a borrower, a device and a loan that is out."""
    point = new_id()
    borrower = coordinator.borrower(point, name=NAME)
    device, lent = coordinator.device(point), coordinator.device(point)
    loan = coordinator.lent(point, lent, borrower=borrower)
    return {"point": point, "borrower": borrower, "device": device, "lent": lent, "loan": loan}


@pytest.mark.case("security M1")
def test_a_helper_does_not_get_at_a_borrower_of_another_digipunt(helper, point, there):
    """The four steps of the attack: find the loan, take it back here, lend to its borrower, print the agreement."""
    found = helper.get("/devices", digipunt=there["point"], state="onLoan").json()["items"]
    (loan,) = [each["loan"] for each in found if each["id"] == there["lent"]]
    back = helper.post(f"/loans/{loan}/return", {"digipunt": point})
    assert (back.status_code, "borrower" in back.json(), there["borrower"] in back.text) == (
        200,
        False,
        False,
    )
    checked = helper.post(f"/loans/{loan}/check", {"condition": "good", "wiped": True})
    assert (checked.status_code, there["borrower"] in checked.text) == (200, False)
    body = {"digipunt": point, "devices": [helper.device(point)], "borrower": there["borrower"]}
    id = new_id()
    assert helper.put(f"/loans/{id}", body).status_code == 403
    assert helper.get(f"/loans/{id}/agreement.pdf").status_code == 404
    request = {"borrower": there["borrower"], "deviceKind": "laptop", "digipunt": point}
    assert helper.put(f"/requests/{new_id()}", request).status_code == 403
    for path in ("/devices?pageSize=500&", "/loans?", "/requests?", "/today?"):
        answer = helper.get(f"{path}embed=borrower")
        assert (answer.status_code, NAME in answer.text) == (200, False), path


@pytest.mark.case("security M1")
def test_a_helper_reserves_no_device_of_another_digipunt(loans, coordinator, helper, point, there):
    """By a loan or by the approval of a request; and one that is theirs and came back here stays theirs."""
    borrower = helper.borrower(point)
    body = {"digipunt": point, "devices": [there["device"]], "borrower": borrower}
    assert helper.put(f"/loans/{new_id()}", body).status_code == 403
    request = new_id()
    helper.put(f"/requests/{request}", {"borrower": borrower, "deviceKind": "laptop", "digipunt": point})
    mixed = {"devices": [helper.device(point), there["device"]]}
    assert helper.post(f"/requests/{request}/approve", mixed).status_code == 403
    helper.post(f"/loans/{there['loan']}/return", {"digipunt": point})
    helper.post(f"/loans/{there['loan']}/check", {"condition": "good", "wiped": True})
    assert helper.put(f"/loans/{new_id()}", body | {"devices": [there["lent"]]}).status_code == 403
    assert [coordinator.state(each) for each in (there["device"], there["lent"])] == ["available"] * 2


@pytest.mark.case("security M1")
def test_the_coordinator_may_begin_it_for_them(coordinator, helper, point, there):
    """Somebody known elsewhere is helped here when the coordinator prepares it; then the helper hands it over."""
    device = helper.device(point)
    loan = coordinator.loan(point, device, borrower=there["borrower"])
    assert helper.post(f"/loans/{loan}/handOver", {}).json()["borrower"] == there["borrower"]


@pytest.mark.case("security M2")
def test_what_happened_to_a_device_is_told_where_it_is(loans, helper, point, there):
    """Its history names loans and remarks: at its home and where it is now, not at a third digipunt or elsewhere."""
    third = loans.client("helper", [TIENEN], [new_id()])
    helper.post(f"/loans/{there['loan']}/return", {"digipunt": point})
    path = f"/devices/{there['lent']}/history"
    home = loans.client("helper", [TIENEN], [there["point"]])
    stranger = loans.client("helper", [LANDEN], [point + "x"])
    answers = [client.get(path).status_code for client in (helper, home, third, stranger)]
    assert answers == [200, 200, 403, 404]


@pytest.mark.case("use 16")
def test_a_helper_lends_and_the_coordinator_owns(helper, point):
    """Erasing a borrower, adding, changing, moving and retiring devices and counting stock are the coordinator's."""
    borrower, device = helper.borrower(point), helper.device(point)
    answers = [
        helper.post(f"/borrowers/{borrower}/erase"),
        helper.put(f"/devices/{new_id()}", {"kind": "laptop", "label": new_id()[:8], "digipunt": point}),
        helper.patch(f"/devices/{device}", {"note": "x"}, 1),
        helper.post(f"/devices/{device}/move", {"digipunt": point}),
        helper.post(f"/devices/{device}/retire", {"reason": "tooOld"}),
        helper.post("/stockTakes", {"digipunt": point, "scanned": []}),
    ]
    assert [answer.status_code for answer in answers] == [403] * len(answers)
    loan = helper.lent(point, device, borrower=borrower)
    assert helper.post(f"/loans/{loan}/return", {}).status_code == 200
    assert helper.post(f"/loans/{loan}/check", {"condition": "good", "wiped": True}).status_code == 200


@pytest.mark.case("use 16")
def test_a_desk_takes_back_checks_and_wipes_by_label_and_sees_no_person(loans, coordinator, point):
    """From the label to the loan and back on the shelf; not one answer names who had it."""
    desk = loans.client("desk", [TIENEN], [point])
    borrower = coordinator.borrower(point, name=NAME)
    device = coordinator.device(point)
    coordinator.lent(point, device, borrower=borrower)
    label = coordinator.get(f"/devices/{device}").json()["label"]
    (found,) = desk.get("/devices", label=label).json()["items"]
    answers = [
        desk.get(f"/devices/{device}"),
        desk.get("/today", digipunt=point),
        desk.post(f"/loans/{found['loan']}/return", {"digipunt": point}),
        desk.post(f"/devices/{device}/check", {"condition": "good"}),
        desk.post(f"/devices/{device}/wiped"),
        desk.get("/today", digipunt=point),
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert [answer for answer in answers if borrower in answer.text or NAME in answer.text] == []
    assert answers[4].json()["state"] == "available"
    for path in ("/loans", f"/loans/{found['loan']}", f"/borrowers/{borrower}", "/requests"):
        assert desk.get(path).status_code == 403
    for path in ("/devices", "/today"):
        assert desk.get(path, embed="borrower").status_code == 403
    assert desk.put(f"/loans/{new_id()}", {}).status_code == 403
