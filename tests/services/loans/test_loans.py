"""A loan from the desk's side: ready, handed over, longer, back, checked, and lent again."""

from datetime import timedelta

import eventlet
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from services.loans.tables import loan_devices
from tests.services.loans.api import LANDEN, TIENEN, issues, new_id
from tests.support.paper import SIGNATURE


def test_a_device_goes_out_comes_back_is_checked_and_is_lent_again(loans, helper, point):
    """The whole way; until its condition and its wipe are recorded nobody gets it."""
    device = helper.device(point, accessories=["lader", "tas"])
    loan = helper.loan(point, device)
    assert helper.state(device) == "reserved"
    out = helper.post(f"/loans/{loan}/handOver", {"signature": SIGNATURE}).json()
    assert (out["state"], out["out"], out["signature"]) == ("handedOver", [device], "screen")
    assert (helper.state(device), helper.get(f"/devices/{device}").json()["loan"]) == ("onLoan", loan)

    back = helper.post(f"/loans/{loan}/return", {}).json()
    assert (back["state"], back.get("out"), helper.state(device)) == ("returned", None, "returnedUnchecked")
    refused = helper.put(
        f"/loans/{new_id()}", {"digipunt": point, "devices": [device], "borrower": helper.borrower(point)}
    )
    assert refused.status_code == 409
    assert refused.json()["code"] == "deviceNotChecked"
    assert "wiped" in refused.json()["detail"]

    half = helper.post(f"/loans/{loan}/check", {"condition": "good", "missingAccessories": ["tas"]}).json()
    assert (half["state"], helper.state(device)) == ("returned", "toWipe")
    assert helper.get(f"/devices/{device}").json()["condition"] == "incomplete"
    assert helper.post(f"/devices/{device}/wiped").json()["state"] == "available"
    assert helper.get(f"/loans/{loan}").json()["state"] == "closed"
    helper.lent(point, device)
    assert loans.whats(loan) == ["handedOver", "returned"]
    assert loans.whats(device)[-5:] == ["changed", "changed", "wiped", "changed", "changed"]
    history = helper.get(f"/devices/{device}/history").json()["items"]
    assert [each["what"] for each in reversed(history)] == [
        "added",
        "reserved",
        "handedOver",
        "returned",
        "checked",
        "wiped",
        "reserved",
        "handedOver",
    ]


def test_fifty_hand_overs_of_one_device_at_once_and_one_wins(loans, helper, point):
    """Fifty desks prepare and hand over the same device at the same moment: one does, the others hear why not."""
    device, borrower = helper.device(point), helper.borrower(point)

    def lend(id):
        body = {"digipunt": point, "devices": [device], "borrower": borrower}
        return helper.put(f"/loans/{id}", body).status_code, helper.post(
            f"/loans/{id}/handOver", {}
        ).status_code

    ids = [new_id() for _ in range(50)]
    answers = dict(zip(ids, eventlet.GreenPool(50).imap(lend, ids), strict=True))
    assert sorted(answers.values()) == [(201, 200)] + [(409, 404)] * 49
    [winner] = [id for id, statuses in answers.items() if statuses == (201, 200)]
    assert loans.whats(winner) == ["handedOver"]
    assert helper.get("/loans", device=device).json()["total"] == 1


def test_one_loan_handed_over_by_fifty_desks_at_once_is_handed_over_once(loans, helper, point):
    """The second hand-over of a loan is refused, not counted."""
    loan = helper.loan(point)
    pool = eventlet.GreenPool(50)
    answers = pool.imap(lambda _: helper.post(f"/loans/{loan}/handOver", {}).status_code, range(50))
    assert sorted(answers) == [200] + [409] * 49
    assert loans.whats(loan) == ["handedOver"]


def test_a_part_comes_back_and_the_rest_later_elsewhere(loans, coordinator, point):
    """What is not back yet stays lent; a device that came back elsewhere is there from then on."""
    laptop, hotspot = coordinator.device(point), coordinator.device(point, kind="hotspot")
    other = new_id()
    coordinator.device(other)
    loan = coordinator.lent(point, laptop, hotspot)
    part = coordinator.post(f"/loans/{loan}/return", {"devices": [laptop]}).json()
    assert (part["state"], part["out"]) == ("handedOver", [hotspot])
    assert coordinator.post(f"/loans/{loan}/return", {"devices": [laptop]}).status_code == 409
    rest = coordinator.post(f"/loans/{loan}/return", {"digipunt": other}).json()
    assert rest["state"] == "returned"
    assert coordinator.get(f"/devices/{hotspot}").json()["at"] == other
    first, second = (event["data"] for event in loans.events(loan) if event["type"].endswith(".returned"))
    assert ([each["device"] for each in first["back"]], first.get("digipunt")) == ([laptop], None)
    assert ([each["device"] for each in second["back"]], second["digipunt"]) == ([hotspot], other)
    assert coordinator.post(f"/loans/{loan}/return", {}).status_code == 409


