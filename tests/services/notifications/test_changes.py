"""Days that move there and back, digipunten that stop, and numbers that nobody has given."""

from datetime import date, timedelta

import pytest

from digipunt.doctor import number_to_call
from tests.services.notifications.owner import POINT, TIENEN, LoansOwner, borrower
from tests.services.notifications.world import MONDAY
from tests.support.processes import wait_until

THURSDAY = MONDAY + timedelta(days=3)


def about(world, loan, kind):
    with world.client() as client:
        return client.get("/messages", params={"about": loan, "kind": kind, "pageSize": 500}).json()["items"]


def moved(world, loan, day):
    """The owner says that this loan is due on another day."""
    LoansOwner.known[loan]["dueOn"] = LoansOwner.known[loan]["facts"]["dueOn"] = day.isoformat()
    world.says("dueDateChanged", loan, day, previouslyDueOn="2026-11-16")


@pytest.mark.case("public L26")
def test_a_due_day_told_before_is_told_again_after_another(world):
    """Told the 21st, the 14th, the 28th and the 14th again: four e-mails, and a rebuild tells nobody anything."""
    person = borrower()
    loan = world.lend(person, MONDAY)
    for number, day in enumerate((21, 14, 28, 14)):
        world.clock.set(MONDAY + timedelta(days=number))
        moved(world, loan, date(2026, 12, day))
        world.rounds()
    said = [email.get_content() for email in world.mail.emails(person["email"])]
    assert [f"{day} december" in text for day, text in zip((21, 14, 28, 14), said, strict=True)] == [True] * 4
    assert world.application.request_rebuild("loans")
    wait_until(lambda: world.application.consumers["loans"].status()["rebuilding"] is None, "a rebuild", 60)
    world.clock.set(MONDAY + timedelta(days=5))
    world.rounds()
    assert len(world.mail.emails(person["email"])) == 4


@pytest.mark.case("public L26")
def test_there_and_back_in_one_night_is_one_message(world):
    """What was withdrawn before anybody heard of it is told once, as it is at last."""
    world.clock.set(MONDAY, 22)
    person = borrower()
    loan = world.lend(person, MONDAY)
    for day in (14, 15, 14):
        moved(world, loan, date(2026, 12, day))
    world.clock.set(MONDAY + timedelta(days=1), 9.1)
    world.rounds()
    [email] = world.mail.emails(person["email"])
    assert "14 december" in email.get_content()
    assert sorted(each["state"] for each in about(world, loan, "loanExtended")) == [
        "expired",
        "expired",
        "sent",
    ]


@pytest.mark.case("public L26")
def test_a_reminder_comes_again_when_its_day_does(world):
    """Reminded of Thursday, extended, and Thursday again: reminded again, once."""
    person = borrower()
    loan = world.lend(person, THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    for number, day in ((1, date(2026, 12, 28)), (2, THURSDAY)):
        world.clock.set(MONDAY + timedelta(days=number))
        moved(world, loan, day)
        world.rounds()
    world.clock.set(THURSDAY)
    for _ in range(2):
        world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    assert [each["state"] for each in about(world, loan, "loanDueSoon")] == ["sent", "sent"]
    assert len(world.mail.emails(person["email"])) == 4


@pytest.mark.case("use 2")
def test_the_last_day_of_a_digipunt_is_told_and_none_that_has_passed(world):
    """By the last day or the due day, whichever comes first; as soon as possible for who is late; no day of the past."""
    soon, late = borrower(), borrower()
    here = [
        world.lend(soon, date(2026, 12, 24)),
        world.lend(late, date(2026, 11, 16), overdueDays=14),
    ]
    for loan in here:
        world.says("handedOver", loan, THURSDAY)
    ending = {"kind": "serviceEnding", "municipality": TIENEN, "digipunt": POINT}
    with world.client() as client:
        for wrong in (
            {"closesOn": "2026-11-29"},
            {"closesOn": "2030-01-01"},
            {"kind": "pointChanged", "closesOn": "2026-12-18"},
        ):
            refused = client.post("/announcements", json=ending | wrong)
            assert (refused.status_code, refused.json()["issues"][0]["name"]) == (400, "closesOn")
        assert client.post("/announcements", json=ending | {"closesOn": "2026-12-18"}).json()["planned"] >= 2
    world.rounds()
    [first], [second] = (
        [each.get_content() for each in world.mail.emails(person["email"])] for person in (soon, late)
    )
    assert "De laatste dag is vrijdag 18 december." in first
    assert "Breng het ten laatste op vrijdag 18 december terug." in first
    assert "Breng het zo snel mogelijk terug." in second
    assert "16 november" not in second


@pytest.mark.case("use 10")
def test_nobody_is_told_to_call_without_a_number(world):
    """The message waits where staff see it; once the municipality gives a number, it goes out with it, and a Reply-To."""
    person = borrower()
    loan = world.lend(person, THURSDAY)
    LoansOwner.known[loan]["facts"]["digipunt"]["phone"] = None
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    message = world.message(loan)
    assert (message["state"], message["reason"]) == ("planned", "noNumber")
    assert [step.get("reason") for step in message["history"]].count("noNumber") == 1
    given = {"municipality": TIENEN, "phone": "016/80.56.62", "email": "digitaal@tienen.example"}
    with world.client() as client, world.client(municipalities=["24059"]) as elsewhere:
        shown = client.get("/unreachable", params={"pageSize": 500}).json()["items"]
        assert message["id"] in [each["id"] for line in shown for each in line["messages"]]
        assert client.get("/channels").json()["waitingForNumber"] == 1
        assert number_to_call(world.runner.settings).detail.endswith("none: 1")
        assert elsewhere.put("/settings", json=given).status_code == 404
        try:
            answer = client.put("/settings", json=given)
            assert answer.json() == given | {"phone": "+3216805662"}
            assert client.get("/settings", params={"municipality": TIENEN}).json() == answer.json()
            world.clock.later(minutes=6)
            world.rounds()
        finally:
            client.put("/settings", json={"municipality": TIENEN, "phone": None, "email": None})
        assert client.get("/channels").json()["waitingForNumber"] == 0
        assert number_to_call(world.runner.settings).well is None
    [email] = world.mail.emails(person["email"])
    assert "Bel 016 80 56 62." in email.get_content()
    assert email["From"] == "BOM <digipunt@example.be>"
    assert email["Reply-To"] == "digitaal@tienen.example"


@pytest.mark.case("use 10")
def test_who_is_called_by_staff_needs_no_number(world):
    """A member of staff who calls can be answered at once, so the call is not kept waiting."""
    loan = world.lend(borrower(channels=["phoneCall"], phone="+3216805662"), THURSDAY)
    LoansOwner.known[loan]["facts"]["digipunt"]["phone"] = None
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    message = world.message(loan)
    assert (message["state"], message.get("reason")) == ("toCall", None)
    with world.client() as client:
        client.post("/results", json={"messages": [message["id"]], "result": "told"})
