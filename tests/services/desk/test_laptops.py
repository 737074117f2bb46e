"""A laptop is paired with a code that counts once, comes back by its secret, and is out once it is taken back."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
import sqlalchemy as sa

from chassis.http.auth import verify
from services.desk.model.laptops import LIVE_PAIRINGS, WRONG_CODES
from services.desk.tables import laptops, pairings
from tests.services.desk.api import LANDEN, TIENEN, issues, new_id

HEARTBEAT = {"waiting": 2, "parked": 1, "version": "0.2.0"}


def other(code):
    """A code that is not this one."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_pairs_one_laptop(desk, coordinator, point):
    """It counts once; the laptop gets a token of an hour for its digipunt, a secret, and two digits to compare."""
    begun = coordinator.post("/pairings", {"digipunt": point, "municipality": TIENEN})
    assert begun.status_code == 201
    assert begun.headers["cache-control"] == "no-store"
    assert len(begun.json()["code"]) == 6
    left = datetime.fromisoformat(begun.json()["expiresAt"]) - datetime.now(UTC)
    assert timedelta(minutes=9) < left <= timedelta(minutes=10)
    nobody, body = desk.bearing(None), {"code": begun.json()["code"], "name": "laptop 1"}
    paired = nobody.post("/laptops", body)
    assert paired.status_code == 201
    told = paired.json()
    assert (told["name"], told["digipunt"], told["municipality"]) == ("laptop 1", point, TIENEN)
    actor = verify(desk.runner.settings, told["token"])
    assert (actor.roles, actor.digipunts, actor.municipalities) == ({"desk"}, {point}, {TIENEN})
    assert (actor.laptop, actor.helper) == (told["id"], None)
    claims = jwt.decode(told["token"], options={"verify_signature": False})
    assert 3595 <= claims["exp"] - claims["iat"] <= 3600
    [listed] = coordinator.get("/laptops", digipunt=point).json()["items"]
    assert (listed["id"], listed["check"]) == (told["id"], told["check"])
    assert len(told["check"]) == 2
    again = nobody.post("/laptops", body)
    assert (again.status_code, again.json()["code"]) == (401, "pairingCodeWrong")


def test_a_code_counts_for_ten_minutes(desk, coordinator, point, clock):
    """Afterwards it is wrong."""
    code = coordinator.code(point)
    clock.ahead = timedelta(minutes=10, seconds=1)
    late = desk.bearing(None).post("/laptops", {"code": code, "name": "laptop 1"})
    assert (late.status_code, late.json()["code"]) == (401, "pairingCodeWrong")


def test_codes_cannot_be_guessed(desk, coordinator, point, clock):
    """Ten wrong ones from anywhere: those that were open are gone, and none is looked at for the rest of ten minutes."""
    code, nobody = coordinator.code(point), desk.bearing(None)
    wrong = {"code": other(code), "name": "laptop 1"}
    assert {nobody.post("/laptops", wrong).status_code for _ in range(WRONG_CODES)} == {401}
    refused = nobody.post("/laptops", {"code": code, "name": "laptop 1"})
    assert (refused.status_code, refused.json()["code"]) == (429, "tooManyWrongPairingCodes")
    assert 0 < int(refused.headers["retry-after"]) <= 600
    clock.ahead = timedelta(minutes=10, seconds=1)
    assert nobody.post("/laptops", {"code": code, "name": "laptop 1"}).status_code == 401
    fresh = coordinator.code(point)
    assert nobody.post("/laptops", {"code": fresh, "name": "laptop 1"}).status_code == 201


def test_a_digipunt_has_a_few_codes_at_most(desk, coordinator, point):
    """Another one takes the place of the oldest: many open codes would be easier to guess."""
    codes = [coordinator.code(point) for _ in range(LIVE_PAIRINGS + 1)]
    nobody = desk.bearing(None)
    answers = [nobody.post("/laptops", {"code": code, "name": "laptop"}).status_code for code in codes]
    assert answers == [401] + [201] * LIVE_PAIRINGS


def test_neither_codes_nor_secrets_are_kept(desk, coordinator, laptop, point):
    """Whoever reads the database pairs nothing and is no laptop."""
    code = coordinator.code(point)
    with desk.application.database.read() as connection:
        rows = [*connection.execute(sa.select(pairings)), *connection.execute(sa.select(laptops))]
    assert all(text not in str(row) for row in rows for text in (code, laptop.told["secret"]))


