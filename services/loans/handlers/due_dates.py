"""Another due date: an extension, with a page of its own, or a day that the coordinator sets. Both are in the history."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from chassis.errors import Conflict
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import require_version
from common.access import Caller
from common.field_cipher import FieldCipher
from services.loans.handlers.common import append_history, event_name, lent_in, today
from services.loans.handlers.loans import digipunt_of, locked_devices_of, locked_loan, record_loan
from services.loans.handlers.papers import freeze_extension
from services.loans.model import loans as rules
from services.loans.model.rows import DeviceRow, HistoryEntry, LoanRow
from services.loans.tables import LOANS, devices, loan_reminders, requests

DUE_DATE_CHANGED = event_name("loans", "dueDateChanged")


def extend_loan(
    uow: UnitOfWork,
    cipher: FieldCipher,
    caller: Caller,
    id: str,
    expected: int | None,
    due_on: date | None,
) -> LoanRow:
    """Let a borrower keep it longer, unless there is a reason not to; the reminders start again."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    _require_out(row)
    digipunt = digipunt_of(uow, row)
    if due_on is None:
        due_on = digipunt.opening_day(max(row["due_on"], today(uow)) + rules.USUAL)
    due_on = rules.due_date(digipunt, today(uow), due_on)
    rules.require_extendable(row, due_on, today(uow), _waiting(uow, row))
    after, out = _change_due_date(
        uow, row, {**row, "due_on": due_on, "extensions": row["extensions"] + 1}, "extended"
    )
    freeze_extension(uow, cipher, row, after, out)
    return after


def change_due_date(uow: UnitOfWork, caller: Caller, id: str, expected: int, due_on: date) -> LoanRow:
    """Set another due date, earlier or later, as a coordinator; it does not count as an extension."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    after: LoanRow = {**row, "due_on": rules.due_date(digipunt_of(uow, row), today(uow), due_on)}
    if row["state"] != "ready":
        _require_out(row)
    if after == row:
        return row
    if row["state"] == "ready":
        # A loan is published once it is handed over.
        return LOANS.update(uow.connection, row, after)
    return _change_due_date(uow, row, after, "dueDateChanged")[0]


def _require_out(row: LoanRow) -> None:
    if row["state"] != "handedOver":
        raise Conflict("nothingOut")


def _change_due_date(
    uow: UnitOfWork, row: LoanRow, after: LoanRow, what: HistoryEntry
) -> tuple[LoanRow, list[DeviceRow]]:
    """The loan with another due date, and the devices that are out, whose history says so."""
    after = LOANS.update(uow.connection, row, after)
    # A day on which it was due before, and somebody was reminded then, starts its reminders again.
    same = (loan_reminders.c.loan == row["id"]) & (loan_reminders.c.due_on == after["due_on"])
    uow.connection.execute(sa.delete(loan_reminders).where(same))
    given = locked_devices_of(uow, row["id"])
    out = [given[each.device] for each in lent_in(uow.connection, row["id"]) if each.open]
    for device in out:
        append_history(uow, device, what, loan=row["id"], note=f"{row['due_on']} → {after['due_on']}")
    record_loan(uow, DUE_DATE_CHANGED, after, previouslyDueOn=row["due_on"].isoformat())
    return after, out


def _waiting(uow: UnitOfWork, row: LoanRow) -> int:
    """How many people wait here for a kind of device that is in this loan, while none of that kind is available."""
    kinds = {each.kind for each in lent_in(uow.connection, row["id"]) if each.open}
    free = sa.select(devices.c.kind).where(devices.c.at == row["digipunt"], devices.c.state == "available")
    taken = kinds - set(uow.connection.execute(free).scalars())
    asked = sa.select(sa.func.count()).where(
        requests.c.digipunt == row["digipunt"],
        requests.c.state == "requested",
        requests.c.device_kind.in_(taken),
    )
    return int(uow.connection.execute(asked).scalar_one())
