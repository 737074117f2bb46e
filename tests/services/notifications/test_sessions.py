"""People of an info session hear what they should, by their own way, once, and nobody else hears anything."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.inbox.projection import Batch
from contracts.envelope import Event
from contracts.events import event_type
from services.notifications.handlers import appointments
from services.notifications.model.kinds import Kind
from services.notifications.tables import seats, sessions
from services.notifications.texts import preview
from tests.services.notifications.town import ADDRESS, Town, brussels
from tests.services.notifications.world import MONDAY
from tests.support.processes import wait_until

KINDS: tuple[Kind, ...] = (
    "sessionConfirmed",
    "sessionReminder",
    "sessionChanged",
    "sessionCancelled",
    "waitlistOffer",
)
CONFIRMED, REMINDED, CHANGED, CANCELLED, OFFERED = (
    Town.named(preview(kind, "nl", "email", {})[0].subject) for kind in KINDS
)
"""The subjects of the e-mails, by which these tests tell them apart."""

IN_TWO_WEEKS = MONDAY + timedelta(days=16)
"""A Wednesday; nobody is disturbed on Sundays and holidays before it."""

pytestmark = pytest.mark.case("use 6")


def mobile():
    return f"+32470{uuid4().int % 10**6:06}"


def texts(town, number):
    """What came by SMS, without what is longer than one."""
    return [each.text for each in town.kannel.messages(number)]


def test_a_session_from_plan_to_attendance(town):
    """Ten people with SMS, e-mail, letter and phone hear of their seat, the day before, and nothing else."""
    session = town.plan(brussels(IN_TWO_WEEKS), seats=12)
    numbers = [mobile() for _ in range(4)]
    by_sms = [town.contact(name="Karel Sels", phone=number) for number in numbers]
    by_email = [town.contact() for _ in range(3)]
    by_letter = town.contact(name="Jan Peeters", channels=["letter"], address=ADDRESS)
    by_phone = [
        town.contact(name=name, channels=["phoneCall"], phone=phone)
        for name, phone in (("An Maes", "016 81 00 01"), ("Piet Smets", "+32470999888"))
    ]
    bystander = town.contact()
    people = [*by_sms, *by_email, by_letter, *by_phone]
    seats = [town.register(session, each) for each in people]
    anonymous = town.register(session)
    town.rounds()
    assert [len(texts(town, number)) for number in numbers] == [1] * 4
    assert "Veilig online" in texts(town, numbers[0])[0]
    assert [town.emails(each) for each in by_email] == [[CONFIRMED]] * 3
    lines = town.lines("callSheet")
    assert {(line["person"]["name"], line["person"]["phone"]) for line in lines} == {
        ("An Maes", "016 81 00 01"),
        ("Piet Smets", "0470 99 98 88"),
    }
    assert {line["person"]["id"] for line in lines} == set(by_phone)
    for line in lines:
        assert f"Spreek ik met {line['person']['name']}?" in line["script"]
        assert "Veilig online" in line["script"]
        result = {"messages": [each["id"] for each in line["messages"]], "result": "told"}
        town.call("POST", "/notifications/v1/results", result)
    batch = town.call("POST", "/notifications/v1/letterBatches", {"municipality": "24107"}, 201)
    with town.client() as client:
        printed = client.get(f"/notifications/v1/letters.pdf?batch={batch['id']}")
    assert (printed.status_code, printed.content[:5]) == (200, b"%PDF-"), printed.text
    town.call("POST", f"/notifications/v1/letterBatches/{batch['id']}/posted")
    assert town.messages(seats[7]) == {"sessionConfirmed": "posted", "sessionReminder": "planned"}

    town.at(IN_TWO_WEEKS - timedelta(days=1), 9.5)
    assert town.emails(by_email[0]) == [CONFIRMED]
    town.at(IN_TWO_WEEKS - timedelta(days=1), 10.1)
    assert [town.emails(each) for each in by_email] == [[CONFIRMED, REMINDED]] * 3
    assert [len(texts(town, number)) for number in numbers] == [2] * 4
    assert {line["person"]["name"] for line in town.lines("callSheet")} == {"An Maes", "Piet Smets"}
    assert town.messages(seats[7])["sessionReminder"] == "expired"

    town.at(IN_TWO_WEEKS, 16.5)
    attendance = {"present": 9, "registered": 8, "walkIn": 1}
    town.call("POST", f"/visits/v1/sessions/{session}/held", attendance)
    town.at(IN_TWO_WEEKS + timedelta(days=2))
    assert [town.emails(each) for each in by_email] == [[CONFIRMED, REMINDED]] * 3
    assert [len(texts(town, number)) for number in numbers] == [2] * 4
    assert town.lines("callSheet") == []
    assert town.emails(bystander) == []
    assert town.messages(anonymous) == {}


def test_who_gets_a_seat_from_the_waiting_list_is_told(town):
    """Waiting is no news; a free seat is, with the day; who gave it back hears nothing more."""
    session = town.plan(brussels(IN_TWO_WEEKS), seats=1)
    first, second, third = (town.contact() for _ in range(3))
    seat = town.register(session, first)
    waiting = town.register(session, second)
    town.register(session, third)
    town.rounds()
    assert (town.emails(first), town.emails(second)) == ([CONFIRMED], [])
    town.give_back(session, seat)
    town.rounds()
    assert (town.emails(first), town.emails(second), town.emails(third)) == ([CONFIRMED], [OFFERED], [])
    [email] = town.mail.emails(town.address_of(second))
    assert "woensdag 16 december om 14.00 uur" in email.get_content()
    town.at(IN_TWO_WEEKS - timedelta(days=1))
    assert (town.emails(first), town.emails(second)) == ([CONFIRMED], [OFFERED, REMINDED])
    assert town.messages(waiting) == {"waitlistOffer": "sent", "sessionReminder": "sent"}


def test_a_session_that_moves_is_told_and_its_reminder_moves_along(town):
    """Each move is told once; a seat more is no news; who waits hears of it with their seat."""
    session = town.plan(brussels(IN_TWO_WEEKS), seats=1)
    goes, waits = town.contact(), town.contact()
    town.register(session, goes)
    town.register(session, waits)
    town.rounds()
    for days in (1, 2):
        town.clock.later(days=1)
        town.move(session, startsAt=brussels(IN_TWO_WEEKS + timedelta(days=days)))
        town.rounds()
    town.clock.later(days=1)
    town.move(session, description="Breng je laptop mee.")
    town.rounds()
    assert town.emails(goes) == [CONFIRMED, CHANGED, CHANGED]
    assert "vrijdag 18 december" in town.mail.emails(town.address_of(goes))[-1].get_content()
    assert town.emails(waits) == []
    town.at(IN_TWO_WEEKS)
    assert town.emails(goes) == [CONFIRMED, CHANGED, CHANGED]
    town.at(IN_TWO_WEEKS + timedelta(days=1))
    assert town.emails(goes) == [CONFIRMED, CHANGED, CHANGED, REMINDED]


def test_moved_and_moved_back_before_anybody_heard_is_no_news(town):
    """In the evening it moves, moves back, and moves again: in the morning one e-mail says the last."""
    session, other = (town.plan(brussels(IN_TWO_WEEKS)) for _ in range(2))
    goes, stays = town.contact(), town.contact()
    town.register(session, goes)
    town.register(other, stays)
    town.rounds()
    town.at(MONDAY + timedelta(days=1), 20.5)
    later = IN_TWO_WEEKS + timedelta(days=1)
    for each, days in ((session, (later, IN_TWO_WEEKS, later)), (other, (later, IN_TWO_WEEKS))):
        for day in days:
            town.move(each, startsAt=brussels(day))
            town.rounds()
    town.at(MONDAY + timedelta(days=2))
    assert (town.emails(goes), town.emails(stays)) == ([CONFIRMED, CHANGED], [CONFIRMED])
    assert "donderdag 17 december" in town.mail.emails(town.address_of(goes))[-1].get_content()
    town.at(IN_TWO_WEEKS - timedelta(days=1))
    assert town.emails(stays) == [CONFIRMED, REMINDED]


def test_a_cancelled_session_is_told_to_all_who_counted_on_it(town):
    """Who has a seat and who waits, once, even on the day on which they heard something else; not who had given it back."""
    session = town.plan(brussels(MONDAY + timedelta(days=1)), seats=2)
    goes, left, waits = (town.contact() for _ in range(3))
    town.register(session, goes)
    seat = town.register(session, left)
    town.register(session, waits)
    town.rounds()
    town.give_back(session, seat)
    town.rounds()
    town.call("POST", f"/visits/v1/sessions/{session}/cancel")
    town.rounds()
    assert town.emails(goes) == [CONFIRMED, CANCELLED]
    assert town.emails(left) == [CONFIRMED]
    assert town.emails(waits) == [OFFERED, CANCELLED]


def test_what_nobody_heard_yet_is_not_said_any_more(town):
    """Registered in the evening and given back, or cancelled, before morning: no word of the seat."""
    town.clock.set(MONDAY, 21)
    session, dropped = (town.plan(brussels(IN_TWO_WEEKS)) for _ in range(2))
    left, told = town.contact(), town.contact()
    seat = town.register(session, left)
    town.register(dropped, told)
    town.give_back(session, seat)
    town.call("POST", f"/visits/v1/sessions/{dropped}/cancel")
    town.at(MONDAY + timedelta(days=1))
    assert (town.emails(left), town.emails(told)) == ([], [CANCELLED])


def test_a_contact_may_come_after_its_registration_and_change(town):
    """What is due waits for it, and goes by the newest details."""
    session = town.plan(brussels(IN_TWO_WEEKS))
    id, new = str(uuid4()), f"{uuid4().hex[:8]}@example.be"
    seat = town.register(session, id)
    town.rounds()
    assert town.messages(seat)["sessionConfirmed"] == "planned"
    town.contact(id)
    town.clock.later(minutes=2)
    town.rounds()
    assert town.emails(id) == [CONFIRMED]
    town.contact(id, "Rita Claes", 200, email=new)
    town.at(IN_TWO_WEEKS - timedelta(days=1))
    assert town.emails(id) == [CONFIRMED]
    assert [town.named(str(each["Subject"])) for each in town.mail.emails(new)] == [REMINDED]


def test_no_reminder_for_who_registers_the_day_before(town):
    """They were told the day just now. Before a Monday, the reminder comes on Saturday."""
    session = town.plan(brussels(MONDAY + timedelta(days=1)))
    monday = town.plan(brussels(MONDAY + timedelta(days=7)))
    late, early = town.contact(), town.contact()
    town.register(session, late)
    town.register(monday, early)
    town.rounds()
    town.at(MONDAY + timedelta(days=1), 9.1)
    assert town.emails(late) == [CONFIRMED]
    town.at(MONDAY + timedelta(days=5), 10.1)
    assert town.emails(early) == [CONFIRMED, REMINDED]


def test_a_letter_only_when_there_is_time_for_the_post(town):
    """Three days before, the next way is taken; a letter that was not printed in time goes another way too."""
    phone = {"channels": ["letter", "phoneCall"], "phone": "016 81 00 01", "address": ADDRESS}
    soon, later = town.plan(brussels(MONDAY + timedelta(days=3))), town.plan(brussels(IN_TWO_WEEKS))
    calls, writes = town.contact(name="An Maes", **phone), town.contact(name="Jan Wit", **phone)
    town.register(soon, calls)
    seat = town.register(later, writes)
    town.rounds()
    assert [line["person"]["name"] for line in town.lines("callSheet")] == ["An Maes"]
    assert town.messages(seat)["sessionConfirmed"] == "planned"
    town.at(IN_TWO_WEEKS - timedelta(days=4))
    assert "Jan Wit" in [line["person"]["name"] for line in town.lines("callSheet")]


def test_two_sessions_at_once_are_one_message(town):
    """Two seats taken together are told together, each once and each with its moment, though that is the same."""
    contact = town.contact()
    for title in ("Veilig online", "Foto's bewaren"):
        town.register(town.plan(brussels(IN_TWO_WEEKS), title=title), contact)
    town.rounds()
    [email] = town.mail.emails(town.address_of(contact))
    text = email.get_content()
    assert text.count("Veilig online") == text.count("Foto’s bewaren") == 1
    assert text.count("woensdag 16 december om 14.00 uur") == 2


def test_a_cancellation_that_nobody_may_be_disturbed_with_is_on_the_list_of_the_coordinator(town):
    """On Saturday evening, of a session on Sunday: not at night, and not in silence either."""
    session = town.plan(brussels(MONDAY + timedelta(days=6)))
    contact = town.contact(name="An Maes", phone="016 81 00 01")
    town.register(session, contact)
    town.at(MONDAY + timedelta(days=5), 20.5)
    town.call("POST", f"/visits/v1/sessions/{session}/cancel")
    town.rounds()
    [line] = town.lines("unreachable")
    assert (line["person"]["name"], line["messages"][0]["reason"]) == ("An Maes", "tooLate")


def test_a_rebuild_tells_nothing_twice_and_forgets_nothing(town):
    """Read again from the first event of visits, everybody has heard what they had, and hears what is still to come."""
    session, lost = (town.plan(brussels(IN_TWO_WEEKS)) for _ in range(2))
    goes, left, other = (town.contact() for _ in range(3))
    town.register(session, goes)
    town.give_back(session, town.register(session, left))
    town.register(lost, other)
    town.rounds()
    town.move(session, startsAt=brussels(IN_TWO_WEEKS + timedelta(days=1)))
    town.clock.later(days=1)
    town.rounds()
    before = [town.emails(each) for each in (goes, left, other)]
    application = town.runner.applications["notifications"]
    with application.database.begin() as connection:
        for table in (seats, sessions):
            connection.execute(sa.delete(table))
    with town.client("ops") as ops:
        answer = ops.post("/notifications/v1/rebuild", json={"source": "visits"})
        assert answer.status_code in (200, 202), answer.text

    def rebuilt():
        status = application.consumers["visits"].status()
        return not status.get("rebuilding") and application.database and _known(application, lost)

    wait_until(rebuilt, "the rebuild", 60)
    town.rounds()
    assert [town.emails(each) for each in (goes, left, other)] == before
    town.call("POST", f"/visits/v1/sessions/{lost}/cancel")
    town.clock.later(days=1)
    town.rounds()
    assert town.emails(other) == [CONFIRMED, CANCELLED]
    town.at(IN_TWO_WEEKS)
    assert town.emails(goes)[-1] == REMINDED
    assert town.emails(goes).count(REMINDED) == 1
    assert REMINDED not in town.emails(left)


def _known(application, session):
    with application.database.read() as connection:
        return connection.execute(sa.select(seats.c.id).where(seats.c.session == session)).first() is not None


def test_who_was_not_called_yet_is_called_about_the_new_day(town):
    """The line stays on the call sheet after the day on which the session was to be, and says when it is now."""
    contact = town.contact(name="An Maes", channels=["phoneCall"], phone="016 81 00 01")
    session = town.plan(brussels(MONDAY + timedelta(days=2)))
    town.register(session, contact)
    town.rounds()
    town.move(session, startsAt=brussels(IN_TWO_WEEKS))
    town.rounds()
    town.at(MONDAY + timedelta(days=3))
    [line] = town.lines("callSheet")
    assert [each["kind"] for each in line["messages"]] == ["sessionConfirmed"]
    assert "16 december" in line["script"]


def event(what, subject, version, data):
    """An event of visits as it comes from the broker."""
    resource = subject.partition("/")[0]
    return Event(
        id=str(uuid4()),
        type=event_type("visits", resource, what),
        source="urn:digipunt:test:visits",
        subject=subject,
        time=brussels(MONDAY, 10),
        data=data,
        deployment="test",
        municipality="24107",
        epoch=str(uuid4()),
        position=1,
        entityversion=version,
    )


def test_a_registration_may_come_before_its_session_and_events_may_come_twice(town):
    """When the session's event was held up as a dead letter, its people are told once it is applied; once, not thrice."""
    session, contact, (first, second) = str(uuid4()), town.contact(), (str(uuid4()), str(uuid4()))
    starts = brussels(IN_TWO_WEEKS)
    described = {
        "id": session,
        "kind": "infoSession",
        "title": "Veilig online",
        "municipality": "24107",
        "startsAt": starts.isoformat(),
        "endsAt": (starts + timedelta(hours=2)).isoformat(),
        "seats": 5,
        "state": "planned",
    }
    seat = {"session": session, "municipality": "24107", "state": "confirmed", "seats": 1, "contact": contact}
    given_back = seat | {"id": second, "state": "cancelled"}
    came = [
        event("made", f"registrations/{first}", 1, {"registration": seat | {"id": first}}),
        event("cancelled", f"registrations/{second}", 2, {"registration": given_back}),
        event("planned", f"sessions/{session}", 1, {"session": described}),
        event("made", f"registrations/{second}", 1, {"registration": seat | {"id": second}}),
    ]
    application = town.runner.applications["notifications"]
    for _ in range(2):
        with application.database.begin() as connection:
            appointments.apply(Batch(connection, 1, came), application.unit_of_work)
    assert set(town.messages(first)) == {"sessionConfirmed", "sessionReminder"}
    assert town.messages(second) == {}
    items = town.call("GET", f"/notifications/v1/messages?about={first}")["items"]
    assert len(items) == 2
