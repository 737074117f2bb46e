"""Whom a registration or a follow-up is for is a random id here, and nothing else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from chassis.storage.tables import journal, trail
from contracts.message_context import answer
from services.visits.handlers import persons
from services.visits.queries.messages import message_context
from tests.services.visits.api import TIENEN, issues, new_id
from tests.services.visits.test_sessions import moment, plan, register

pytestmark = pytest.mark.case("use 6")


def context(visits, kind, about):
    application = visits.application
    with application.database.read() as connection:
        return answer(message_context(connection, kind, about, application.clock.now()))


def test_a_registration_may_name_a_contact(visits, coordinator, helper):
    """In the answer, the list and each of its events; sent again it is the same, with another contact it is not."""
    session, id, contact = plan(coordinator, seats=1), new_id(), new_id()
    path = f"/sessions/{session}/registrations/{id}"
    first, again = helper.put(path, {"contact": contact}), helper.put(path, {"contact": contact})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["contact"] == again.json()["contact"] == contact
    assert helper.put(path, {"contact": new_id()}).status_code == 409
    assert helper.put(path, {}).status_code == 409
    assert issues(helper.put(f"/sessions/{session}/registrations/{new_id()}", {"contact": "Rita"})) == [
        "contact"
    ]
    helper.post(f"{path}/cancel")
    assert [event["data"]["registration"]["contact"] for event in visits.events(id)] == [contact] * 2
    without = register(helper, session)
    assert "contact" not in without
    assert all("contact" not in event["data"]["registration"] for event in visits.events(without["id"]))


def test_a_follow_up_may_name_a_contact(visits, helper, point):
    """It travels with the plan and with its end; a call that nobody can make is not true."""
    contact = new_id()
    body = {"digipunt": point, "kind": "callBack", "dueOn": "2030-01-01"}
    named, nobody = new_id(), new_id()
    assert helper.put(f"/followUps/{named}", body | {"contact": contact}).json()["contact"] == contact
    assert helper.put(f"/followUps/{nobody}", body | {"contact": None}).status_code == 201
    assert context(visits, "followUpCall", named)["true"]
    assert not context(visits, "followUpCall", nobody)["true"]
    helper.post(f"/followUps/{named}/done", {})
    assert [event["data"]["followUp"]["contact"] for event in visits.events(named)] == [contact] * 2


def test_what_is_told_of_a_seat_is_true_of_that_seat(visits, coordinator, helper):
    """Of a seat in a session to come, not of a place on the waiting list; of a cancelled session, its end only."""
    session = plan(coordinator, seats=1, location="Bib, Grote Markt 2")
    seat, waits = register(helper, session, contact=new_id()), register(helper, session, contact=new_id())
    told = context(visits, "sessionConfirmed", seat["id"])
    assert (told["person"], told["facts"]["location"]) == (None, "Bib, Grote Markt 2")
    assert "references" not in told["facts"]
    assert not context(visits, "sessionReminder", waits["id"])["true"]
    assert not context(visits, "sessionCancelled", seat["id"])["true"]
    coordinator.post(f"/sessions/{session}/cancel")
    assert context(visits, "sessionCancelled", waits["id"])["true"]
    assert not context(visits, "sessionChanged", seat["id"])["true"]


def test_staff_tell_only_those_without_a_contact(visits, coordinator, helper):
    """The message about the session names the references of nobody who is told otherwise."""
    session = plan(coordinator)
    register(helper, session, contact=new_id())
    assert not context(visits, "sessionChanged", session)["true"]
    without = register(helper, session)
    assert context(visits, "sessionChanged", session)["facts"]["references"] == without["reference"]


def test_a_change_names_its_fields(visits, coordinator):
    """By their names, without what is in them: a place may be somebody's home."""
    session = plan(coordinator)
    changes = {"location": "keuken van Rozemarijn", "startsAt": moment(days=7, hours=1), "seats": 2}
    assert coordinator.patch(f"/sessions/{session}", changes, 1).status_code == 200
    event = visits.events(session)[-1]
    assert event["data"]["changed"] == ["location", "startsAt"]
    assert "Rozemarijn" not in str(event)


def test_who_asks_again_to_forget_a_contact_is_not_told_each_time(visits, monkeypatch):
    """While nothing reaches who asks, as with a subscription that is stopped, journal and trail hardly grow."""
    contact, application = new_id(), visits.application

    def said():
        with application.database.read() as connection:
            entries = sa.select(sa.func.count()).select_from(trail).where(trail.c.person == contact)
            events = sa.select(sa.func.count()).select_from(journal).where(journal.c.data.contains(contact))
            return connection.execute(entries).scalar_one(), connection.execute(events).scalar_one()

    for _ in range(3):
        with application.unit_of_work() as uow:
            persons.forget_contact(uow, contact, TIENEN)
    assert said() == (1, 1)
    monkeypatch.setattr(persons, "AGAIN_AFTER", timedelta(0))
    with application.unit_of_work() as uow:
        persons.forget_contact(uow, contact, TIENEN)
    assert said() == (2, 2)
