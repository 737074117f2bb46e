"""A long list, imported by a token that may write only so often."""

from __future__ import annotations

from chassis.clock import SystemClock
from chassis.http.auth import issue
from chassis.rates import Rates
from digipunt import client
from services.visits.service import VisitsService
from tests.e2e.command import Desk
from tests.e2e.importing import take
from tests.e2e.test_import_long import BAD, MAP, written
from tests.services.visits.api import TIENEN
from tests.support.running import laptop


class SteppedClock(SystemClock):
    """Goes on by itself, and steps."""

    ahead = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead


def test_import_waits_for_its_turn_and_loses_nothing(tmp_path, monkeypatch):
    """Three writes a minute: it waits as long as it is told, and each row is accepted or refused once all the same."""
    clock, waited = SteppedClock(), []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        clock.ahead += seconds

    monkeypatch.setattr(client._IN_TURN, "sleep", wait)
    file = written(tmp_path / "lijst.csv", 3_000)
    with (
        laptop(tmp_path, "visits") as place,
        place.running(VisitsService, clock=clock, rates=Rates(writes=3)) as runner,
    ):
        desk = Desk(runner.address, issue(runner.settings, "coordinator", [TIENEN]))
        assert take(desk, file, MAP).counts == (3_000, len(BAD), 0, 3)
        assert desk.http.get("/visits/v1/visits?pageSize=1").json()["total"] == 3_000
    assert waited
    assert all(0 < each <= 60 for each in waited)
