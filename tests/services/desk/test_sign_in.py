"""A link signs in once; what the desk says of itself."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
import sqlalchemy as sa

from chassis import keys
from chassis.errors import ConfigurationError
from chassis.http.auth import issue, local_issuer, verify
from chassis.http.sign_in import new_code
from chassis.settings import Settings
from services.desk.service import DeskService
from services.desk.tables import pairings, sessions, used_links
from tests.services.desk.api import TIENEN

KEY = b"a key that only this test knows, 32+"


@pytest.fixture
def nobody(desk):
    """Who has no token yet."""
    return desk.bearing(None)


def test_a_link_signs_in_once(desk, nobody):
    """For twelve hours, with the role and the municipalities that it names."""
    settings = desk.runner.settings
    code = new_code(settings, "policy", [TIENEN])
    answer = nobody.post("/signIns", {"code": code})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    actor = verify(settings, answer.json()["token"])
    assert (actor.roles, actor.municipalities) == ({"policy"}, {TIENEN})
    assert (answer.json()["roles"], answer.json()["municipalities"]) == (["policy"], [TIENEN])
    left = datetime.fromisoformat(answer.json()["expiresAt"]) - datetime.now(UTC)
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    again = nobody.post("/signIns", {"code": code})
    assert (again.status_code, again.json()["code"]) == (401, "signInLinkUsed")


def test_a_link_counts_for_fifteen_minutes(desk, nobody, clock):
    """Afterwards a new one is needed."""
    code = new_code(desk.runner.settings, "coordinator", [TIENEN])
    clock.ahead = timedelta(minutes=15, seconds=1)
    assert nobody.post("/signIns", {"code": code}).json()["code"] == "signInLinkUsed"


def test_a_code_is_no_token_and_a_token_no_code(desk, nobody):
    """Each has an audience of its own; nor does a code of another deployment, key or algorithm count."""
    settings = desk.runner.settings
    code = new_code(settings, "coordinator", [TIENEN])
    assert desk.bearing(code).get("/me").status_code == 401
    claims = jwt.decode(code, options={"verify_signature": False})
    forged = [
        issue(settings, "coordinator", [TIENEN]),
        new_code(Settings(deployment="other", signing_key=settings.signing_key), "coordinator", [TIENEN]),
        new_code(Settings(deployment=settings.deployment, signing_key=b"x" * 40), "coordinator", [TIENEN]),
        jwt.encode(claims, "", algorithm="none"),
        keys.sign(settings.signing_key, claims | {"jti": "not an id"}),
        keys.sign(settings.signing_key, claims | {"municipalities": None}),
        "none",
        code[:-3] + "AAA",
    ]
    for each in forged:
        assert nobody.post("/signIns", {"code": each}).json()["code"] == "signInLinkUsed"
    assert claims["iss"] == local_issuer(settings)


@pytest.mark.parametrize("role", ["desk", "helper", "service"])
def test_who_has_no_link(desk, role):
    """A desk and a helper sign in at a paired laptop, and services not at all."""
    with pytest.raises(ValueError, match="a link is for"):
        new_code(desk.runner.settings, role, [TIENEN])


def test_what_runs_here(nobody):
    """Behind an edge others answer too, so that only it knows which."""
    about = nobody.get("/about").json()
    assert (about["deployment"], about["synthetic"], about["services"], about["filled"]) == (
        "test",
        False,
        None,
        1.0,
    )
    assert about["version"]


@pytest.mark.parametrize(
    "settings",
    [
        Settings(data_keys=(KEY,)),
        Settings(signing_key=KEY),
        Settings(signing_key=KEY, data_keys=(KEY,), verify_keys=(keys.public_key(b"y" * 40),)),
    ],
    ids=["no signing key", "no data key", "a key that nobody else knows"],
)
def test_it_does_not_start_without_what_it_needs(settings):
    """One line names the setting."""
    with pytest.raises(ConfigurationError, match="DIGIPUNT_") as refused:
        DeskService.check(settings)
    assert "\n" not in str(refused.value)


def test_what_is_over_is_forgotten(desk, coordinator, laptop, helper, clock, nobody):
    """Used links, codes and sessions, once they count no more by themselves."""
    code = new_code(desk.runner.settings, "coordinator", [TIENEN])
    assert nobody.post("/signIns", {"code": code}).status_code == 200
    desk.signed_in(laptop, helper)
    clock.ahead = timedelta(hours=1)
    desk.runner.instance("desk").forget()
    with desk.application.database.read() as connection:
        for table in (used_links, sessions, pairings):
            over = sa.select(table.c.id).where(table.c.expires_at <= clock.now())
            assert connection.execute(over).all() == []
