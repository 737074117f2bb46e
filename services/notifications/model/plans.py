"""What an event calls for: messages to plan, and messages that it makes obsolete. Pure functions behind one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from chassis.clock import FIRST_DAY, LAST_DAY, local_day
from chassis.errors import Issue
from contracts.envelope import Event
from services.notifications.model.kinds import ANNOUNCEMENTS, REMINDERS, Kind
from services.notifications.model.quiet import end_of, next_open, opening

OVERDUE: dict[int, tuple[Kind, int]] = {
    1: ("loanOverdue1", 6),
    2: ("loanOverdue2", 13),
    3: ("loanOverdue3", 60),
}
"""The reminder at each step of an overdue loan, and its days of use: until the next one, the last for two months."""

LONGEST_NOTICE = 366
"""Days ahead that a digipunt can say that it stops."""

RECEIPT_DAYS, READY_DAYS, FOLLOW_UP_DAYS, ANNOUNCEMENT_DAYS, SHEET_DAYS = 2, 14, 14, 14, 20


@dataclass(frozen=True, slots=True)
class Plan:
    """A message to plan: about what, for whom, from when, until when.

    Plans with the same key are one message, unless something else was told in between (`must_be_told_again`).
    `caused_at` is when it became true, if that is not `at`. `closes_on` is the last day of a digipunt that stops.
    """

    kind: Kind
    about: str
    key: str
    at: datetime
    until: datetime
    person: str | None = None
    digipunt: str | None = None
    caused_at: datetime | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """Who has devices of which digipunt."""

    loan: str
    person: str
    digipunt: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one event calls for. `withdrawn`: kinds about `about` that are no longer true. `erased`: a person.

    `began` and `ended` are about the loan itself.
    """

    about: str = ""
    withdrawn: tuple[Kind, ...] = ()
    plans: list[Plan] = field(default_factory=list)
    erased: str | None = None
    began: OpenLoan | None = None
    ended: bool = False


NOTHING = Outcome()


def outcome_of(event: Event) -> Outcome:
    """What `event` calls for."""
    resource, _, what = event.type.split(".")[4:7]
    rule = _RULES.get((resource, what))
    return rule(event) if rule else NOTHING


def announcement(kind: Kind, loan: OpenLoan, now: datetime, closes_on: date | None = None) -> Plan:
    """A message to the borrower of this loan; announced twice on a day, it is one message.

    Nobody is told of a last day that has passed.
    """
    today = local_day(now)
    return Plan(
        kind=kind,
        about=loan.loan,
        key=f"{kind}:{loan.loan}:{today}",
        at=now,
        until=end_of(closes_on or today + _days(ANNOUNCEMENT_DAYS)),
        person=loan.person,
        digipunt=loan.digipunt,
        closes_on=closes_on,
    )


def closing_issues(kind: Kind, closes_on: date, today: date) -> list[Issue]:
    """A last day is that of a digipunt that stops, and still to come."""
    if kind != "serviceEnding":
        return [Issue("lastDayNotHere", "closesOn", value=closes_on.isoformat())]
    if not today <= closes_on <= today + _days(LONGEST_NOTICE):
        return [
            Issue(
                "lastDayOutOfRange",
                "closesOn",
                value=closes_on.isoformat(),
                type="invalidInput",
                params={"days": LONGEST_NOTICE},
            )
        ]
    return []


def _due_soon(event: Event) -> Outcome:
    loan = event.data["loan"]
    return _reminder(event, loan, "loanDueSoon", end_of(_day(loan["dueOn"])))


def _due_today(event: Event) -> Outcome:
    loan = event.data["loan"]
    return _reminder(event, loan, "loanDueToday", end_of(_day(loan["dueOn"])))


def _overdue(event: Event) -> Outcome:
    loan = event.data["loan"]
    kind, days = OVERDUE[event.data["step"]]
    return _reminder(event, loan, kind, end_of(local_day(event.time) + _days(days)))


def _reminder(event: Event, loan: dict[str, Any], kind: Kind, until: datetime) -> Outcome:
    """A later reminder replaces an earlier one that was not sent yet."""
    earlier = REMINDERS[: REMINDERS.index(kind)]
    return Outcome(loan["id"], earlier, [_plan(event, loan, kind, loan["dueOn"], until)])


def _due_date_changed(event: Event) -> Outcome:
    loan = event.data["loan"]
    until = end_of(local_day(event.time) + _days(RECEIPT_DAYS))
    withdrawn: tuple[Kind, ...] = (*REMINDERS, "loanExtended")
    return Outcome(loan["id"], withdrawn, [_plan(event, loan, "loanExtended", loan["dueOn"], until)])


def _returned(event: Event) -> Outcome:
    """After a partial return the loan goes on. A return of long ago, recorded only now, needs no message."""
    loan = event.data["loan"]
    if loan["state"] != "returned":
        return NOTHING
    until = end_of(max(_day(each["day"]) for each in event.data["back"]) + _days(RECEIPT_DAYS))
    withdrawn: tuple[Kind, ...] = (*REMINDERS, "loanReady", "loanExtended", *ANNOUNCEMENTS)
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
    """A device is ready once the request has a loan that waits to be collected."""
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


def _session(event: Event, kind: Kind, withdrawn: tuple[Kind, ...]) -> Outcome:
    """Who registered without a contact has a reference only, so staff tell whoever comes with it; for others see `seats`.

    One message for each start time of a session, however often its other details change.
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
    """A line on the digipunt's call sheet on that day. Without a contact nobody can be called: it stays with staff."""
    task = event.data["followUp"]
    if task["kind"] != "callBack" or not task.get("contact"):
        return NOTHING
    due = _day(task["dueOn"])
    plan = Plan(
        kind="followUpCall",
        about=task["id"],
        key=f"followUpCall:{task['id']}",
        at=next_open(opening(due)),
        until=end_of(due + _days(FOLLOW_UP_DAYS)),
        person=task["contact"],
        digipunt=task["digipunt"],
        caused_at=event.time,
    )
    return Outcome(task["id"], (), [plan])


def _follow_up_done(event: Event) -> Outcome:
    return Outcome(event.data["followUp"]["id"], ("followUpCall",))


def _sheet_completed(event: Event) -> Outcome:
    """One plan for all who asked for it; each gets a key of their own (`handlers/readers.py`)."""
    sheet = event.data["sheet"]
    plan = Plan(
        kind="bottleneckSheet",
        about=sheet["id"],
        key=f"bottleneckSheet:{sheet['id']}",
        at=event.time,
        until=end_of(local_day(event.time) + _days(SHEET_DAYS)),
    )
    return Outcome(sheet["id"], (), [plan])


def _plan(event: Event, loan: dict[str, Any], kind: Kind, day: str, until: datetime) -> Plan:
    key = f"{kind}:{loan['id']}:{day}"
    return Plan(kind, loan["id"], key, event.time, until, loan["borrower"], loan.get("digipunt"))


def _day(text: str) -> date:
    """A day of an event: those of before days had a bound may name the last of the calendar, with none behind it."""
    return min(max(date.fromisoformat(text), FIRST_DAY), LAST_DAY)


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
    ("sheets", "completed"): _sheet_completed,
}
