"""Reminders come once, from whichever replica; not after the return, and again after an extension."""

from dataclasses import replace
from datetime import date, timedelta

import eventlet
import pytest

from chassis.run import Runner
from chassis.storage.database import Database
from common.field_cipher import FieldCipher
from services.loans.handlers import reminders
from services.loans.queries.context import message_context
from services.loans.service import LoansService
from tests.services.loans.api import ADDRESS, new_id
from tests.support.processes import wait_until

DUE = timedelta(weeks=2)


def lent_until(helper, point, clock, **borrower):
    """A loan handed over on a Tuesday, due two weeks later."""
    clock.go_to(date(2027, 3, 2))
    loan = helper.loan(point, borrower=helper.borrower(point, **borrower), dueOn="2027-03-16")
    assert helper.post(f"/loans/{loan}/handOver", {}).status_code == 200
    return loan, date(2027, 3, 16)


def test_each_step_is_said_once_and_nothing_after_the_return(loans, helper, point, clock):
    """Three days before, on the day, and 1, 7 and 21 days after; looking more often says nothing more."""
    loan, due = lent_until(helper, point, clock)
    for late in (-4, -3, -3, -2, 0, 0, 1, 2, 7, 8, 21, 40):
        clock.go_to(due + timedelta(days=late))
        loans.remind()
    said = [(event["type"].rsplit(".", 1)[1], event["data"].get("step")) for event in loans.events(loan)]
    assert said == [
        ("handedOver", None),
        ("dueSoon", None),
        ("dueToday", None),
        ("overdue", 1),
        ("overdue", 2),
        ("overdue", 3),
    ]
    late = helper.get("/loans", digipunt=point, overdue="true").json()["items"]
    assert [(each["id"], each["overdueDays"]) for each in late] == [(loan, 40)]

    other, due = lent_until(helper, point, clock)
    clock.go_to(due)
    helper.post(f"/loans/{other}/return", {})
    loans.remind()
    assert loans.whats(other) == ["handedOver", "returned"]


def test_after_a_stopped_week_only_what_is_true_is_said(loans, helper, point, clock):
    """Ten days late and nothing said so far: the second step, once, and not the four before it."""
    loan, due = lent_until(helper, point, clock)
    clock.go_to(due + timedelta(days=10))
    loans.remind()
    # A clock that jumps back finds those steps done.
    for late in (-3, 0, 1, 10):
        clock.go_to(due + timedelta(days=late))
        loans.remind()
    assert loans.whats(loan) == ["handedOver", "overdue"]
    assert loans.events(loan)[-1]["data"]["step"] == 2


def test_nothing_is_said_on_the_day_of_the_hand_over(loans, helper, point, clock):
    """Who borrows for two days was told at the desk; the next day counts."""
    clock.go_to(date(2027, 3, 2))
    loan = helper.loan(point, dueOn="2027-03-04")
    helper.post(f"/loans/{loan}/handOver", {})
    loans.remind()
    assert loans.whats(loan) == ["handedOver"]
    clock.go_to(date(2027, 3, 3))
    loans.remind()
    assert loans.whats(loan) == ["handedOver", "dueSoon"]


def test_an_extension_starts_the_reminders_again(loans, helper, point, clock):
    """The reminders of the new due date come, those of the old one do not."""
    loan, due = lent_until(helper, point, clock)
    clock.go_to(due - timedelta(days=3))
    loans.remind()
    later = date.fromisoformat(helper.post(f"/loans/{loan}/extend", {}).json()["dueOn"])
    for day in (due, due + timedelta(days=1), later - timedelta(days=3), later):
        clock.go_to(day)
        loans.remind()
    assert loans.whats(loan) == ["handedOver", "dueSoon", "dueDateChanged", "dueSoon", "dueToday"]


def test_many_replicas_say_it_once(loans, helper, point, clock):
    """Twenty that look at the same moment, through two pools of connections as two replicas have, record one event."""
    loan, due = lent_until(helper, point, clock)
    clock.go_to(due)
    application = loans.application
    other = Database(application.database.url.render_as_string(hide_password=False))

    def look(number):
        uow = application.unit_of_work()
        uow._database = other if number % 2 else application.database
        with uow:
            return reminders.remind(uow, loan)

    said = list(eventlet.GreenPool(20).imap(look, range(20)))
    other.close()
    assert sum(said) == 1
    assert loans.whats(loan) == ["handedOver", "dueToday"]


