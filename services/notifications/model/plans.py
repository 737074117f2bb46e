"""What an event asks for: messages to plan, and messages that are not needed any more. Pure, so it can be read as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from chassis.clock import local_day
from contracts.envelope import Event
from services.notifications.model.quiet import end_of, next_open, opening

REMINDERS = ("loanDueSoon", "loanDueToday", "loanOverdue1", "loanOverdue2", "loanOverdue3")
ANNOUNCEMENTS = ("pointChanged", "serviceEnding")
"""What a coordinator tells everybody who has a device of a digipunt, or of a municipality."""

RECEIPTS = frozenset({"loanExtended", "loanReturned"})
"""What somebody at the desk knows already: told by e-mail or SMS, or not at all."""

OVERDUE_FOR = {1: 6, 2: 13, 3: 60}
"""Days for which each reminder of an overdue loan is of use: until the next one, the last for two months."""

RECEIPT_DAYS, READY_DAYS, FOLLOW_UP_DAYS, ANNOUNCEMENT_DAYS = 2, 14, 14, 14


@dataclass(frozen=True, slots=True)
class Plan:
    """A message to plan: about what, for whom, from when, until when. What has the same key is the same message.

    `caused_at` is when it came to be true, `at` unless that lies ahead.
    """

    kind: str
    about: str
    key: str
    at: datetime
    until: datetime
    person: str | None = None
    digipunt: str | None = None
    caused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """Who has devices of which digipunt."""

    loan: str
    person: str
    digipunt: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one event asks for. `withdrawn`: kinds about `about` that are not true any more. `erased`: a person.

    `began` and `ended` tell of the loan itself.
    """

    about: str = ""
    withdrawn: tuple[str, ...] = ()
    plans: list[Plan] = field(default_factory=list)
    erased: str | None = None
    began: OpenLoan | None = None
    ended: bool = False


NOTHING = Outcome()


def outcome_of(event: Event) -> Outcome:
    """What `event` asks for."""
    resource, _, what = event.type.split(".")[4:7]
    rule = _RULES.get((resource, what))
    return rule(event) if rule else NOTHING


def announcement(kind: str, loan: OpenLoan, now: datetime) -> Plan:
    """Tell who has this loan; announced twice on a day, it is told once."""
    today = local_day(now)
    until = end_of(today + _days(ANNOUNCEMENT_DAYS))
    return Plan(kind, loan.loan, f"{kind}:{loan.loan}:{today}", now, until, loan.person, loan.digipunt)


def _due_soon(event: Event) -> Outcome:
    loan = event.data["loan"]
    return _reminder(event, loan, "loanDueSoon", end_of(_day(loan["dueOn"])))


def _due_today(event: Event) -> Outcome:
    loan = event.data["loan"]
    return _reminder(event, loan, "loanDueToday", end_of(_day(loan["dueOn"])))


def _overdue(event: Event) -> Outcome:
    loan = event.data["loan"]
    step = event.data["step"]
    return _reminder(
        event, loan, f"loanOverdue{step}", end_of(local_day(event.time) + _days(OVERDUE_FOR[step]))
    )


def _reminder(event: Event, loan: dict[str, Any], kind: str, until: datetime) -> Outcome:
    """A later reminder takes the place of an earlier one that was not told yet."""
    earlier = REMINDERS[: REMINDERS.index(kind)]
    return Outcome(loan["id"], earlier, [_plan(event, loan, kind, loan["dueOn"], until)])


def _due_date_changed(event: Event) -> Outcome:
    loan = event.data["loan"]
    until = end_of(local_day(event.time) + _days(RECEIPT_DAYS))
    return Outcome(loan["id"], REMINDERS, [_plan(event, loan, "loanExtended", loan["dueOn"], until)])


def _returned(event: Event) -> Outcome:
    """Of a partial return the rest is still to come back. One of long ago, recorded now, is no news to the borrower."""
    loan = event.data["loan"]
    if loan["state"] != "returned":
        return NOTHING
    until = end_of(max(_day(each["day"]) for each in event.data["back"]) + _days(RECEIPT_DAYS))
    withdrawn = (*REMINDERS, "loanReady", "loanExtended", *ANNOUNCEMENTS)
    plans = [_plan(event, loan, "loanReturned", "", until)] if until > event.time else []
    return Outcome(loan["id"], withdrawn, plans, ended=True)


