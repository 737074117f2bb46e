"""Helpers are known by a pseudonym; their name is for their coordinators and for the laptops of their digipunten."""

import json
import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis.storage.tables import metadata as frame
from common.field_cipher import FieldCipher
from common.person_keys import cipher_of
from services.desk.handlers.helpers import reencrypt
from services.desk.model.helpers import is_weak
from services.desk.tables import HELPERS, helpers, metadata
from services.visits.model.helpers import helper_id
from tests.services.desk.api import LANDEN, PIN, TIENEN, issues, new_id

NAME = "Godelieve"


def test_a_helper_has_a_code_that_visits_keep(coordinator, point):
    """Random, made once, and passed unchanged where visits would make a pseudonym of a name."""
    id, body = new_id(), {"name": NAME, "digipunts": [point], "municipality": TIENEN}
    first = coordinator.put(f"/helpers/{id}", body)
    assert first.status_code == 201
    code = first.json()["code"]
    assert re.fullmatch("h-[a-z2-7]{16}", code)
    assert helper_id(code, b"any key") == code
    again = coordinator.put(f"/helpers/{id}", body)
    assert (again.status_code, again.json()) == (200, first.json())
    renamed = coordinator.put(f"/helpers/{id}", body | {"name": "Lieve"}, first.json()["version"])
    assert (renamed.status_code, renamed.json()["code"], renamed.json()["name"]) == (200, code, "Lieve")
    assert coordinator.put(f"/helpers/{id}", body, first.json()["version"]).status_code == 412
    assert coordinator.put(f"/helpers/{new_id()}", body).json()["code"] != code


def test_a_laptop_sees_who_it_needs(desk, coordinator, laptop, point):
    """Of its own digipunt, and of them what a tile shows; a coordinator sees where they help too."""
    beside = new_id()
    rita, jos = (
        coordinator.helper(point, beside, name="Rita"),
        coordinator.helper(point, name="Jos", pin=None),
    )
    coordinator.helper(beside, name="Mia")
    tiles = {each["name"]: each for each in laptop.client.get("/helpers", digipunt=point).json()["items"]}
    assert set(tiles) == {"Rita", "Jos"}
    assert {name: each["hasPin"] for name, each in tiles.items()} == {"Rita": True, "Jos": False}
    assert all(set(each) == {"id", "name", "code", "hasPin"} for each in tiles.values())
    assert {each["id"] for each in laptop.client.get("/helpers").json()["items"]} == {rita, jos}
    for elsewhere in (beside, new_id()):
        assert laptop.client.get("/helpers", digipunt=elsewhere).json()["items"] == []
    seen = {each["id"]: each for each in coordinator.get("/helpers", digipunt=point).json()["items"]}
    assert (seen[rita]["digipunts"], seen[rita]["locked"]) == (sorted([point, beside]), False)
    elsewhere = desk.client("coordinator", [LANDEN])
    assert (elsewhere.get("/helpers").json()["total"], elsewhere.delete(f"/helpers/{rita}").status_code) == (
        0,
        404,
    )


def test_a_helper_of_two_municipalities(desk):
    """Each coordinator says where in own municipalities they help; who helps nowhere any more is erased."""
    tienen, landen = desk.client("coordinator", [TIENEN]), desk.client("coordinator", [LANDEN])
    both = desk.client("coordinator", [TIENEN, LANDEN])
    here, there, id = new_id(), new_id(), new_id()
    assert tienen.post("/pairings", {"digipunt": here}).status_code == 201
    assert landen.post("/pairings", {"digipunt": there}).status_code == 201
    assert both.put(f"/helpers/{id}", {"name": NAME, "digipunts": [here, there]}).status_code == 201
    moved = tienen.put(
        f"/helpers/{id}", {"name": NAME, "digipunts": [other := new_id()], "municipality": TIENEN}
    )
    assert (moved.status_code, moved.json()["digipunts"]) == (200, [other])
    [seen] = both.get("/helpers", digipunt=there).json()["items"]
    assert seen["digipunts"] == sorted([other, there])
    assert tienen.delete(f"/helpers/{id}").status_code == 204
    assert tienen.delete(f"/helpers/{id}").status_code == 404
    assert landen.get("/helpers", digipunt=there).json()["items"][0]["id"] == id
    # What was done in one is not certified as if nothing were left, and does not tell where it is.
    told = tienen.get(f"/persons/{id}/erasure")
    assert (told.json()["staysElsewhere"], LANDEN in told.text, NAME in told.text) == (True, False, False)
    assert landen.delete(f"/helpers/{id}").status_code == 204
    for client in (tienen, landen):
        assert "staysElsewhere" not in client.get(f"/persons/{id}/erasure").json()
    with desk.application.database.read() as connection:
        assert HELPERS.find(connection, id) is None


