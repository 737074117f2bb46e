"""When to remind a borrower of a loan: three days before the due date, on that day, and 1, 7 and 21 days after.

Each step once per due date. A check that runs late, after an outage or a jump of the clock, finds what is true now and not
what was missed: the newest step only, and the steps before it count as done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.loans.model.rows import ReminderStep

SOON = 3
OVERDUE = (1, 7, 21)
"""Days before and after the due date."""

STEPS: tuple[ReminderStep, ...] = ("dueSoon", "dueToday", "overdue1", "overdue2", "overdue3")


@dataclass(frozen=True, slots=True)
class Reminder:
    """The reminder that is due now, and every step that is done once it is sent. `step` counts those that are overdue."""

    what: Literal["dueSoon", "dueToday", "overdue"]
    step: int | None
    done: tuple[ReminderStep, ...]


def reminder(due_on: date, today: date) -> Reminder | None:
    """The reminder that is due today for a loan that is due on `due_on`, if any."""
    late = (today - due_on).days
    if late < -SOON:
        return None
    if late < 0:
        return Reminder("dueSoon", None, STEPS[:1])
    if late == 0:
        return Reminder("dueToday", None, STEPS[:2])
    step = sum(late >= days for days in OVERDUE)
    return Reminder("overdue", step, STEPS[: 2 + step])
