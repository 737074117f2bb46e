"""Contacts: stored encrypted, for those who work there, and gone when they are no longer needed."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from common.field_cipher import FieldCipher
from common.person_keys import cipher_of
from services.notifications.handlers.sealing import reencrypt
from services.notifications.tables import contacts
from tests.services.notifications.owner import TIENEN
from tests.services.notifications.town import ADDRESS, brussels
from tests.services.notifications.world import MONDAY
from tests.support.processes import wait_until

pytestmark = pytest.mark.case("use 6")
PATH = "/notifications/v1/contacts"


def sealed(town, contact):
    application = town.runner.applications["notifications"]
    with application.database.read() as connection:
        return connection.execute(sa.select(contacts.c.sealed).where(contacts.c.id == contact)).scalar_one()


def test_a_contact_is_stored_encrypted_read_changed_and_listed(town):
    """Everything that names them is one sealed text; a change replaces it; the list is by digipunt."""
    id = str(uuid4())
    body = {"name": "Rita Claes", "digipunt": town.point, "phone": "0470 12 34 56", "address": ADDRESS}
    town.call("PUT", f"{PATH}/{id}", body, 201)
    town.call("PUT", f"{PATH}/{id}", body, 200)
    found = town.call("GET", f"{PATH}/{id}")
    assert (found["name"], found["phone"], found["language"]) == ("Rita Claes", "+32470123456", "nl")
    assert (found["municipality"], found["version"]) == (TIENEN, 1)
    assert not any(word in sealed(town, id) for word in ("Rita", "470123456", "Broekstraat"))
    town.call("PUT", f"{PATH}/{id}", body | {"phone": None, "email": "rita@example.be"}, 200)
    town.call("PUT", f"{PATH}/{id}", body, 412, headers={"If-Match": '"1"'})
    changed = town.call("GET", f"{PATH}/{id}")
    assert (changed.get("phone"), changed["email"], changed["version"]) == (None, "rita@example.be", 2)
    assert [each["id"] for each in town.call("GET", f"{PATH}?digipunt={town.point}")["items"]] == [id]


def test_a_way_that_cannot_work_is_refused(town):
    """A text message needs a number, a letter an address; a number has to be one."""
    base = {"name": "Rita Claes", "digipunt": town.point}
    for wrong in (
        {"channels": ["sms"]},
        {"channels": ["email", "letter"], "email": "rita@example.be"},
        {"phone": "12"},
        {"email": "rita"},
        {"address": {"street": "Broekstraat 7"}},
    ):
        answer = town.call("PUT", f"{PATH}/{uuid4()}", base | wrong, 400)
        assert "rita" not in str(answer)


def test_helpers_at_own_digipunts_coordinators_in_own_municipalities(town):
    """Elsewhere in the town it is 403, in another town it is not there, and the list has own ones only."""
    id = town.contact()
    with (
        town.client("helper", digipunts=[town.point]) as own,
        town.client("helper", digipunts=[str(uuid4())]) as other,
        town.client(municipalities=["24130"]) as elsewhere,
        town.client("policy") as policy,
    ):
        assert own.get(f"{PATH}/{id}").status_code == 200
        body = {"name": "Jan", "digipunt": town.point}
        for client, status in ((other, 403), (elsewhere, 404), (policy, 403)):
            assert client.get(f"{PATH}/{id}").status_code == status
            assert client.put(f"{PATH}/{id}", json=body).status_code == status
            assert client.delete(f"{PATH}/{id}").status_code == status
        assert other.put(f"{PATH}/{uuid4()}", json=body).status_code == 403
        assert other.get(PATH).json()["items"] == elsewhere.get(PATH).json()["items"] == []
        assert own.delete(f"{PATH}/{id}").status_code == 204


def test_an_erased_contact_is_nowhere_and_hears_nothing(town):
    """No sealed text, no open message, no way back by a late resend; the event says so once."""
    session = town.plan(brussels(MONDAY + timedelta(days=16)))
    id = town.contact()
    seat = town.register(session, id)
    town.rounds()
    town.call("DELETE", f"{PATH}/{id}", expect=204)
    town.call("DELETE", f"{PATH}/{id}", expect=204)
    town.call("GET", f"{PATH}/{id}", expect=404)
    assert sealed(town, id) is None
    town.contact(id, expect=409)
    town.call("POST", f"/visits/v1/sessions/{session}/cancel")
    town.at(MONDAY + timedelta(days=15))
    assert len(town.emails(id)) == 1
    assert town.messages(seat) == {"sessionConfirmed": "sent", "sessionReminder": "expired"}
    journal = town.runner.applications["notifications"].journal
    events = [entry.body for entry in journal.page(0, 5000)[1] if "persons.notify.erased" in entry.body]
    assert sum(id in event for event in events) == 1


def test_three_months_after_the_session_nothing_is_left(town):
    """Not a day sooner; who has another session to come stays; who was never registered goes too."""
    day = MONDAY + timedelta(days=16)
    session = town.plan(brussels(day))
    later = town.plan(brussels(day + timedelta(days=30)))
    once, again, never = (town.contact() for _ in range(3))
    for contact in (once, again):
        town.register(session, contact)
    town.register(later, again)
    town.rounds()
    town.at(day.replace(year=2027, month=3))
    town.ages()
    assert [sealed(town, each) is None for each in (once, again, never)] == [False, False, True]
    town.at(day.replace(year=2027, month=3) + timedelta(days=1))
    town.ages()
    assert [sealed(town, each) is None for each in (once, again)] == [True, False]
    town.at(day.replace(year=2027, month=4) + timedelta(days=31))
    town.ages()
    assert sealed(town, again) is None


@pytest.mark.case("security L7")
@pytest.mark.parametrize("how", ["erased", "aged out"])
def test_nothing_of_a_contact_that_is_gone_is_left_in_the_files(town, how):
    """Neither the database nor its log holds the sealed text, whether somebody erased it or its time had come."""
    database = town.runner.applications["notifications"].database
    if database.dialect != "sqlite":
        pytest.skip(
            "PostgreSQL overwrites deleted rows when it vacuums; docs/ops.md says how long backups keep them"
        )
    id = town.contact()
    text = sealed(town, id).encode()
    folder, name = Path(database.url.database).parent, Path(database.url.database).name

    def files_with() -> list[str]:
        return [file.name for file in folder.glob(f"{name}*") if text in file.read_bytes()]

    assert files_with()
    if how == "erased":
        town.call("DELETE", f"{PATH}/{id}", expect=204)
    else:
        town.at(MONDAY + timedelta(days=120))
        town.ages()
    assert sealed(town, id) is None
    # While a round of sending reads an older state, the transaction after it empties the log.
    wait_until(lambda: files_with() == [], "the log to be emptied")


def test_the_key_of_contacts_can_be_changed(town):
    """`rotate-keys` seals them with the newest key, in steps, and a second time there is nothing to do."""
    ids = sorted(town.contact() for _ in range(3))
    application = town.runner.applications["notifications"]
    newest = b"a newer key that only this test knows"
    cipher = FieldCipher([newest, *application.settings.data_keys])
    after, changed = None, 0
    while True:
        with application.unit_of_work() as uow:
            after, some = reencrypt(uow, cipher, after, 2)
        changed += some
        if after is None:
            break
    assert changed >= 3
    with application.database.read() as connection:
        own = cipher_of(connection, FieldCipher([newest]), ids[0])
    assert own.decrypt(sealed(town, ids[0]))["name"] == "Rita Claes"
    back = FieldCipher([*application.settings.data_keys, newest])
    with application.unit_of_work() as uow:
        assert reencrypt(uow, back, None, 1000)[1] >= changed
        assert reencrypt(uow, back, None, 1000)[1] == 0


@pytest.mark.case("use 7")
def test_a_call_back_is_on_the_call_sheet_with_name_and_number(town):
    """On its day, by phone though they prefer e-mail; without a contact it stays with staff."""
    due = MONDAY + timedelta(days=1)
    contact = town.contact(name="An Maes", channels=["email"], email="an@example.be", phone="016 81 00 01")
    body = {"digipunt": town.point, "kind": "callBack", "dueOn": due.isoformat(), "note": "is eBox gelukt"}
    task, nobody = str(uuid4()), str(uuid4())
    town.call("PUT", f"/visits/v1/followUps/{task}", body | {"contact": contact}, 201)
    town.call("PUT", f"/visits/v1/followUps/{nobody}", body, 201)
    town.rounds()
    assert town.lines("callSheet") == []
    town.at(due)
    [line] = town.lines("callSheet")
    assert line["person"] == {"id": contact, "name": "An Maes", "phone": "016 81 00 01", "language": "nl"}
    assert "Spreek ik met An Maes?" in line["script"]
    assert "is eBox gelukt" in line["script"]
    assert "016 80 56 62" in line["script"]
    assert town.messages(nobody) == {}
    town.contact(contact, "An Maes", 200, phone="0470 11 22 33")
    assert town.lines("callSheet")[0]["person"]["phone"] == "0470 11 22 33"
    town.call("POST", f"/visits/v1/followUps/{task}/done", {})
    wait_until(lambda: town.lines("callSheet") == [], "the line to go", 60)


@pytest.mark.case("use 7")
def test_who_cannot_be_called_back_is_told_that_there_is_news(town):
    """Without a number it goes their own way, and promises no call that will not come."""
    contact = town.contact()
    due = MONDAY + timedelta(days=1)
    body = {"digipunt": town.point, "kind": "callBack", "dueOn": due.isoformat(), "contact": contact}
    town.call("PUT", f"/visits/v1/followUps/{uuid4()}", body, 201)
    town.rounds()
    town.at(due)
    [email] = town.mail.emails(town.address_of(contact))
    assert "bellen u terug" not in f"{email['Subject']} {email.get_content()}"
