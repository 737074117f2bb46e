"""What somebody with a seat in a session is told: that it is theirs, the day before, and that the session changes.

Only registrations that name a contact are here; those without one are told by staff. Pure functions: each says what one change
calls for about one registration.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta

from chassis.clock import BRUSSELS, local_day
from services.notifications.model.kinds import NEWS, Kind
from services.notifications.model.plans import NOTHING, Outcome, Plan
from services.notifications.model.quiet import last_open_day, next_day
from services.notifications.model.rows import SeatRow, SessionRow

REMINDED_AT = time(10)
"""When somebody is reminded of what they do tomorrow."""

TOLD = frozenset({"startsAt", "title", "location"})
"""Changes of a session that matter to who goes there; the number of seats does not."""

OF_A_SEAT: tuple[Kind, ...] = ("sessionConfirmed", "waitlistOffer", "sessionReminder", "sessionChanged")
"""What is no longer true when the seat is given back, or the session is cancelled."""


def taken(seat: SeatRow, session: SessionRow) -> Outcome:
    """The seat is theirs: at once, or from the waiting list. Of a session that began already there is nothing to tell."""
    since = seat["confirmed_at"]
    if session["state"] != "planned" or seat["state"] != "confirmed" or since is None:
        return NOTHING
    if since >= session["starts_at"]:
        return NOTHING
    kind: Kind = "waitlistOffer" if seat["promoted"] else "sessionConfirmed"
    plans = [_plan(kind, seat, session, f"{kind}:{seat['id']}", since)]
    return Outcome(seat["id"], (), plans + _reminder(seat, session, since))


def changed(
    seat: SeatRow, session: SessionRow, what: Collection[str], at: datetime, *, tell: bool
) -> Outcome:
    """The session is another now; those who wait hear of it when they get a seat. The reminder moves along.

    Without `tell` they hear nothing: what they know is true again, or what they are still to be told will say it.
    """
    if seat["state"] != "confirmed":
        return NOTHING
    withdrawn: tuple[Kind, ...] = ("sessionReminder", "sessionChanged") if TOLD & {*what} else ()
    plans = []
    if withdrawn and at < session["starts_at"]:
        plans = _reminder(seat, session, at)
        if tell:
            key = f"sessionChanged:{seat['id']}:{session['version']}"
            plans.append(_plan("sessionChanged", seat, session, key, at))
    return Outcome(seat["id"], withdrawn, plans)


def cancelled(seat: SeatRow, session: SessionRow, at: datetime) -> Outcome:
    """The session does not take place: those who wait for a seat need not wait any longer."""
    if seat["state"] == "cancelled" or at >= session["starts_at"]:
        return Outcome(seat["id"], OF_A_SEAT)
    plan = _plan("sessionCancelled", seat, session, f"sessionCancelled:{seat['id']}", at)
    return Outcome(seat["id"], OF_A_SEAT, [plan])


def given_back(seat: SeatRow) -> Outcome:
    """Who cancels knows it. What was planned for them is dropped."""
    return Outcome(seat["id"], OF_A_SEAT)


def cannot_wait(kind: Kind, until: datetime, now: datetime) -> bool:
    """Whether this is news that would come on the last day, or too late, if it waited until tomorrow."""
    return kind in NEWS and until < next_day(local_day(now)) + timedelta(days=1)


def _reminder(seat: SeatRow, session: SessionRow, since: datetime) -> list[Plan]:
    """The day before, or the last day before a Sunday or holiday; none for who took the seat, or heard of it, since then."""
    day = last_open_day(local_day(session["starts_at"]))
    if local_day(since) >= day:
        return []
    at = datetime.combine(day, REMINDED_AT, BRUSSELS)
    key = f"sessionReminder:{seat['id']}:{session['version']}"
    return [_plan("sessionReminder", seat, session, key, at, since)]


def _plan(
    kind: Kind, seat: SeatRow, session: SessionRow, key: str, at: datetime, since: datetime | None = None
) -> Plan:
    return Plan(
        kind=kind,
        about=seat["id"],
        key=key,
        at=at,
        until=session["starts_at"],
        person=seat["contact"],
        digipunt=session["digipunt"],
        caused_at=since,
    )