def _lost(event: Event) -> Outcome:
    loan = event.data["loan"]
    if loan["state"] != "lost":
        return NOTHING
    return Outcome(loan["id"], (*REMINDERS, *ANNOUNCEMENTS), ended=True)


def _handed_over(event: Event) -> Outcome:
    loan = event.data["loan"]
    began = OpenLoan(loan["id"], loan["borrower"], loan["digipunt"])
    return Outcome(loan["id"], ("loanReady",), began=began)


def _request(event: Event) -> Outcome:
    """A device is ready once there is a loan for the request that waits to be collected."""
    request = event.data["request"]
    about = request.get("loan") or request["id"]
    if request.get("state") != "ready":
        return Outcome(about, ("loanReady",))
    plan = Plan(
        kind="loanReady",
        about=about,
        key=f"loanReady:{about}:",
        at=event.time,
        until=end_of(local_day(event.time) + _days(READY_DAYS)),
        person=request["borrower"],
        digipunt=request["digipunt"],
    )
    return Outcome(about, (), [plan])


def _erased(event: Event) -> Outcome:
    return Outcome(erased=event.data["borrower"])


def _session_changed(event: Event) -> Outcome:
    return _session(event, "sessionChanged", ("sessionChanged",))


def _session_cancelled(event: Event) -> Outcome:
    return _session(event, "sessionCancelled", ("sessionChanged",))


def _session(event: Event, kind: str, withdrawn: tuple[str, ...]) -> Outcome:
    """Nobody's name or number stands behind a registration: staff tell those who come with its reference.

    One message for each start that a session has had, however often the rest of it changes.
    """
    session = event.data["session"]
    starts = datetime.fromisoformat(session["startsAt"])
    plan = Plan(
        kind=kind,
        about=session["id"],
        key=f"{kind}:{session['id']}:{session['startsAt']}",
        at=event.time,
        until=starts,
        digipunt=session.get("digipunt"),
    )
    return Outcome(session["id"], withdrawn, [plan])


def _follow_up_planned(event: Event) -> Outcome:
    """A line on the call sheet of the digipunt on the day; who is to be called, only staff know."""
    task = event.data["followUp"]
    if task["kind"] != "callBack":
        return NOTHING
    due = _day(task["dueOn"])
    plan = Plan(
        kind="followUpCall",
        about=task["id"],
        key=f"followUpCall:{task['id']}",
        at=next_open(opening(due)),
        until=end_of(due + _days(FOLLOW_UP_DAYS)),
        digipunt=task["digipunt"],
        caused_at=event.time,
    )
    return Outcome(task["id"], (), [plan])


def _follow_up_done(event: Event) -> Outcome:
    return Outcome(event.data["followUp"]["id"], ("followUpCall",))


def _plan(event: Event, loan: dict[str, Any], kind: str, day: str, until: datetime) -> Plan:
    key = f"{kind}:{loan['id']}:{day}"
    return Plan(kind, loan["id"], key, event.time, until, loan["borrower"], loan.get("digipunt"))


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _days(number: int) -> timedelta:
    return timedelta(days=number)


_RULES: dict[tuple[str, str], Callable[[Event], Outcome]] = {
    ("loans", "dueSoon"): _due_soon,
    ("loans", "dueToday"): _due_today,
    ("loans", "overdue"): _overdue,
    ("loans", "dueDateChanged"): _due_date_changed,
    ("loans", "returned"): _returned,
    ("loans", "lost"): _lost,
    ("loans", "handedOver"): _handed_over,
    ("requests", "made"): _request,
    ("requests", "approved"): _request,
    ("requests", "fulfilled"): _request,
    ("requests", "refused"): _request,
    ("requests", "cancelled"): _request,
    ("borrowers", "erased"): _erased,
    ("sessions", "changed"): _session_changed,
    ("sessions", "cancelled"): _session_cancelled,
    ("followUps", "planned"): _follow_up_planned,
    ("followUps", "done"): _follow_up_done,
}
