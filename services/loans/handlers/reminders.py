"""Record that a loan is due soon, due today, or overdue: once per step and due date.

Several replicas record it once too: each locks the loan's row, checks again, and claims the step as a row of its own in the
same transaction as the event. Steps that were missed during an outage are skipped; see `model.reminders`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, upsert
from services.loans.handlers.common import event_name, today
from services.loans.handlers.loans import record_loan
from services.loans.model.loans import overdue_days
from services.loans.model.reminders import SOON, reminder
from services.loans.model.rows import LoanReminderRow
from services.loans.tables import LOANS, loan_reminders, loans

DUE_SOON = event_name("loans", "dueSoon")
DUE_TODAY = event_name("loans", "dueToday")
OVERDUE = event_name("loans", "overdue")


def to_remind_of(connection: sa.Connection, day: date) -> Iterator[str]:
    """The ids of the loans with a reminder that is due on `day` and was not recorded yet."""
    out = sa.select(loans.c.id, loans.c.due_on, loan_reminders.c.step).where(
        _gets_reminders(day), loans.c.due_on <= day + timedelta(days=SOON)
    )
    same = (loan_reminders.c.loan == loans.c.id) & (loan_reminders.c.due_on == loans.c.due_on)
    recorded: dict[str, set[str]] = {}
    due: dict[str, date] = {}
    rows = connection.execute(out.outerjoin_from(loans, loan_reminders, same).order_by(loans.c.due_on))
    for id, due_on, step in rows:
        due[id] = due_on
        recorded.setdefault(id, set()).add(step or "")
    for id, due_on in due.items():
        what = reminder(due_on, day)
        if what and what.done[-1] not in recorded[id]:
            yield id


def remind(uow: UnitOfWork, id: str) -> bool:
    """Record the reminder of this loan that is due now, unless it was recorded already; whether it was."""
    statement = sa.select(loans).where(loans.c.id == id, _gets_reminders(today(uow)))
    row = next(iter(LOANS.select(uow.connection, for_update(uow.dialect, statement))), None)
    what = reminder(row["due_on"], today(uow)) if row else None
    if row is None or what is None:
        return False
    claims: list[LoanReminderRow] = [
        {"loan": id, "due_on": row["due_on"], "step": step, "claimed_at": uow.clock.now()}
        for step in what.done
    ]
    claim = upsert(uow.dialect, loan_reminders).on_conflict_do_nothing()
    won = [uow.connection.execute(claim, dict(each)).rowcount for each in claims]
    if not won[-1]:
        return False
    if what.what == "overdue":
        record_loan(uow, OVERDUE, row, step=what.step, overdueDays=overdue_days(row, today(uow)))
    else:
        record_loan(uow, DUE_SOON if what.what == "dueSoon" else DUE_TODAY, row)
    return True


def _gets_reminders(day: date) -> sa.ColumnElement[bool]:
    """Loans that are out get reminders, but not on the day of the hand-over: the desk tells the borrower then."""
    return sa.and_(loans.c.state == "handedOver", loans.c.handed_over_on < day)
