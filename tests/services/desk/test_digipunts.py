"""The desk knows the digipunten that visits publishes; what it keeps of them it needs nobody to ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chassis.http.auth import issue
from services.desk.service import DeskService
from services.visits.service import VisitsService
from tests.services.desk.api import LANDEN, TIENEN, Running, issues, new_id
from tests.services.visits.api import Client as VisitsClient
from tests.support.processes import wait_until
from tests.support.running import BACKENDS, backend


@pytest.fixture(params=BACKENDS)
def both(request: pytest.FixtureRequest) -> Iterator[Running]:
    """The desk beside visits."""
    with (
        backend(request, "visits", "desk") as place,
        place.running(VisitsService, DeskService) as runner,
    ):
        yield Running(runner)


def test_a_digipunt_of_visits_is_known(both):
    """Where it is need not be said any more, and a laptop there hears its name and number, the newest."""
    headers = {"Authorization": f"Bearer {issue(both.runner.settings, 'coordinator', [TIENEN, LANDEN])}"}
    visits = VisitsClient(both.runner.address, headers)
    point = visits.digipunt(LANDEN, name="'t Recupke", phone="011 88 00 00")
    coordinator = both.client("coordinator", [TIENEN, LANDEN])
    wait_until(
        lambda: coordinator.post("/pairings", {"digipunt": point}).status_code == 201, "the digipunt", 20
    )
    wrong = coordinator.post("/pairings", {"digipunt": point, "municipality": TIENEN})
    assert issues(wrong) == ["municipality"]
    assert both.client("coordinator", [TIENEN]).post("/pairings", {"digipunt": point}).status_code == 404
    code = coordinator.post("/pairings", {"digipunt": point}).json()["code"]
    told = both.bearing(None).post("/laptops", {"code": code, "name": "laptop 1"}).json()
    assert told["municipality"] == LANDEN
    laptop = both.bearing(told["token"])

    def shown() -> list[str]:
        beat = {"waiting": 0, "parked": 0, "version": "0.1.0"}
        answer = laptop.put(f"/laptops/{told['id']}/heartbeat", beat).json()
        return [answer["digipuntName"], answer["phone"]]

    assert shown() == ["'t Recupke", "+3211880000"]
    version = visits.get(f"/digipunts/{point}").json()["version"]
    assert visits.patch(f"/digipunts/{point}", {"name": "Recupke"}, version).status_code == 200
    wait_until(lambda: shown()[0] == "Recupke", "the new name")


def test_without_visits_a_digipunt_has_no_name(desk, coordinator, laptop):
    """The desk works alone: what only it has named is an id and a municipality."""
    beat = {"waiting": 0, "parked": 0, "version": "0.1.0"}
    answer = laptop.client.put(f"/laptops/{laptop.id}/heartbeat", beat).json()
    assert (answer["digipuntName"], answer["phone"], answer["digipunt"]) == (
        None,
        None,
        laptop.told["digipunt"],
    )
    assert coordinator.get("/laptops", digipunt=new_id()).json()["items"] == []
