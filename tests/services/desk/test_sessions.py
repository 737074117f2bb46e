"""A PIN opens a session of ten minutes on a paired laptop; who guesses is locked out, whatever they send at once."""

from datetime import UTC, datetime, timedelta

import eventlet
import httpx
import jwt
import pytest

from chassis.http.auth import verify
from services.desk.model.helpers import WRONG_PINS
from services.desk.model.laptops import WRONG_PINS as WRONG_ON_LAPTOP
from tests.services.desk.api import PIN, TIENEN, WRONG, new_id

AT_ONCE, EACH = 4, 5
"""Fewer at once than wrong PINs lock a name: each counts as wrong until it was looked at."""


def test_a_pin_signs_in(desk, coordinator, laptop, helper, point):
    """For ten minutes, as a helper of the laptop's digipunt, under the helper's own code."""
    answer = laptop.client.sign_in(helper)
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    actor = verify(desk.runner.settings, told["token"])
    assert (actor.roles, actor.digipunts, actor.municipalities) == ({"helper"}, {point}, {TIENEN})
    assert (actor.laptop, actor.helper, actor.subject) == (laptop.id, told["code"], told["code"])
    assert told["name"] == "Rita"
    claims = jwt.decode(told["token"], options={"verify_signature": False})
    assert 595 <= claims["exp"] - claims["iat"] <= 600
    me = desk.bearing(told["token"]).get("/me").json()
    assert (me["laptop"], me["helper"]) == (laptop.id, told["code"])


def test_wrong_pins_lock_the_name(desk, coordinator, laptop, helper, point, clock):
    """Five, on all laptops, for fifteen minutes; each answer says how many tries are left, and none says more."""
    beside = desk.laptop(coordinator, point, "laptop 2")
    left = [laptop.client.sign_in(helper, WRONG).json()["triesLeft"] for _ in range(WRONG_PINS)]
    assert left == [4, 3, 2, 1, 0]
    for client in (laptop.client, beside.client):
        locked = client.sign_in(helper)
        assert (locked.status_code, locked.json()["code"]) == (423, "helperLocked")
        until = datetime.fromisoformat(locked.json()["lockedUntil"])
        assert timedelta(minutes=14) < until - datetime.now(UTC) <= timedelta(minutes=15)
    [seen] = coordinator.get("/helpers", digipunt=point).json()["items"]
    assert seen["locked"]
    clock.ahead = timedelta(minutes=15, seconds=1)
    assert laptop.client.sign_in(helper, WRONG).json()["triesLeft"] == 4
    assert laptop.client.sign_in(helper).status_code == 201
    assert (
        laptop.client.sign_in(helper, WRONG).json()["triesLeft"] == 3
    )  # The laptop's count goes on: 10 - 7.


def test_a_new_pin_opens_a_locked_name(coordinator, laptop, helper):
    """The coordinator gives one."""
    for _ in range(WRONG_PINS):
        laptop.client.sign_in(helper, WRONG)
    assert coordinator.post(f"/helpers/{helper}/pin", {"pin": "8642"}).status_code == 204
    assert laptop.client.sign_in(helper, "8642").status_code == 201


def test_wrong_pins_lock_the_laptop(coordinator, laptop, point):
    """Ten, whoever they are of, until a coordinator opens it; who knows one PIN cannot set the count back with it."""
    rita, jos, mia = (coordinator.helper(point, name=name) for name in ("Rita", "Jos", "Mia"))
    for each in (rita, jos, mia):
        for _ in range(3):
            assert laptop.client.sign_in(each, WRONG).status_code == 401
        assert laptop.client.sign_in(rita).status_code == 201
    assert laptop.client.sign_in(jos, WRONG).json()["triesLeft"] == 0
    for each in (rita, jos, mia):
        locked = laptop.client.sign_in(each)
        assert (locked.status_code, locked.json()["code"]) == (423, "laptopLocked")
    [listed] = coordinator.get("/laptops", digipunt=point).json()["items"]
    assert listed["locked"]
    opened = coordinator.patch(f"/laptops/{laptop.id}", {"locked": False}, listed["etag"])
    assert (opened.status_code, opened.json()["locked"]) == (200, False)
    assert laptop.client.sign_in(rita).status_code == 201


def test_a_laptop_forgets_wrong_pins_of_an_hour_ago(coordinator, laptop, helper, clock):
    """With a right one: people do mistype."""
    for _ in range(4):
        laptop.client.sign_in(helper, WRONG)
    assert laptop.client.sign_in(helper).status_code == 201
    clock.ahead = timedelta(hours=1, minutes=1)
    assert laptop.client.sign_in(helper).status_code == 201
    other = coordinator.helper(laptop.told["digipunt"], name="Jos")
    left = []
    for each in (helper, other):
        left += [laptop.client.sign_in(each, WRONG).json()["triesLeft"] for _ in range(5)]
    assert left == [4, 3, 2, 1, 0] * 2
    assert len(left) == WRONG_ON_LAPTOP


