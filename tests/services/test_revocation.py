"""Tokens that were taken back end in every service, also in those that are away from the desk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import jwt
import pytest
from typer.testing import CliRunner

import services
from chassis.errors import Unauthenticated
from chassis.http.auth import Actor, issue
from chassis.keys import key_id, public_key
from chassis.revocations import live, revocation
from chassis.run import Runner
from chassis.runtime import revocations
from digipunt.cli import app
from digipunt.revoke import revoke
from tests.services.desk.api import LANDEN, TIENEN, new_id
from tests.services.desk.api import Running as Desk
from tests.support.processes import wait_until
from tests.support.running import BACKENDS, Backend, backend, laptop

pytestmark = pytest.mark.case("security M6")

MINUTE = 60
POINT = "01970000-0000-7000-8000-0000000000d1"


@pytest.fixture(autouse=True)
def looks_often(monkeypatch):
    """What takes fifteen seconds takes a moment."""
    monkeypatch.setattr(revocations, "EVERY", 0.2)


@pytest.fixture(params=BACKENDS)
def servers(request) -> Iterator[Backend]:
    with backend(request, *services.NAMES) as found:
        yield found


@contextmanager
def running(servers: Backend, *names: str) -> Iterator[Runner]:
    """These services in a runner of their own, with the public key only unless the desk is among them."""
    secret = servers.settings().signing_key
    keys = {} if "desk" in names else {"signing_key": None, "verify_keys": (public_key(secret),)}
    with servers.running(*services.load(names), **keys) as runner:
        yield runner


def status(runner: Runner, service: str, token: str) -> int:
    return httpx.get(
        f"{runner.address}/{service}/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=60
    ).status_code


def code(runner: Runner, service: str, token: str) -> str:
    headers = {"Authorization": f"Bearer {token}"}
    return str(httpx.get(f"{runner.address}/{service}/v1/me", headers=headers, timeout=60).json()["code"])


def test_every_service_follows_the_desk_and_goes_on_while_it_is_away(servers):
    """A laptop that was taken back and a helper who signed out are refused elsewhere; others are not, and it stays so."""
    with running(servers, "visits", "loans", "notifications", "reporting") as others:
        with running(servers, "desk") as runner:
            desk = Desk(runner)
            coordinator = desk.client("coordinator", [TIENEN])
            taken, kept = (desk.laptop(coordinator, POINT) for _ in range(2))
            helper = coordinator.helper(POINT)
            on_taken, on_kept = (desk.signed_in(each, helper) for each in (taken, kept))
            tokens = [taken.client.token, on_taken.token, on_kept.token, coordinator.token]
            for name in ("visits", "loans", "notifications", "reporting"):
                assert [status(others, name, each) for each in tokens] == [200] * 4
            assert coordinator.delete(f"/laptops/{taken.id}").status_code == 204
            assert on_kept.delete("/sessions/current").status_code == 204
            assert coordinator.delete("/sessions/current").status_code == 204
            for name in ("visits", "loans", "notifications", "reporting"):
                wait_until(
                    lambda name=name: [status(others, name, each) for each in tokens] == [401] * 4,
                    f"{name} to follow",
                    MINUTE,
                )
                assert code(others, name, tokens[0]) == "tokenTakenBack"
                assert status(others, name, kept.client.token) == 200
        assert [status(others, "loans", each) for each in tokens] == [401] * 4
    with running(servers, "loans") as again:
        assert [status(again, "loans", each) for each in tokens] == [401] * 4
        assert status(again, "loans", kept.client.token) == 200


def test_the_command_line_takes_back_while_the_desk_is_away(servers):
    """By id, by subject and by laptop; what a subject gets later counts."""
    with running(servers, "visits", "loans", "notifications", "reporting") as others:
        settings = servers.settings()
        mine = [issue(settings, "coordinator", [TIENEN], subject="an") for _ in range(2)]
        other = issue(settings, "coordinator", [LANDEN], subject="bart")
        known = replace(
            settings,
            database_urls={name: url for name, url in servers.database_urls.items() if name != "desk"},
        )
        revoke(known, token=mine[0], id=None, subject=None, laptop=None)
        for name in ("visits", "loans", "notifications", "reporting"):
            wait_until(lambda name=name: status(others, name, mine[0]) == 401, "one to end", MINUTE)
            assert [status(others, name, each) for each in (mine[1], other)] == [200, 200]
        revoke(known, token=None, id=None, subject="an", laptop=None)
        later = issue(settings, "coordinator", [TIENEN], subject="an")
        for name in ("visits", "loans", "notifications", "reporting"):
            wait_until(lambda name=name: status(others, name, mine[1]) == 401, "all to end", MINUTE)
            assert [status(others, name, each) for each in (later, other)] == [200, 200]


def test_who_breaks_into_reporting_makes_no_token(servers):
    """With its settings there is no way to one: neither the issuer's functions nor the command line make any."""
    with running(servers, "reporting") as reporting:
        assert status(reporting, "reporting", issue(servers.settings(), "policy", [TIENEN])) == 200
        with pytest.raises(ValueError, match="DIGIPUNT_SIGNING_KEY"):
            issue(reporting.settings, "coordinator", [TIENEN])
        [public] = reporting.settings.verify_keys
        for guess in (public, public + "=", key_id(public)):
            forged = issue(replace(reporting.settings, signing_key=guess.encode()), "coordinator", [TIENEN])
            assert status(reporting, "reporting", forged) == 401


