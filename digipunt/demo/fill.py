"""Puts what happened in the demo in order, and lets it happen.

Every id follows from the seed: a filling that was interrupted goes on where it was, and one of yesterday only gets today's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import eventlet
import orjson

from chassis.clock import SystemClock
from chassis.http import Response
from chassis.run import Runner
from digipunt.demo import lending, sessions, today, visits
from digipunt.demo.backfill import Act, Backfill, Moment
from digipunt.demo.lending import Lending, Loan
from digipunt.demo.points import FIRST_DAY, POINTS, Point, id_of
from digipunt.demo.sessions import PLANNED_BEFORE, Session
from digipunt.demo.visits import FOLLOW_UP_AFTER, Visit
from services.notifications.handlers.delivering import Sender
from services.notifications.model.quiet import next_open

DEADLINE = 60.0
"""Seconds in which one service must have heard what another did."""

LATE_RECEIPT = timedelta(days=2, hours=20, minutes=30)
"""A return of long ago is written down so long after it that nobody is thanked for it any more."""

GRANT = {
    "name": "Subsidie digibanken",
    "measure": "reach",
    "audience": "adults",
    "from": "2025-01-01",
    "to": "2026-07-31",
    "steps": [1000, 1500, 1750],
}
"""350,000 euro up to 1,000 users, 100,000 more up to 1,500, 30,000 more up to 1,750 (digibanken.vlaanderen.be)."""

RECENT = timedelta(days=4)
DAY_BY_DAY = timedelta(days=60)
BY_ID = {point.id: point for point in POINTS}

Progress = Callable[[float], None]


def fill(runner: Runner, seed: int, now: datetime, progress: Progress, *, first: bool) -> None:
    """Fill the services up to now; `progress` is told the part that is done.

    `first`: with what there is to do today, before the visits of three years, for who opens the demo looks there first.
    """
    filling = _Filling(runner, Backfill(runner), now, progress)
    filling.points()
    filling.lending(lending.generate(seed, now.date()))
    if first:
        filling.today()
        filling.grant()
        filling.settle()
    filling.visits(visits.generate(seed, now), sessions.generate(seed, now))
    filling.settle()
    progress(1.0)


class _Filling:
    def __init__(self, runner: Runner, backfill: Backfill, now: datetime, progress: Progress) -> None:
        self._runner = runner
        self._backfill = backfill
        self._now = now
        self._progress = progress

    def points(self) -> None:
        opened = datetime.combine(FIRST_DAY, POINTS[0].opens, self._now.tzinfo)
        self._all(Act(opened, "PUT", f"/visits/v1/digipunts/{point.id}", point.body) for point in POINTS)
        self._heard("loans", "notifications")

    def visits(self, made: list[Visit], held: list[Session]) -> None:
        """Visits with their cards, what became of them, and the sessions that were held."""
        codes = self._cards(made)
        acts = [*_registering(made, codes, self._now), *_afterwards(made, self._now), *_sessions(held)]
        acts.sort(key=lambda act: act.at)
        self._all(acts, 0.5, 0.95)

    def _cards(self, made: list[Visit]) -> dict[str, str]:
        """The code of each visitor card, given at the first visit with it."""
        first: dict[str, datetime] = {}
        for visit in made:
            if visit.card:
                first.setdefault(visit.card, visit.at)
        acts = [Act(at, "PUT", f"/visits/v1/cards/{card}") for card, at in first.items()]
        given = self._backfill.happen(acts)
        return {card: _json(response)["code"] for card, response in zip(first, given, strict=True)}

    def lending(self, made: Lending) -> None:
        bought = datetime.combine(lending.SINCE, POINTS[0].opens, self._now.tzinfo)
        self._all(Act(bought, "PUT", f"/loans/v1/devices/{id}", body) for id, body in made.devices.items())
        self._all(
            Act(bought, "PUT", f"/loans/v1/borrowers/{id}", body) for id, body in made.borrowers.items()
        )
        acts = [act for loan in made.loans for act in _loan(loan, self._now)]
        # A day's returns come before its loans, and each loan keeps its own order.
        acts.sort(key=lambda act: act.at)
        self._all(acts, 0.05, 0.4)

    def today(self) -> None:
        for acts in (today.lending(self._now), today.contacts(self._now), today.visiting(self._now)):
            self._all(sorted(acts, key=lambda act: act.at))

    def grant(self) -> None:
        """The steps that the grant of 2025 and 2026 pays by."""
        path = f"/reporting/v1/targets/{id_of('grant')}"
        self._all([Act(self._now, "PUT", path, GRANT)])

    def settle(self) -> None:
        """Let reminders be made and messages go to those who pass them on, as they would by themselves in a minute."""
        self._runner.instance("loans").remind()
        self._heard("notifications", "reporting")
        sender: Sender = self._runner.instance("notifications").sender
        # Planned a moment ago, and perhaps at night: it goes now all the same, to those who print, call or tell.
        at = next_open(SystemClock().now() + timedelta(seconds=10))
        while replace(sender, clock=Moment(at)).run():
            eventlet.sleep(0)

    def _all(self, acts: Iterable[Act], since: float = 0.0, until: float = 0.0) -> None:
        acts = list(acts)
        for done, response in enumerate(self._backfill.happen(acts), 1):
            if acts[done - 1].path.endswith("/batch"):
                _require_accepted(_json(response))
            if until and done % 200 == 0:
                self._progress(since + (until - since) * done / len(acts))

    def _heard(self, *services: str) -> None:
        """Return when these services know all that the others did."""
        applications = self._runner.applications
        consumers = [each for name in services for each in applications[name].consumers.values()]
        with eventlet.Timeout(DEADLINE):
            while any(_behind(each.source, each.status(), applications) for each in consumers):
                eventlet.sleep(0.05)


def _require_accepted(answer: dict[str, Any]) -> None:
    for item in answer["items"]:
        if item["status"] not in (200, 201):
            raise RuntimeError(f"the demo's own visit was refused: {item}")


def _behind(source: str, status: dict[str, Any], applications: dict[str, Any]) -> bool:
    journal = applications[source].journal
    return bool(journal.waiting()) or status["position"] < journal.head().position


def _registering(made: list[Visit], codes: dict[str, str], now: datetime) -> Iterator[Act]:
    """The visits of a day are written down in the evening; those of long ago together, once a week."""

    def evening(visit: Visit) -> tuple[int, ...]:
        year, week, day = visit.at.isocalendar()
        return (year, week, day) if now - visit.at < DAY_BY_DAY else (year, week)

    for _, some in groupby(made, key=evening):
        day = list(some)
        items = []
        for visit in day:
            card = {"card": codes[visit.card]} if visit.card else {}
            items.append({"id": visit.id, **visit.body, **card})
        yield Act(
            min(day[-1].at + timedelta(hours=1), now), "POST", "/visits/v1/visits/batch", {"items": items}
        )


def _afterwards(made: list[Visit], now: datetime) -> Iterator[Act]:
    for visit in made:
        path, later = f"/visits/v1/visits/{visit.id}", min(_evening(visit) + timedelta(hours=15), now)
        if visit.voided:
            yield Act(later, "POST", f"{path}/void", {"reason": "duplicate"}, changes=1)
        elif visit.corrected:
            yield Act(later, "PATCH", path, visit.corrected, changes=1)
        if visit.feedback and visit.at.date() < now.date():
            yield Act(later, "POST", "/visits/v1/feedback", visit.feedback)
        if visit.follow_up:
            yield from _follow_up(visit, now)


def _evening(visit: Visit) -> datetime:
    """When it is surely written down: on the last evening of its working week."""
    return visit.at.replace(hour=20, minute=0) + timedelta(days=max(0, 4 - visit.at.weekday()))


def _follow_up(visit: Visit, now: datetime) -> Iterator[Act]:
    path = f"/visits/v1/followUps/{id_of('follow-up', visit.id)}"
    due = visit.at + FOLLOW_UP_AFTER
    body = {"digipunt": visit.point.id, "visit": visit.id, "kind": visit.follow_up, "dueOn": str(due.date())}
    yield Act(min(_evening(visit), now), "PUT", path, body)
    if due < now:
        yield Act(due, "POST", f"{path}/done", {"outcome": "solvedTogether"})


def _sessions(held: list[Session]) -> Iterator[Act]:
    for session in held:
        path = f"/visits/v1/sessions/{session.id}"
        planned = session.starts - PLANNED_BEFORE
        yield Act(planned, "PUT", path, session.body)
        for number in range(session.registered):
            at = planned + timedelta(days=1 + number)
            yield Act(
                at, "PUT", f"{path}/registrations/{id_of('registration', session.id, number)}", {"seats": 1}
            )
        present, walk_in = session.present, session.walk_in
        attendance = {"present": present + walk_in, "registered": present, "walkIn": walk_in}
        yield Act(session.starts + timedelta(hours=2), "POST", f"{path}/held", attendance)


def _loan(loan: Loan, now: datetime) -> Iterator[Act]:
    path, point = f"/loans/v1/loans/{loan.id}", BY_ID[loan.digipunt]
    out = point.at(loan.handed_over_on, 0.6)
    if out > now:
        return
    yield Act(
        out, "PUT", path, {"borrower": loan.borrower, "devices": loan.devices, "digipunt": loan.digipunt}
    )
    days = {"handedOverOn": str(loan.handed_over_on), "dueOn": str(loan.due_on)}
    yield Act(out, "POST", f"{path}/handOver", days)
    if loan.extended_to:
        at = point.at(loan.due_on, 0.2) - timedelta(days=4)
        if at <= now:
            yield Act(at, "POST", f"{path}/extend", {"dueOn": str(loan.extended_to)})
    if loan.returned_on is None:
        return
    back, day = _written_down(point, loan.returned_on, now), str(loan.returned_on)
    if back > now:
        return
    if loan.lost:
        yield Act(back, "POST", f"{path}/lost", {"lostOn": day})
        return
    yield Act(back, "POST", f"{path}/return", {"returnedOn": day})
    yield Act(back, "POST", f"{path}/check", {"condition": loan.condition, "wiped": True})


def _written_down(point: Point, day: date, now: datetime) -> datetime:
    opens = point.at(day, 0.3)
    if now - opens < RECENT:
        return opens
    return datetime.combine(day, opens.time().replace(hour=0, minute=0), opens.tzinfo) + LATE_RECEIPT


def _json(response: Response | None) -> Any:
    assert response is not None, "neither a card nor a batch is ever in anybody's way"
    assert isinstance(response.body, bytes)
    return orjson.loads(response.body)