@pytest.mark.parametrize("guesses", [20])
def test_guesses_at_once_are_counted_one_by_one(desk, laptop, helper, guesses):
    """Twenty at the same moment are five tries and fifteen refusals, and nobody else waits for their hashes."""
    url = f"{desk.runner.address}/desk/v1/sessions"
    headers = {"Authorization": f"Bearer {laptop.client.token}"}

    def guess(number):
        return httpx.post(
            url, json={"helper": helper, "pin": f"{3100 + number}"}, headers=headers, timeout=60
        )

    pool = eventlet.GreenPool(guesses)
    answers = list(pool.imap(guess, range(guesses)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [401] * WRONG_PINS + [423] * (guesses - WRONG_PINS)
    assert laptop.client.sign_in(helper).status_code == 423


def test_a_right_pin_among_others_is_no_way_around(desk, coordinator, laptop, point):
    """Signing in at the same moment as others guess takes back its own try only."""
    rita, jos = coordinator.helper(point), coordinator.helper(point, name="Jos")
    url = f"{desk.runner.address}/desk/v1/sessions"
    headers = {"Authorization": f"Bearer {laptop.client.token}"}

    def post(asked):
        helper, pin = asked
        return httpx.post(url, json={"helper": helper, "pin": pin}, headers=headers, timeout=60).status_code

    sent = [(rita, PIN)] * 4 + [(jos, WRONG)] * 4
    statuses = sorted(eventlet.GreenPool(8).imap(post, sent))
    assert statuses == [201] * 4 + [401] * 4
    # Four wrong on the laptop: six more lock it.
    left = [laptop.client.sign_in(rita, WRONG).json()["triesLeft"] for _ in range(4)]
    assert left == [4, 3, 2, 1]
    assert laptop.client.sign_in(jos, WRONG).json()["triesLeft"] == 0


def test_who_helps_elsewhere_signs_in_there(desk, coordinator, laptop):
    """At this digipunt they are refused; somebody of another municipality is not there, nor who has no PIN yet."""
    elsewhere = coordinator.helper(new_id())
    refused = laptop.client.sign_in(elsewhere)
    assert (refused.status_code, refused.json()["code"]) == (403, "helperElsewhere")
    far = coordinator.helper(new_id(), municipality="24059")
    for id in (far, new_id()):
        assert laptop.client.sign_in(id).json()["code"] == "helperNotFound"
    none = coordinator.helper(laptop.told["digipunt"], pin=None)
    assert laptop.client.sign_in(none).json()["code"] == "pinNotSet"


def test_a_pin_needs_a_paired_laptop(desk, helper, point):
    """A desk's token of the command line is of no laptop: on it nothing could be counted."""
    refused = desk.client("desk", [TIENEN], [point]).sign_in(helper)
    assert (refused.status_code, refused.json()["code"]) == (403, "laptopOnly")


def test_a_session_goes_on_while_it_is_used(desk, laptop, helper, clock):
    """Ten minutes at a time, up to twelve hours after the PIN."""
    session = desk.signed_in(laptop, helper)
    begun = datetime.now(UTC)
    for minutes in range(9, 12 * 60, 9):
        clock.ahead = timedelta(minutes=minutes)
        renewed = session.post("/sessions/renew")
        assert renewed.status_code == 200, minutes
        until = datetime.fromisoformat(renewed.json()["expiresAt"])
        assert until - begun < timedelta(hours=12, seconds=5)
    clock.ahead = timedelta(hours=12, seconds=10)
    ended = session.post("/sessions/renew")
    assert (ended.status_code, ended.json()["code"]) == (401, "sessionEnded")


def test_a_session_that_is_left_alone_ends(desk, laptop, helper, clock):
    """After ten minutes it is not renewed any more."""
    session = desk.signed_in(laptop, helper)
    clock.ahead = timedelta(minutes=10, seconds=1)
    assert session.post("/sessions/renew").json()["code"] == "sessionEnded"


def test_a_helper_speaks_for_the_laptop(desk, laptop, helper):
    """Which says how it is with whatever token it has, so that it is heard of while somebody is signed in."""
    session = desk.signed_in(laptop, helper)
    beat = session.put(f"/laptops/{laptop.id}/heartbeat", {"waiting": 0, "parked": 0, "version": "0.2.0"})
    assert beat.status_code == 200


def test_a_session_is_ended(desk, laptop, helper):
    """Its token counts no more here; the laptop's does."""
    session = desk.signed_in(laptop, helper)
    assert session.delete("/sessions/current").status_code == 204
    assert session.get("/me").json()["code"] == "sessionEnded"
    assert laptop.client.get("/me").status_code == 200


def test_a_helper_without_a_session_has_none_to_renew(desk, point):
    """A token of the command line is not made longer here."""
    client = desk.client("helper", [TIENEN], [point])
    assert client.post("/sessions/renew").json()["code"] == "sessionOnly"


@pytest.mark.parametrize("role", ["helper", "coordinator", "policy", "ops"])
def test_whoever_signs_out_has_a_token_no_more(desk, point, role):
    """Also one that belongs to no session; another token of the same person stays."""
    client, other = (desk.client(role, [TIENEN], [point]) for _ in range(2))
    assert client.get("/me").status_code == 200
    assert client.delete("/sessions/current").status_code == 204
    refused = client.get("/me")
    assert (refused.status_code, refused.json()["code"]) == (401, "tokenTakenBack")
    assert other.get("/me").status_code == 200


def test_hashing_a_pin_holds_up_nobody(desk, laptop, helper):
    """While PINs are looked at, others are answered: more often than there are PINs."""
    url, headers = f"{desk.runner.address}/desk/v1", {"Authorization": f"Bearer {laptop.client.token}"}

    def sign_in():
        with httpx.Client(base_url=url, headers=headers, timeout=60) as client:
            asked = {"helper": helper, "pin": PIN}
            return {client.post("/sessions", json=asked).status_code for _ in range(EACH)}

    signing, answered = [eventlet.spawn(sign_in) for _ in range(AT_ONCE)], 0
    with httpx.Client(base_url=url, timeout=60) as client:
        while not all(thread.dead for thread in signing):
            assert client.get("/about").status_code == 200
            answered += 1
            eventlet.sleep(0.005)
    assert [thread.wait() for thread in signing] == [{201}] * AT_ONCE
    assert answered > AT_ONCE * EACH