def test_command_says_who_follows(tmp_path, monkeypatch):
    """On a laptop all services; for nothing, and for nonsense, a sentence."""
    with laptop(tmp_path, *services.NAMES) as machine, running(machine, *services.NAMES) as runner:
        for name, url in machine.database_urls.items():
            monkeypatch.setenv(f"DIGIPUNT_{name.upper()}_DATABASE_URL", url)
        monkeypatch.setenv("DIGIPUNT_SIGNING_KEY", runner.settings.signing_key.decode())
        token = issue(runner.settings, "policy", [TIENEN], life=timedelta(hours=1))
        done = CliRunner().invoke(app, ["token", "revoke", "-"], input=token + "\n")
        assert done.stdout == f"Taken back. Within a minute {', '.join(services.NAMES)} follow.\n"
        for name in services.NAMES:
            wait_until(lambda name=name: status(runner, name, token) == 401, f"{name} to follow", MINUTE)
        for arguments in ([], ["nonsense"]):
            assert CliRunner().invoke(app, ["token", "revoke", *arguments]).exit_code == 1


def test_the_list_names_nobody(tmp_path):
    """What services keep and tell of a revocation is a hash and two times."""
    with laptop(tmp_path, "desk") as machine, running(machine, "desk") as runner:
        token = issue(runner.settings, "coordinator", [TIENEN], subject="An Peeters")
        id = jwt.decode(token, options={"verify_signature": False})["jti"]
        revoke(runner.settings, token=token, id=new_id(), subject="An Peeters", laptop=new_id())
        told = str(runner.instance("desk").revoked_tokens())
        assert len(runner.instance("desk").revoked_tokens()) == 4
        assert "Peeters" not in told
        assert id not in told


def test_clock_that_is_ahead_saves_no_token(tmp_path):
    """A laptop that was taken back is out, also with a token that was made by a clock some seconds ahead."""
    with laptop(tmp_path, "desk") as machine, running(machine, "desk") as runner:
        revocations_of = runner.applications["desk"].revocations
        ahead = Actor("x", frozenset(), laptop="l1", made_at=time.time() + 20)
        with runner.applications["desk"].database.begin() as connection:
            revocations_of.add(connection, "sqlite", [revocation("laptop", "l1")])
        with pytest.raises(Unauthenticated):
            revocations_of.require_current(ahead)
        revocations_of.require_current(replace(ahead, laptop="l2"))


def test_what_is_over_is_forgotten(tmp_path):
    """A line is kept for as long as a token can live that it names."""
    with laptop(tmp_path, "desk") as machine, running(machine, "desk") as runner:
        application = runner.applications["desk"]
        with application.database.begin() as connection:
            application.revocations.add(
                connection, "sqlite", [revocation("token", "a", timedelta(0)), revocation("token", "b")]
            )
        application.revocations.refresh()
        with application.database.read() as connection:
            assert len(live(connection)) == 1