def test_the_secret_renews_the_token(desk, laptop, clock):
    """However long the laptop was off; another secret is answered as if it had been taken back."""
    nobody, path = desk.bearing(None), f"/laptops/{laptop.id}/token"
    clock.ahead = timedelta(days=70)
    renewed = nobody.post(path, {"secret": laptop.told["secret"]})
    assert renewed.status_code == 200
    assert verify(desk.runner.settings, renewed.json()["token"]).laptop == laptop.id
    for refused in (
        nobody.post(path, {"secret": laptop.told["secret"][:-1]}),
        nobody.post(f"/laptops/{new_id()}/token", {"secret": laptop.told["secret"]}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (401, "laptopTakenBack")


def test_a_laptop_says_how_it_is(coordinator, laptop, point):
    """Its coordinators see it, and its version stays, so that it is in nobody's way who changes its name."""
    [before] = coordinator.get("/laptops", digipunt=point).json()["items"]
    storage = {"persisted": True, "usedBytes": 1000}
    beat = laptop.client.put(
        f"/laptops/{laptop.id}/heartbeat", {**HEARTBEAT, "storage": storage, "browser": "Firefox 140"}
    )
    assert (beat.status_code, beat.json()["locked"]) == (200, False)
    [after] = coordinator.get("/laptops", digipunt=point).json()["items"]
    assert {name: after[name] for name in HEARTBEAT} == HEARTBEAT
    assert (after["storage"], after["browser"], after["etag"]) == (storage, "Firefox 140", before["etag"])
    assert after["lastSeenAt"] > before["lastSeenAt"]
    assert (
        laptop.client.put(f"/laptops/{laptop.id}/heartbeat", HEARTBEAT | {"storage": "ample"}).status_code
        == 200
    )
    assert issues(
        laptop.client.put(f"/laptops/{laptop.id}/heartbeat", HEARTBEAT | {"storage": {"a": []}})
    ) == ["storage"]


def test_a_laptop_speaks_for_itself_only(desk, coordinator, laptop, point):
    """Not for the one beside it, and a token that is of no laptop speaks for none."""
    beside = desk.laptop(coordinator, point, "laptop 2")
    for client in (laptop.client, desk.client("desk", [TIENEN], [point])):
        refused = client.put(f"/laptops/{beside.id}/heartbeat", HEARTBEAT)
        assert (refused.status_code, refused.json()["code"]) == (403, "laptopOnly")


def test_a_laptop_is_named(coordinator, laptop):
    """With the version that was read."""
    path = f"/laptops/{laptop.id}"
    read = coordinator.get(path)
    assert coordinator.patch(path, {"name": "balie"}).status_code == 428
    named = coordinator.patch(path, {"name": "balie"}, read.headers["etag"])
    assert (named.status_code, named.json()["name"]) == (200, "balie")
    assert named.json()["etag"] == named.headers["etag"]
    assert coordinator.patch(path, {"name": "x"}, read.headers["etag"]).status_code == 412
    assert issues(coordinator.patch(path, {"locked": True}, named.headers["etag"])) == ["locked"]


def test_the_two_digits_are_shown_for_a_day(coordinator, laptop, clock):
    """Then nobody compares them any more."""
    clock.ahead = timedelta(days=1, minutes=1)
    assert coordinator.get(f"/laptops/{laptop.id}").json()["check"] is None


def test_a_laptop_is_taken_back_at_once(desk, coordinator, laptop, helper):
    """Every route refuses its token and those of who signed in on it, at the next request; another laptop goes on."""
    session = desk.signed_in(laptop, helper)
    other_laptop = desk.laptop(coordinator, laptop.told["digipunt"], "laptop 2")
    assert coordinator.delete(f"/laptops/{laptop.id}").status_code == 204
    for client in (laptop.client, session):
        for answer in (
            client.get("/me"),
            client.get("/helpers"),
            client.get("/laptops"),
            client.put(f"/laptops/{laptop.id}/heartbeat", HEARTBEAT),
            client.sign_in(helper),
            client.post("/sessions/renew"),
            client.get("/status"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (401, "laptopTakenBack")
    renewed = desk.bearing(None).post(f"/laptops/{laptop.id}/token", {"secret": laptop.told["secret"]})
    assert (renewed.status_code, renewed.json()["code"]) == (401, "laptopTakenBack")
    assert other_laptop.client.get("/me").status_code == 200
    assert coordinator.get(f"/laptops/{laptop.id}").status_code == 404


@pytest.mark.parametrize("path", ["/laptops/{id}", "/laptops/{id}/heartbeat"])
def test_another_municipality_has_no_such_laptop(desk, laptop, path):
    """Its existence is not told."""
    path = path.format(id=laptop.id)
    if path.endswith("heartbeat"):
        answer = desk.client("desk", [LANDEN], [new_id()]).put(path, HEARTBEAT)
    else:
        answer = desk.client("coordinator", [LANDEN]).delete(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "laptopNotFound")


def test_a_pairing_is_for_own_digipunten(desk, coordinator, point):
    """Where a digipunt is that nobody named yet has to be said, by a coordinator of there."""
    assert issues(coordinator.post("/pairings", {"digipunt": point})) == ["municipality"]
    coordinator.code(point)
    landen = desk.client("coordinator", [LANDEN])
    assert landen.post("/pairings", {"digipunt": point}).status_code == 404