def test_a_pin_is_set_by_a_coordinator_or_by_oneself(desk, coordinator, laptop, point):
    """Not by another helper, nor by a laptop; one that anybody would try first is refused and not repeated."""
    rita, jos = coordinator.helper(point), coordinator.helper(point, name="Jos")
    session = desk.signed_in(laptop, rita)
    assert session.post(f"/helpers/{rita}/pin", {"pin": "8642"}).status_code == 204
    assert session.get("/me").status_code == 200
    refused = session.post(f"/helpers/{jos}/pin", {"pin": "8642"})
    assert (refused.status_code, refused.json()["code"]) == (403, "pinOfSomebodyElse")
    assert laptop.client.post(f"/helpers/{rita}/pin", {"pin": "8642"}).status_code == 403
    easy = session.post(f"/helpers/{rita}/pin", {"pin": "1234"})
    assert (issues(easy), easy.json()["issues"][0]["code"]) == (["pin"], "pinTooEasy")
    for pin in ("1234", "12345", "abcd"):
        assert pin not in session.post(f"/helpers/{rita}/pin", {"pin": pin}).text
    assert laptop.client.sign_in(rita).status_code == 401
    assert laptop.client.sign_in(rita, "8642").status_code == 201
    # A new PIN by the coordinator signs out who came in with the old one.
    assert coordinator.post(f"/helpers/{rita}/pin", {"pin": "7391"}).status_code == 204
    assert session.get("/me").json()["code"] == "sessionEnded"


@pytest.mark.parametrize("pin", ["0000", "7777", "1234", "4321", "6789", "7890", "9876", "1212", "2580"])
def test_some_pins_are_too_easy(pin):
    """They are what anybody tries first."""
    assert is_weak(pin)


@pytest.mark.parametrize("pin", ["4711", "2468", "1357", "1229", "0912"])
def test_other_pins_are_not(pin):
    """The rest is for the counters to guard."""
    assert not is_weak(pin)


def test_nothing_of_a_helper_can_be_read_from_the_database(desk, coordinator, laptop, point):
    """Neither the name, nor the PIN by trying all: the hash is encrypted too. Not in the journal either, which stays empty."""
    id = coordinator.helper(point, name=NAME)
    desk.signed_in(laptop, id)
    with desk.application.database.read() as connection:
        tables = [*metadata.sorted_tables, *frame.sorted_tables]
        stored = [
            str(value) for table in tables for row in connection.execute(sa.select(table)) for value in row
        ]
    assert not [text for text in stored if NAME in text or text == PIN or "scrypt" in text]
    with desk.application.database.read() as connection:
        row = HELPERS.get(connection, id)
        own = cipher_of(connection, FieldCipher(desk.runner.settings.data_keys), id)
    assert NAME in json.dumps(own.decrypt(row["sealed"]))
    assert desk.application.journal.head().position == 0
    if desk.application.database.dialect == "sqlite":
        file = Path(str(desk.application.database.url.database))
        raw = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
        assert NAME.encode() not in raw


def test_a_key_is_changed(desk, coordinator, laptop, point):
    """Name and PIN are encrypted again; with the new key alone both can be read, and the version stays."""
    id = coordinator.helper(point, name=NAME)
    app = desk.application
    [old] = desk.runner.settings.data_keys
    new = b"a new data key that nobody else has seen"
    with app.database.read() as connection:
        before = HELPERS.get(connection, id)
    after, changed = None, 0
    with app.unit_of_work() as uow:
        while True:
            after, some = reencrypt(uow, FieldCipher([new, old]), after, 100)
            changed += some
            if after is None:
                break
        row = HELPERS.get(uow.connection, id)
        alone = cipher_of(uow.connection, FieldCipher([new]), id)
        assert (alone.decrypt(row["sealed"]), row["version"]) == ({"name": NAME}, before["version"])
        assert row["pin"] is not None
        assert "scrypt" in alone.decrypt(row["pin"])
        assert reencrypt(uow, FieldCipher([new, old]), None, 1000)[1] == 0
        assert changed >= 1
        uow.connection.rollback()


def test_a_helper_is_erased(desk, coordinator, laptop, helper):
    """Gone from the table and signed out; the code in visits names nobody."""
    session = desk.signed_in(laptop, helper)
    assert coordinator.delete(f"/helpers/{helper}").status_code == 204
    assert session.get("/me").json()["code"] == "sessionEnded"
    with desk.application.database.read() as connection:
        assert connection.execute(sa.select(helpers).where(helpers.c.id == helper)).first() is None
    assert laptop.client.sign_in(helper).status_code == 404
