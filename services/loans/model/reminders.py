"""When a loan that is out is to be reminded of: three days before, on the day, and 1, 7 and 21 days after.

Each once per due date. Whoever looks late, after a stopped night or a clock that jumped, finds what is true now and not what
was missed: the newest step only, the ones before it count as done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SOON = 3
OVERDUE = (1, 7, 21)
"""Days before and after the due date."""

STEPS = ("dueSoon", "dueToday", "overdue1", "overdue2", "overdue3")


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to say now: `dueSoon`, `dueToday` or `overdue`; and every step that is done with once it is said."""

    what: str
    step: int | None
    done: tuple[str, ...]


def reminder(due_on: date, today: date) -> Reminder | None:
    """What is to be said today about a loan that is due on `due_on`, if anything."""
    late = (today - due_on).days
    if late < -SOON:
        return None
    if late < 0:
        return Reminder("dueSoon", None, STEPS[:1])
    if late == 0:
        return Reminder("dueToday", None, STEPS[:2])
    step = sum(late >= days for days in OVERDUE)
    return Reminder("overdue", step, STEPS[: 2 + step])
