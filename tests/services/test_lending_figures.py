"""From the desk to the figures and the opening days, with the real services beside one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import httpx
import pytest

from chassis.clock import SystemClock, local_day
from chassis.http.auth import issue
from chassis.run import Runner
from services.loans.service import LoansService
from services.reporting.service import ReportingService
from services.visits.service import VisitsService
from tests.backends.deployment import wait_until
from tests.support.running import laptop

TIENEN = "24107"
SERVICES = (VisitsService, LoansService, ReportingService)
TODAY = local_day(SystemClock().now())


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    """Visits, loans and reporting on one laptop."""
    names = [each.name for each in SERVICES]
    with laptop(tmp_path_factory.mktemp("lending"), *names) as place, place.running(*SERVICES) as runner:
        yield runner


@pytest.fixture
def desk(runner: Runner) -> httpx.Client:
    """A coordinator of Tienen."""
    bearer = {"Authorization": f"Bearer {issue(runner.settings, 'coordinator', [TIENEN])}"}
    return httpx.Client(base_url=runner.address, headers=bearer, timeout=120)


def follow(runner: Runner, subscriber: str, source: str) -> None:
    """Wait until `subscriber` has applied all that `source` recorded."""
    owner = runner.applications[source].journal

    def level() -> bool:
        statuses = runner.applications[subscriber].subscriptions_status()
        [status] = [each for each in statuses if each["source"] == source]
        return not owner.waiting() and status["position"] == owner.head().position

    wait_until(level, f"{subscriber} to be level with {source}")


def put(desk: httpx.Client, path: str, body: dict) -> str:
    """The id of what was made."""
    id = str(uuid4())
    answer = desk.put(f"{path}/{id}", json=body)
    assert answer.status_code == 201, answer.text
    return id


def post(desk: httpx.Client, path: str, body: dict | None = None) -> dict:
    answer = desk.post(path, json=body or {})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_what_the_desk_lends_is_what_the_coordinator_reads(runner, desk):
    """Two devices go out, one comes back, one is lost, a third is late; due on a day on which visits say it is open.

    Built anew from the journal of loans, the figures are the same.
    """
    opening = [{"weekday": "wed", "opens": "13:00", "closes": "17:00"}]
    point = put(desk, "/visits/v1/digipunts", {"name": "BOM", "municipality": TIENEN, "opening": opening})
    follow(runner, "loans", "visits")
    added = {"digipunt": point, "addedOn": str(TODAY - timedelta(days=100))}
    laptop, tablet, late = (
        put(desk, "/loans/v1/devices", {"kind": kind, "label": label} | added)
        for kind, label in (("laptop", "L-1"), ("tablet", "T-1"), ("laptop", "L-2"))
    )
    borrower = put(desk, "/loans/v1/borrowers", {"name": "Jan Peeters", "digipunt": point})
    loan = put(
        desk, "/loans/v1/loans", {"borrower": borrower, "devices": [laptop, tablet], "digipunt": point}
    )
    handed_over = TODAY - timedelta(days=50)
    out = post(desk, f"/loans/v1/loans/{loan}/handOver", {"handedOverOn": str(handed_over)})
    assert date.fromisoformat(out["dueOn"]).weekday() == 2
    returned = {"devices": [laptop], "returnedOn": str(handed_over + timedelta(days=20))}
    post(desk, f"/loans/v1/loans/{loan}/return", returned)
    post(desk, f"/loans/v1/loans/{loan}/lost", {"lostOn": str(handed_over + timedelta(days=30))})
    second = put(desk, "/loans/v1/loans", {"borrower": borrower, "devices": [late], "digipunt": point})
    due = next(
        day for n in range(14) if (day := TODAY - timedelta(days=10 + n)).weekday() == 2 and _open(day)
    )
    days = {"handedOverOn": str(due - timedelta(days=28)), "dueOn": str(due)}
    post(desk, f"/loans/v1/loans/{second}/handOver", days)
    refused = put(
        desk, "/loans/v1/requests", {"borrower": borrower, "deviceKind": "laptop", "digipunt": point}
    )
    post(desk, f"/loans/v1/requests/{refused}/refuse", {"reason": "hasOne"})

    follow(runner, "reporting", "visits")
    follow(runner, "reporting", "loans")
    period = {"from": str(TODAY - timedelta(days=99)), "to": str(TODAY), "digipunt": point}
    answer = desk.get("/reporting/v1/summary", params=period)
    assert answer.status_code == 200, answer.text
    figures = answer.json()["loans"]
    out_for = (TODAY - (due - timedelta(days=28))).days + 1
    assert {name: value for name, value in figures.items() if name not in ("kinds", "digipunts", "use")} == {
        "loans": 2,
        "handedOver": 3,
        "returned": 1,
        "lost": 1,
        "out": 1,
        "overdue": 1,
        "daysOnLoan": 20 + 30 + out_for,
        "meanDays": 20.0,
        "devices": 3,
        "requests": {"made": 1, "waiting": 0, "refused": 1},
    }
    assert figures["use"] == round((50 + out_for) / (3 * 100), 4)
    [place] = figures["digipunts"]
    assert (place["name"], place["overdue"]) == ("BOM", 1)
    assert "Peeters" not in answer.text
    assert borrower not in answer.text

    ops = {"Authorization": f"Bearer {issue(runner.settings, 'ops')}"}
    assert desk.post("/reporting/v1/rebuild", json={"source": "loans"}, headers=ops).status_code == 202
    reporting = runner.applications["reporting"]
    wait_until(
        lambda: not any(status["rebuilding"] for status in reporting.subscriptions_status()), "the rebuild"
    )
    assert desk.get("/reporting/v1/summary", params=period).json()["loans"] == figures


def _open(day: date) -> bool:
    """Not a public holiday, on which nothing can be due."""
    import holidays

    return day not in holidays.country_holidays("BE", years=day.year)
