"""Who is told what, when, and never twice."""

from datetime import date, timedelta
from uuid import uuid4

import httpx

from chassis.broker import memory
from chassis.run import Runner
from chassis.settings import Settings
from contracts.message_context import nothing_to_tell
from tests.services.notifications.conftest import Quick
from tests.services.notifications.owner import POINT, TIENEN, LoansOwner, borrower, typed
from tests.services.notifications.world import MONDAY, MovedClock, World
from tests.support.processes import wait_until

THURSDAY = MONDAY + timedelta(days=3)
ADDRESS = {"street": "Broekstraat 7", "postalCode": "3300", "town": "Tienen"}


def states(message):
    return [step["state"] for step in message["history"]]


def test_a_loan_due_soon_is_one_email(world):
    """Planned, asked about, sent once; its history shows each step, and its events name nobody."""
    person = borrower()
    loan = world.lend(person, THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    message = world.message(loan)
    [email] = world.mail.emails(person["email"])
    assert "Breng het terug op donderdag 3 december." in email.get_content()
    assert states(message) == ["planned", "sending", "sent"]
    events = [
        event for what in ("planned", "sent") for event in world.published(what) if event["about"] == loan
    ]
    assert [event["state"] for event in events] == ["planned", "sent"]
    assert person["id"] not in str(events)


def test_several_loans_are_one_email_and_the_next_waits_a_day(world):
    """What is due at once is told at once; what comes later that day is told tomorrow at nine."""
    person = borrower()
    loans = [world.lend(person, THURSDAY, device=device) for device in ("laptop 12", "hotspot 3")]
    for loan in loans:
        world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    later = world.lend(person, MONDAY, device="tablet 9")
    world.says("dueToday", later, MONDAY)
    tomorrow = world.lend(person, THURSDAY, device="tablet 8")
    world.says("dueSoon", tomorrow, THURSDAY)
    world.rounds()
    [email] = world.mail.emails(person["email"])
    assert all(device in email.get_content() for device in ("laptop 12", "hotspot 3"))
    assert world.message(tomorrow)["nextAt"] == "2026-12-01T08:00:00Z"
    world.clock.set(MONDAY + timedelta(days=1), 9.1)
    world.rounds()
    assert world.message(later)["reason"] == "tooLate"
    [_, second] = world.mail.emails(person["email"])
    assert "tablet 8" in second.get_content()
    assert "tablet 9" not in second.get_content()


def test_nobody_is_disturbed_at_night_on_sundays_and_holidays(world):
    """From eight in the evening, and on Christmas and the Sunday after it, a message waits for nine in the morning."""
    person = borrower()
    world.clock.set(date(2026, 12, 24), 20.5)
    loan = world.lend(person, date(2026, 12, 20), overdueDays=7)
    world.says("overdue", loan, date(2026, 12, 20), step=1, overdueDays=1)
    world.rounds()
    held = world.message(loan)
    assert (held["state"], held["nextAt"]) == ("heldQuietHours", "2026-12-26T08:00:00Z")
    world.clock.set(date(2026, 12, 25), 11)
    world.rounds()
    assert world.mail.emails(person["email"]) == []
    world.clock.set(date(2026, 12, 26), 9.1)
    world.rounds()
    assert states(world.message(loan)) == ["planned", "heldQuietHours", "sending", "sent"]


def test_what_is_no_longer_true_is_not_told(world):
    """A device that came back in the night, and an answer that it is no longer so, each drop the message."""
    world.clock.set(MONDAY, 22)
    back, extended = world.lend(borrower(), MONDAY), world.lend(borrower(), MONDAY)
    for loan in (back, extended):
        world.says("dueSoon", loan, THURSDAY)
    world.says("returned", back, THURSDAY, "returned", back=[ended()])
    LoansOwner.known[extended] |= nothing_to_tell("extended")
    world.clock.set(MONDAY + timedelta(days=1), 9.1)
    world.rounds()
    for loan in (back, extended):
        message = world.message(loan, "loanDueSoon")
        assert (message["state"], message["reason"]) == ("expired", "noLongerTrue")
    assert world.message(back, "loanReturned")["state"] == "sent"
    assert [event["state"] for event in world.published("expired") if event["about"] == back] == ["expired"]


def ended():
    device = "0197b6a0-0000-7000-8000-000000000009"
    return {"device": device, "deviceKind": "laptop", "day": "2026-11-30", "days": 28}


def test_a_later_reminder_takes_the_place_of_an_earlier_one(world):
    """Who is still to be called about a first reminder is called about the second only."""
    loan = world.lend(borrower(channels=["phoneCall"], phone="+32470123456"), MONDAY)
    world.says("overdue", loan, MONDAY, step=1, overdueDays=1)
    world.rounds()
    assert world.message(loan)["state"] == "toCall"
    world.clock.set(MONDAY + timedelta(days=7))
    world.says("overdue", loan, MONDAY, step=2, overdueDays=7)
    world.rounds()
    assert world.message(loan, "loanOverdue1")["state"] == "expired"
    assert world.message(loan, "loanOverdue2")["state"] == "toCall"


def test_the_next_way_is_tried_when_one_fails(world):
    """An address that bounces leads to a letter; who has no other way is on the coordinator's list, with the name."""
    gone = {"email": "gone@example.be"}
    writes = world.lend(borrower(channels=["email", "letter"], address=ADDRESS, **gone), THURSDAY)
    nobody = world.lend(borrower(name="An Onbereikbaar", **gone), THURSDAY)
    for loan in (writes, nobody):
        world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    letter, failed = world.message(writes), world.message(nobody)
    assert (letter["state"], letter["channel"]) == ("planned", "letter")
    assert [(step["state"], step.get("reason")) for step in letter["history"]][2] == ("bounced", "bounced")
    assert (failed["state"], failed["reason"]) == ("failed", "noChannel")
    with world.client() as client:
        lines = client.get("/unreachable", params={"pageSize": 500}).json()["items"]
        [line] = [each for each in lines if each["messages"][0]["id"] == failed["id"]]
        assert line["person"]["name"] == "An Onbereikbaar"
        settled = client.post("/results", json={"messages": [failed["id"]], "result": "settled"})
        assert settled.json()["items"][0]["state"] == "delivered"


def test_what_may_have_left_is_never_sent_again(world):
    """A mail server that has it and then breaks off: failed as unknown, shown, and not repeated."""
    person = borrower(email=f"cut-{uuid4().hex}@example.be", channels=["email", "letter"], address=ADDRESS)
    loan = world.lend(person, THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    message = world.message(loan)
    assert (message["state"], message["reason"]) == ("failed", "unknown")
    world.clock.set(MONDAY + timedelta(days=1))
    world.rounds()
    assert len(world.mail.emails(person["email"])) == 1
    assert world.message(loan)["state"] == "failed"


def test_it_waits_for_an_owner_that_is_away(world):
    """Nothing is said without asking; one question is enough to know for all, and later they are told."""
    people = [borrower() for _ in range(3)]
    loans = [world.lend(person, THURSDAY) for person in people]
    LoansOwner.broken.append("for this test")
    LoansOwner.asked.clear()
    for loan in loans:
        world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    asked = len(LoansOwner.asked)
    LoansOwner.broken.clear()
    assert 1 <= asked < 3
    assert {world.message(loan)["state"] for loan in loans} == {"planned"}
    world.clock.later(seconds=31)
    world.rounds()
    assert [len(world.mail.emails(person["email"])) for person in people] == [1, 1, 1]


def test_an_outage_is_one_alarm(world, capsys):
    """The mail server is away for an hour: the channel waits and says so once, and then everybody is told."""
    people = [borrower() for _ in range(4)]
    world.mail.stop()
    with world.client() as client:
        for person in people:
            world.says("dueSoon", world.lend(person, THURSDAY), THURSDAY)
        for _ in range(4):
            world.clock.later(minutes=15)
            world.pauses("email")
        [email, sms] = client.get("/channels").json()["items"]
        world.mail.start()
        world.clock.later(minutes=16)
        world.rounds()
    assert capsys.readouterr().out.count("channel.down") == 1
    assert (email["works"], email["setUp"], sms["setUp"]) == (False, True, False)
    assert [len(world.mail.emails(person["email"])) for person in people] == [1, 1, 1, 1]


def test_an_outage_of_more_than_a_day_is_gone_round(world):
    """After a day of patience the letter is written."""
    loan = world.lend(borrower(channels=["email", "letter"], address=ADDRESS), THURSDAY)
    world.mail.stop()
    world.says("dueSoon", loan, THURSDAY)
    world.clock.later(seconds=5)
    world.pauses("email")
    world.clock.set(MONDAY + timedelta(days=1), 11)
    world.rounds()
    assert (world.message(loan)["state"], world.message(loan)["channel"]) == ("planned", "letter")
    world.mail.start()


def test_after_a_month_away_only_what_is_true_is_told(world):
    """Reminders of which the day has passed are kept as too late; the last one, still true, is sent."""
    person, long_ago = borrower(), MONDAY - timedelta(days=28)
    loan = world.lend(person, long_ago, overdueDays=28)
    world.says("dueSoon", loan, long_ago)
    world.says("dueToday", loan, long_ago)
    world.says("overdue", loan, long_ago, step=3, overdueDays=21)
    world.rounds()
    assert {world.message(loan, f"loan{kind}")["reason"] for kind in ("DueSoon", "DueToday")} == {"tooLate"}
    [email] = world.mail.emails(person["email"])
    assert "28 dagen geleden" in email.get_content()


def test_an_event_applied_again_tells_nobody_again(world):
    """A rebuild applies all events again, and plans nothing twice."""
    person = borrower()
    loan = world.lend(person, THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    world.clock.set(MONDAY + timedelta(days=1))
    assert world.application.request_rebuild("loans")
    world.caught_up()
    world.rounds()
    assert len(world.mail.emails(person["email"])) == 1


def test_events_applied_again_withdraw_nothing_that_came_later(world):
    """After a rebuild the call about a loan that was extended once, and is late now, is still to be made."""
    loan = world.lend(borrower(channels=["phoneCall"], phone="+32470123456"), MONDAY, overdueDays=1)
    world.says("dueSoon", loan, MONDAY - timedelta(days=14))
    world.says("dueDateChanged", loan, MONDAY, previouslyDueOn="2026-11-16")
    world.says("dueSoon", loan, MONDAY)
    world.says("overdue", loan, MONDAY, step=1, overdueDays=1)
    world.rounds()
    assert world.message(loan, "loanOverdue1")["state"] == "toCall"
    assert world.application.request_rebuild("loans")
    wait_until(lambda: world.application.consumers["loans"].status()["rebuilding"] is None, "a rebuild", 60)
    world.rounds()
    assert world.message(loan, "loanOverdue1")["state"] == "toCall"


def test_an_erased_person_is_forgotten(world):
    """What was still to be told is withdrawn, no row names the person, and that is told to others."""
    person = borrower(channels=["letter"], address=ADDRESS)
    loan = world.lend(person, THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    world.record(typed("erased", "borrowers"), person["id"], {"borrower": person["id"]})
    message = world.message(loan)
    assert (message["state"], message["reason"]) == ("expired", "erased")
    assert world.rows_about(person["id"]) == 0
    assert world.erased() == [person["id"]]


def test_the_call_sheet_has_a_script_and_takes_results(world):
    """One line for one person with two loans; no answer keeps it, three times leads to the next way, a talk ends it."""
    person = borrower(channels=["phoneCall", "inPerson"], phone="+32470123456")
    loans = [world.lend(person, MONDAY, device=device) for device in ("laptop 12", "hotspot 3")]
    for loan in loans:
        world.says("overdue", loan, MONDAY, step=1, overdueDays=1)
    world.rounds()
    ids = sorted(world.message(loan)["id"] for loan in loans)
    with world.client() as client:

        def lines(path):
            items = client.get(path, params={"pageSize": 500}).json()["items"]
            return [each for each in items if sorted(one["id"] for one in each["messages"]) == ids]

        [line] = lines("/callSheet")
        assert line["person"] == {
            "id": person["id"],
            "name": "Jan Peeters",
            "phone": "0470 12 34 56",
            "language": "nl",
        }
        assert all(
            part in line["script"] for part in ("Spreek ik met Jan Peeters?", "laptop 12", "hotspot 3")
        )
        for attempt in (1, 2):
            client.post("/results", json={"messages": ids, "result": "noAnswer"})
            assert lines("/callSheet")[0]["attempts"] == attempt
        assert client.post("/results", json={"messages": ids, "result": "returnedMail"}).status_code == 400
        client.post("/results", json={"messages": ids, "result": "noAnswer"})
        world.rounds()
        assert lines("/callSheet") == []
        assert len(lines("/inPerson")) == 1
        told = client.post("/results", json={"messages": ids, "result": "told"}).json()["items"]
        assert [each["state"] for each in told] == ["delivered", "delivered"]
        assert lines("/inPerson") == []


def test_a_message_can_be_withdrawn_until_it_left(world):
    """Withdrawn while it waits; what left cannot be; a stale version and another municipality's are refused."""
    world.clock.set(MONDAY, 21)
    loan = world.lend(borrower(), THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    world.rounds()
    id = world.message(loan)["id"]
    with world.client() as client, world.client(municipalities=["24059"]) as elsewhere:
        assert elsewhere.post(f"/messages/{id}/cancel").status_code == 404
        assert client.post(f"/messages/{id}/cancel", headers={"If-Match": '"1"'}).status_code == 412
        assert client.post(f"/messages/{id}/cancel").json()["state"] == "cancelled"
        assert client.post(f"/messages/{id}/cancel").status_code == 200
        world.clock.set(MONDAY + timedelta(days=1))
        sent = world.lend(borrower(), THURSDAY)
        world.says("dueSoon", sent, THURSDAY)
        world.rounds()
        assert client.post(f"/messages/{world.message(sent)['id']}/cancel").status_code == 409


def test_everybody_with_a_device_is_told_that_the_digipunt_stops(world):
    """Who still has a device gets one message, however often it is announced that day; who brought it back gets none."""
    has, had = borrower(), borrower()
    mine, back = world.lend(has, THURSDAY), world.lend(had, THURSDAY)
    for loan in (mine, back):
        world.says("handedOver", loan, THURSDAY)
    world.says("returned", back, THURSDAY, "returned", back=[ended()])
    ending = {"kind": "serviceEnding", "municipality": TIENEN, "digipunt": POINT}
    with world.client() as client, world.client(municipalities=["24059"]) as elsewhere:
        assert elsewhere.post("/announcements", json=ending).status_code == 404
        first = client.post("/announcements", json=ending)
        assert (first.status_code, first.json()["planned"]) == (201, 1)
        assert client.post("/announcements", json=ending).json()["planned"] == 0
    world.rounds()
    [email] = world.mail.emails(has["email"])
    assert "Breng het ten laatste op donderdag 3 december terug." in email.get_content()
    assert "stoppen" not in "".join(each.get_content() for each in world.mail.emails(had["email"]))


def test_two_replicas_tell_once(world):
    """Both look for what is due; each person is told by one of them."""
    people = [borrower() for _ in range(12)]
    settings = world.runner.settings
    second = Runner(settings, [Quick], clock=world.clock)
    second.start()
    for person in people:
        for device in ("laptop 12", "hotspot 3"):
            world.says("dueSoon", world.lend(person, THURSDAY, device=device), THURSDAY)
    world.rounds()
    second.stop()
    assert [len(world.mail.emails(person["email"])) for person in people] == [1] * 12


def test_without_its_owner_it_starts_and_waits(tmp_path, mail, monkeypatch, capsys):
    """Started while loans is stopped, it is alive; when loans is back, what is still true is told."""
    monkeypatch.setattr("chassis.broker.rpc_client.CALL_TIMEOUT", 0.3)
    name, clock, person = f"waiting{uuid4().hex}", MovedClock(), borrower()
    settings = Settings(
        deployment="test",
        broker_url=f"memory://{name}",
        database_urls={each: f"sqlite:///{tmp_path / each}.sqlite" for each in ("loans", "notifications")},
        listen=("127.0.0.1", 0),
        signing_key=b"a key that only this test knows, 32+",
        smtp_url=mail.url,
    )

    def started(service):
        runner = Runner(settings, [service], clock=clock)
        runner.start()
        return runner

    loans, notifications = started(LoansOwner), started(Quick)
    world = World(notifications, clock, mail, Quick.idle)
    world.runner.applications["loans"] = loans.applications["loans"]
    loan = world.lend(person, THURSDAY)
    world.says("dueSoon", loan, THURSDAY)
    del notifications.applications["loans"]
    notifications.stop()
    loans.stop()
    notifications = world.runner = started(Quick)
    assert httpx.get(f"{notifications.address}/notifications/health/live").status_code == 200
    clock.later(seconds=5)
    wait_until(lambda: "owner.unavailable" in capsys.readouterr().out, "a question", 60)
    assert world.message(loan)["state"] == "planned"
    loans = started(LoansOwner)

    def told():
        clock.later(seconds=5)
        return world.message(loan)["state"] == "sent"

    wait_until(told, "the e-mail", 60)
    assert len(mail.emails(person["email"])) == 1
    notifications.stop()
    loans.stop()
    memory.forget(name)