def test_a_loan_is_closed_though_a_part_of_it_went_out_again(loans, coordinator, point):
    """The laptop is lent to somebody else before the tablet is back; and what is retired or missing holds nothing up."""
    laptop, tablet, old = (coordinator.device(point, kind=kind) for kind in ("laptop", "tablet", "laptop"))
    loan = coordinator.lent(point, laptop, tablet, old)
    coordinator.post(f"/loans/{loan}/return", {"devices": [laptop]})
    assert coordinator.post(f"/loans/{loan}/check", {"condition": "good", "wiped": True}).status_code == 200
    other = coordinator.lent(point, laptop)
    coordinator.post(f"/loans/{loan}/return", {})
    again = coordinator.post(f"/loans/{loan}/check", {"devices": [laptop], "condition": "good"})
    assert again.status_code == 409
    half = {"devices": [tablet], "condition": "good", "wiped": True}
    assert coordinator.post(f"/loans/{loan}/check", half).json()["state"] == "returned"
    assert coordinator.post(f"/devices/{old}/retire", {"reason": "broken"}).status_code == 200
    assert coordinator.get(f"/loans/{loan}").json()["state"] == "closed"
    assert coordinator.get(f"/loans/{other}").json()["out"] == [laptop]


def test_what_was_never_lent_does_not_come_back(coordinator, point):
    """A return of a loan that is only ready, of a device of another loan, and a check before the return."""
    loan, other = coordinator.loan(point), coordinator.device(point)
    assert coordinator.post(f"/loans/{loan}/return", {}).status_code == 409
    coordinator.post(f"/loans/{loan}/handOver", {})
    assert issues(coordinator.post(f"/loans/{loan}/return", {"devices": [other]})) == ["devices[0]"]
    early = coordinator.post(f"/loans/{loan}/check", {"condition": "good", "wiped": True})
    assert early.status_code == 409


def test_a_lost_device_ends_the_loan_and_is_missing(loans, coordinator, point):
    """Found again, it is inspected and wiped before anybody gets it."""
    device = coordinator.device(point)
    loan = coordinator.lent(point, device)
    assert coordinator.post(f"/loans/{loan}/lost", {}).json()["state"] == "lost"
    assert coordinator.state(device) == "missing"
    assert loans.whats(loan) == ["handedOver", "lost"]
    assert coordinator.post(f"/devices/{device}/ready", {}).json()["state"] == "returnedUnchecked"
    checked = coordinator.post(f"/devices/{device}/check", {"condition": "used", "wiped": True})
    assert checked.json()["state"] == "available"


def test_a_loan_is_due_on_an_opening_day(coordinator, helper, point, clock):
    """Four weeks when nothing is asked; a day on which nobody is there, a past one or one too far is refused."""
    loan = helper.loan(point)
    due = coordinator.get(f"/loans/{loan}").json()["dueOn"]
    assert clock.today() + timedelta(weeks=4) <= type(clock.today()).fromisoformat(due)
    body = {"digipunt": point, "devices": [helper.device(point)], "borrower": helper.borrower(point)}
    sunday = clock.today() + timedelta(days=7 + 6 - clock.today().weekday())
    for day in (sunday, clock.today() - timedelta(days=1), clock.today() + timedelta(weeks=40)):
        answer = helper.put(f"/loans/{new_id()}", body | {"dueOn": str(day)})
        assert issues(answer) == ["dueOn"]
    assert "opening day is" in helper.put(f"/loans/{new_id()}", body | {"dueOn": str(sunday)}).text