def test_two_replicas_whose_timers_run_at_once_say_each_thing_once(loans, helper, point, clock):
    """Two services more on the same database and broker: each looks as it starts, and all loans are told of once."""
    due = date(2027, 3, 16)
    lent = [lent_until(helper, point, clock)[0] for _ in range(12)]
    clock.go_to(due + timedelta(days=1))
    settings = loans.runner.settings
    replicas = [
        Runner(replace(settings, listen=("127.0.0.1", 0)), [LoansService], clock=clock) for _ in range(2)
    ]
    try:
        for starting in [eventlet.spawn(replica.start) for replica in replicas]:
            starting.wait()
        for replica in replicas:
            replica.wait_until_ready()
        wait_until(lambda: all("overdue" in loans.whats(loan) for loan in lent), "the reminders", 30)
    finally:
        for replica in replicas:
            replica.stop()
    loans.remind()
    assert [loans.whats(loan) for loan in lent] == [["handedOver", "overdue"]] * 12


def test_what_is_told_is_asked_when_it_is_told(loans, helper, point, clock):
    """Whom, how, about which device and until when; and nothing once it is not true any more."""
    loan, due = lent_until(
        helper,
        point,
        clock,
        name="Ève Dupont",
        language="fr",
        phone="0470 12 34 56",
        address=ADDRESS,
        channels=["letter", "sms"],
    )

    def asked(kind, about=loan):
        application = loans.application
        with application.database.read() as connection:
            return message_context(connection, cipher, kind, about, clock.today())

    cipher = FieldCipher(loans.runner.settings.data_keys)
    clock.go_to(due)
    context = asked("loanDueToday")
    assert (context["true"], context["dueOn"]) == (True, str(due))
    person = context["person"]
    assert (person["name"], person["phone"], person["channels"]) == (
        "Ève Dupont",
        "+32470123456",
        ["letter", "sms"],
    )
    assert person["address"] == ADDRESS
    assert context["facts"]["device"].startswith("ordinateur portable ")
    assert asked("loanOverdue1")["reason"] == "extended"
    helper.post(f"/loans/{loan}/return", {})
    assert asked("loanDueToday")["reason"] == "returned"
    assert asked("loanReturned")["true"]
    assert asked("loanDueToday", "00000000-0000-4000-8000-000000000000")["reason"] == "notFound"


@pytest.mark.case("use 3", "use 9")
def test_who_waits_and_how_many_devices_are_told_as_they_are(loans, helper, point, clock):
    """Somebody waits only with an open request for such a device, while none is there; two devices are two."""
    clock.go_to(date(2027, 3, 2))
    devices = [helper.device(point, kind="laptop"), helper.device(point, kind="tablet")]
    loan = helper.loan(point, *devices, dueOn="2027-03-16")
    assert helper.post(f"/loans/{loan}/handOver", {}).status_code == 200
    clock.go_to(date(2027, 3, 24))
    cipher = FieldCipher(loans.runner.settings.data_keys)

    def facts():
        with loans.application.database.read() as connection:
            return message_context(connection, cipher, "loanOverdue2", loan, clock.today())["facts"]

    assert (facts()["devices"], facts()["waiting"]) == (2, 0)
    for kind in ("tablet", "hotspot"):
        request = {"borrower": helper.borrower(point), "deviceKind": kind, "digipunt": point}
        assert helper.put(f"/requests/{new_id()}", request).status_code == 201
    assert facts()["waiting"] == 1
    helper.device(point, kind="tablet")
    assert facts()["waiting"] == 0
    helper.post(f"/loans/{loan}/return", {"devices": [devices[0]]})
    assert facts()["devices"] == 1


@pytest.mark.case("public L26")
def test_a_due_day_that_comes_back_is_reminded_of_again(loans, helper, coordinator, point, clock):
    """Due on the 16th, moved to the 30th, and to the 16th again: its reminder comes again, once."""
    loan, due = lent_until(helper, point, clock)
    clock.go_to(due - timedelta(days=3))
    loans.remind()
    for day in (due + timedelta(days=14), due):
        version = coordinator.get(f"/loans/{loan}").json()["version"]
        moved = coordinator.patch(f"/loans/{loan}", {"dueOn": day.isoformat()}, version)
        assert moved.status_code == 200, moved.text
        loans.remind()
    loans.remind()
    assert loans.whats(loan) == ["handedOver", "dueSoon", "dueDateChanged", "dueDateChanged", "dueSoon"]
