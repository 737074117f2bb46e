"""Somebody has a laptop of a digipunt in hand: what they learn of people, over every service, is nothing."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

import services
from chassis.http.openapi import document
from chassis.run import Runner
from services.desk.model.laptops import WRONG_PINS
from tests.services.access_requests import NAME, TIENEN, ask, fill, token
from tests.services.desk.api import Client, Laptop, Running
from tests.support.running import laptop

SERVICES = services.load()
HELPER = "Rita"
"""Who sits at the desk; the laptop shows that name, and no other."""

ROUTES = [
    (service.name, f"{method.upper()} {path}")
    for service in SERVICES
    for path, methods in document(service)["paths"].items()
    for method in methods
    if "/doc" not in path and path not in ("/metrics", "/health")
]


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """All services on one laptop."""
    names = [each.name for each in SERVICES]
    with laptop(tmp_path_factory.mktemp("attacked"), *names) as place, place.running(*SERVICES) as made:
        yield made


@pytest.fixture(scope="module")
def town(runner: Runner) -> dict[str, str]:
    """Ids of things and people at one digipunt in Tienen."""
    return fill(runner)


@pytest.fixture(scope="module")
def coordinator(runner: Runner) -> Client:
    """The coordinator of Tienen."""
    return Running(runner).bearing(token(runner, "coordinator", TIENEN))


@pytest.fixture(scope="module")
def stolen(runner: Runner, town: dict[str, str], coordinator: Client) -> Laptop:
    """A paired laptop of that digipunt, at which nobody signed in."""
    return Running(runner).laptop(coordinator, town["digipunts"])


@pytest.mark.parametrize(("service", "route"), ROUTES)
def test_a_laptop_without_a_pin_reads_no_person(runner, town, stolen, service, route):
    """Whatever it asks, of whichever service: no name of a borrower, a contact or another laptop's people comes back."""
    if route.startswith("DELETE") or route.endswith("/erase"):
        expected = ask(runner, service, route, stolen.client.token, town)
        assert expected.status_code in (401, 403)
        return
    answer = ask(runner, service, route, stolen.client.token, town)
    assert answer.status_code < 500 or answer.status_code == 503
    if (service, route) != ("desk", "GET /v1/helpers"):
        assert NAME not in answer.text, route


def test_embedding_who_borrows_is_refused(runner, town, stolen):
    """The one query that would put persons beside what a laptop may read."""
    bearer = {"Authorization": f"Bearer {stolen.client.token}"}
    for path in (
        "/loans/v1/devices?embed=borrower",
        f"/loans/v1/today?digipunt={town['digipunts']}&embed=borrower",
    ):
        answer = httpx.get(runner.address + path, headers=bearer)
        assert answer.status_code in (400, 403), path
        assert NAME not in answer.text


def test_a_pin_is_not_found_by_trying(runner, town, stolen, coordinator):
    """With every name of the digipunt at hand: after ten tries the laptop is closed, and the right PIN opens nothing."""
    rita = coordinator.helper(town["digipunts"], name=HELPER)
    jos = coordinator.helper(town["digipunts"], name="Jos")
    answers = [
        stolen.client.sign_in(helper, f"{5100 + number}").status_code
        for helper in (rita, jos)
        for number in range(WRONG_PINS)
    ]
    assert answers.count(401) == WRONG_PINS
    assert set(answers) == {401, 423}
    assert stolen.client.sign_in(rita).json()["code"] == "laptopLocked"
    # From now on it is an hour at most until it is out of the other services too.
    assert coordinator.delete(f"/laptops/{stolen.id}").status_code == 204
    renewed = (
        Running(runner).bearing(None).post(f"/laptops/{stolen.id}/token", {"secret": stolen.told["secret"]})
    )
    assert (renewed.status_code, renewed.json()["code"]) == (401, "laptopTakenBack")
    for path in ("/helpers", "/me"):
        assert stolen.client.get(path).json()["code"] == "laptopTakenBack"
    assert stolen.client.sign_in(rita).status_code == 401


def test_what_a_laptop_shows_of_helpers(runner, town, coordinator):
    """First names of its own digipunt; nothing leads from a code in a visit to a name for whoever reads visits alone."""
    paired = Running(runner).laptop(coordinator, town["digipunts"], "laptop 2")
    for helper in paired.client.get("/helpers").json()["items"]:
        assert set(helper) == {"id", "name", "code", "hasPin"}
    events = httpx.get(
        f"{runner.address}/desk/v1/events",
        headers={"Authorization": f"Bearer {token(runner, 'ops', TIENEN)}"},
    )
    assert events.json()["items"] == []