def test_a_loan_is_extended_unless_there_is_a_reason_not_to(loans, helper, coordinator, point):
    """Somebody who waits, or three extensions before, is a reason; the coordinator decides otherwise."""
    device = helper.device(point)
    loan = helper.lent(point, device)
    before = helper.get(f"/loans/{loan}").json()
    after = helper.post(f"/loans/{loan}/extend", {}).json()
    assert after["dueOn"] > before["dueOn"]
    asked = {"borrower": helper.borrower(point), "deviceKind": "laptop", "digipunt": point}
    request = new_id()
    assert helper.put(f"/requests/{request}", asked).status_code == 201
    refused = helper.post(f"/loans/{loan}/extend", {})
    assert (refused.status_code, "waiting" in refused.text) == (409, True)
    helper.post(f"/requests/{request}/cancel")
    for _ in range(2):
        assert helper.post(f"/loans/{loan}/extend", {}).status_code == 200
    assert helper.post(f"/loans/{loan}/extend", {}).status_code == 409
    version = helper.get(f"/loans/{loan}").json()["version"]
    assert helper.patch(f"/loans/{loan}", {"dueOn": before["dueOn"]}, version).status_code == 403
    assert coordinator.patch(f"/loans/{loan}", {"dueOn": before["dueOn"]}).status_code == 428
    changed = coordinator.patch(f"/loans/{loan}", {"dueOn": before["dueOn"]}, version)
    assert changed.json()["dueOn"] == before["dueOn"]
    extended = [event["data"] for event in loans.events(loan) if event["type"].endswith(".dueDateChanged")]
    assert extended[0]["previouslyDueOn"] == before["dueOn"]
    assert len(extended) == 4


def test_a_loan_that_is_not_collected_frees_its_devices(loans, helper, point):
    """Given up or not collected: the device is available again, and nothing was lent in the figures."""
    device = helper.device(point)
    for way, state in (("cancel", "cancelled"), ("notCollected", "notCollected")):
        loan = helper.loan(point, device)
        assert helper.post(f"/loans/{loan}/{way}").json()["state"] == state
        assert helper.post(f"/loans/{loan}/{way}").status_code == 200
        assert helper.post(f"/loans/{loan}/handOver", {}).status_code == 409
        assert helper.state(device) == "available"
        assert loans.whats(loan) == []


def test_a_resent_loan_is_the_same(helper, point):
    """A resend reserves nothing twice; other content under the id is refused."""
    id = new_id()
    body = {"digipunt": point, "devices": [helper.device(point)], "borrower": helper.borrower(point)}
    first, again = helper.put(f"/loans/{id}", body), helper.put(f"/loans/{id}", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert helper.put(f"/loans/{id}", body | {"devices": [helper.device(point)]}).status_code == 409


def test_who_waits_gets_a_device_in_turn(loans, helper, point):
    """A request stands in line, is approved with devices, and is met by the hand-over; a refusal has a reason."""
    ids = [new_id() for _ in range(3)]
    for id in ids:
        body = {"borrower": helper.borrower(point), "deviceKind": "tablet", "digipunt": point}
        assert helper.put(f"/requests/{id}", body).status_code == 201
    line = helper.get("/requests", digipunt=point, state="requested", deviceKind="tablet").json()["items"]
    assert [each["id"] for each in line] == ids
    tablet = helper.device(point, kind="tablet")
    ready = helper.post(f"/requests/{ids[0]}/approve", {"devices": [tablet]}).json()
    assert (ready["state"], helper.state(tablet)) == ("ready", "reserved")
    assert helper.post(f"/requests/{ids[1]}/approve", {"devices": [tablet]}).status_code == 409
    assert helper.post(f"/requests/{ids[1]}/refuse", {"reason": "noDevice"}).json()["reason"] == "noDevice"
    assert helper.post(f"/loans/{ready['loan']}/handOver", {}).status_code == 200
    assert helper.get(f"/requests/{ids[0]}").json()["state"] == "handedOver"
    assert loans.whats(ids[0]) == ["made", "approved", "fulfilled"]
    states = [event["data"]["request"]["state"] for event in loans.events(ids[0])]
    assert states == ["requested", "ready", "handedOver"]
    assert loans.whats(ids[1]) == ["made", "refused"]


def test_a_resend_that_overtakes_the_first_is_the_same(helper, point):
    """Ten at once of the same device, borrower and loan: one is new, the others were there already."""
    device, borrower, loan = new_id(), new_id(), new_id()
    pool = eventlet.GreenPool(10)
    for path, body in (
        (f"/devices/{device}", {"kind": "laptop", "label": device[:8], "digipunt": point}),
        (f"/borrowers/{borrower}", {"name": "Jan", "digipunt": point}),
        (f"/loans/{loan}", {"digipunt": point, "devices": [device], "borrower": borrower}),
    ):
        answers = pool.imap(lambda sent: helper.boss.put(*sent).status_code, [(path, body)] * 10)
        assert sorted(answers) == [200] * 9 + [201], path


def test_the_database_itself_holds_a_device_to_one_open_loan(loans, helper, point):
    """Should every check in the code fail, the second row is refused."""
    device = helper.device(point)
    helper.loan(point, device)
    row = {"loan": new_id(), "device": device, "kind": "laptop", "place": 0, "open": True}
    with pytest.raises(IntegrityError), loans.application.database.begin() as connection:
        connection.execute(sa.insert(loan_devices), row)


def test_a_helper_elsewhere_takes_back_what_another_digipunt_lent(loans, helper, point):
    """At the own digipunt, in the same municipality; then the device is there, and is inspected there."""
    loan, own = helper.lent(point), new_id()
    elsewhere = loans.client("helper", [TIENEN], [own])
    assert elsewhere.get(f"/loans/{loan}").status_code == 403
    assert elsewhere.post(f"/loans/{loan}/return", {}).status_code == 403
    assert elsewhere.post(f"/loans/{loan}/return", {"digipunt": own}).json()["state"] == "returned"
    assert helper.post(f"/loans/{loan}/check", {"condition": "good"}).status_code == 403
    checked = elsewhere.post(f"/loans/{loan}/check", {"condition": "good", "wiped": True})
    assert checked.json()["state"] == "closed"
    stranger = loans.client("helper", [LANDEN], [own])
    assert stranger.post(f"/loans/{loan}/return", {"digipunt": own}).status_code == 404


def test_what_is_wrong_is_said_at_its_place(helper, coordinator, point):
    """A device that is not there, one twice, a drawing that is none, an unknown borrower, a helper elsewhere."""
    device, borrower = helper.device(point), helper.borrower(point)
    body = {"digipunt": point, "devices": [device], "borrower": borrower}

    def put(**more):
        return helper.put(f"/loans/{new_id()}", body | more)

    assert issues(put(devices=[device, new_id()])) == ["devices[1]"]
    assert issues(put(devices=[device, device])) == ["devices"]
    assert issues(put(devices=[])) == ["devices"]
    assert issues(put(borrower=new_id())) == ["borrower"]
    elsewhere = new_id()
    coordinator.device(elsewhere, municipality=LANDEN)
    assert put(digipunt=elsewhere).status_code == 404
    inside = new_id()
    coordinator.device(inside, municipality=TIENEN)
    assert put(digipunt=inside).status_code == 403
    loan = helper.loan(point, device, borrower=borrower)
    assert issues(helper.post(f"/loans/{loan}/handOver", {"signature": "Jan"})) == ["signature"]


def test_what_was_kept_on_paper_is_recorded_with_its_own_days(loans, helper, point, clock):
    """A desk without network, or a list from before: days in the past, in an order that can be true."""
    today = clock.today()
    day = today - timedelta(days=100)
    device = helper.device(point, addedOn=str(today - timedelta(days=200)))
    loan = helper.loan(point, device)
    path = f"/loans/{loan}"
    for wrong in (today + timedelta(days=1), today - timedelta(days=201)):
        assert issues(helper.post(f"{path}/handOver", {"handedOverOn": str(wrong)})) == ["handedOverOn"]
    out = helper.post(f"{path}/handOver", {"handedOverOn": str(day)}).json()
    assert (out["handedOverOn"], out["overdue"]) == (str(day), False)
    early = {"returnedOn": str(day - timedelta(days=1))}
    assert issues(helper.post(f"{path}/return", early)) == ["returnedOn"]
    back = helper.post(f"{path}/return", {"returnedOn": str(day + timedelta(days=30))}).json()
    assert back["endedOn"] == str(day + timedelta(days=30))
    assert [each["days"] for each in loans.events(loan)[-1]["data"]["back"]] == [30]
    helper.post(f"{path}/check", {"condition": "good", "wiped": True})
    again = helper.loan(point, device)
    overlap = {"handedOverOn": str(day + timedelta(days=29))}
    assert issues(helper.post(f"/loans/{again}/handOver", overlap)) == ["handedOverOn"]
    assert issues(
        helper.boss.put(
            f"/devices/{new_id()}",
            {"kind": "laptop", "label": "x", "digipunt": point, "addedOn": str(today + timedelta(days=1))},
        )
    ) == ["addedOn"]
