"""Take devices back, report them lost, and record the inspection after their return."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.rows import require_version
from common.access import Caller, reaches, require_digipunt, require_municipality
from services.loans.handlers.common import (
    change_device,
    day_of,
    digipunt_for,
    event_name,
    lent_in,
    locked_devices,
)
from services.loans.handlers.devices import close_when_done, record_inspection
from services.loans.handlers.loans import locked_loan, record_loan
from services.loans.model.loans import Lent, handed_over_on
from services.loans.model.rows import DeviceRow, LoanRow
from services.loans.tables import LOANS, loan_devices

RETURNED = event_name("loans", "returned")
LOST = event_name("loans", "lost")


def return_devices(
    uow: UnitOfWork,
    caller: Caller,
    id: str,
    expected: int | None,
    sent: Mapping[str, Any],
) -> LoanRow:
    """Take devices back, all that are out or those named, at the digipunt that lent them or another one."""
    row = LOANS.get(uow.connection, id, lock=True)
    where = sent.get("digipunt") or row["digipunt"]
    if where == row["digipunt"]:
        require_digipunt(caller, where, row["municipality"], "loan", id)
    else:
        require_municipality(caller, row["municipality"], "loan", id)
        digipunt_for(uow, caller, where)
    require_version(row, expected)
    day = day_of(uow, sent.get("returned_on"), "returnedOn", since=row["handed_over_on"])
    ended = _end(uow, row, sent.get("devices"), "returned", day)
    for device in locked_devices(uow, ended).values():
        change_device(uow, device, "returned", {"state": "returnedUnchecked", "at": where}, loan=id)
    elsewhere = {} if where == row["digipunt"] else {"digipunt": where}
    return _record(uow, RETURNED, row, ended, day, elsewhere)


def lose_devices(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, sent: Mapping[str, Any]
) -> LoanRow:
    """Record that devices will not come back. It has no consequences for the borrower."""
    row = locked_loan(uow, caller, id)
    require_version(row, expected)
    day = day_of(uow, sent.get("lost_on"), "lostOn", since=row["handed_over_on"])
    ended = _end(uow, row, sent.get("devices"), "lost", day)
    for device in locked_devices(uow, ended).values():
        change_device(uow, device, "lost", {"state": "missing"}, loan=id)
    return _record(uow, LOST, row, ended, day, {})


def check_devices(
    uow: UnitOfWork, caller: Caller, id: str, expected: int | None, sent: Mapping[str, Any]
) -> LoanRow:
    """Record how devices look after their return and whether they are wiped; then they can be lent again."""
    row = LOANS.get(uow.connection, id, lock=True)
    _require_some_here(uow, caller, row)
    require_version(row, expected)
    for device in _unchecked(uow, row, sent.get("devices")):
        # A helper inspects what is at an own digipunt, even if another one lent it.
        require_digipunt(caller, device["at"], row["municipality"], "loan", id)
        record_inspection(uow, device, sent, id)
    return close_when_done(uow, row) or row


def _require_some_here(uow: UnitOfWork, caller: Caller, row: LoanRow) -> None:
    """Raise NotFound or Forbidden unless the caller works where this was lent, or where something of it is now."""
    if reaches(caller, row["digipunt"], row["municipality"]):
        return
    devices = locked_devices(uow, (each.device for each in lent_in(uow.connection, row["id"])))
    if not any(reaches(caller, device["at"], row["municipality"]) for device in devices.values()):
        require_digipunt(caller, row["digipunt"], row["municipality"], "loan", row["id"])


def _unchecked(uow: UnitOfWork, row: LoanRow, named: Sequence[str] | None) -> list[DeviceRow]:
    """The devices to inspect, locked: those named, or all of this loan that came back and are not done."""
    columns = (loan_devices.c.device, loan_devices.c.ended_how, loan_devices.c.done)
    rows = uow.connection.execute(sa.select(*columns).where(loan_devices.c.loan == row["id"])).all()
    _require_among(named, [each.device for each in rows])
    back = {each.device: each.done for each in rows if each.ended_how == "returned"}
    if not back or not set(named or ()) <= set(back):
        raise Conflict("nothingToCheck")
    to_do = [device for device in named or back if not back[device]]
    if not to_do:
        raise Conflict("checkedAlready")
    return list(locked_devices(uow, to_do).values())


def _end(
    uow: UnitOfWork, row: LoanRow, named: Sequence[str] | None, how: Literal["returned", "lost"], day: date
) -> list[str]:
    """End the part of devices in a locked loan: those named, or all that are out. Raises Conflict when none is."""
    if row["state"] != "handedOver":
        raise Conflict("nothingOut")
    lent = lent_in(uow.connection, row["id"])
    _require_among(named, [each.device for each in lent])
    out = [each.device for each in lent if each.open]
    chosen = list(dict.fromkeys(named)) if named else out
    if set(chosen) - set(out):
        raise Conflict("cameBackAlready")
    ours = (loan_devices.c.loan == row["id"]) & loan_devices.c.device.in_(chosen)
    values = {"open": False, "ended_on": day, "ended_how": how}
    uow.connection.execute(sa.update(loan_devices).where(ours).values(values))
    return chosen


def _require_among(named: Sequence[str] | None, devices: Sequence[str]) -> None:
    for i, device in enumerate(named or ()):
        if device not in devices:
            raise InvalidInput.at(f"devices[{i}]", "deviceNotInLoan", value=device, type="invalidInput")


def _record(
    uow: UnitOfWork, type: str, row: LoanRow, ended: Sequence[str], day: date, more: Mapping[str, Any]
) -> LoanRow:
    lent = lent_in(uow.connection, row["id"])
    after = row if any(each.open for each in lent) else _ended(uow, row)
    after = LOANS.update(uow.connection, row, after)
    back = [_back(after, each, day) for each in lent if each.device in ended]
    record_loan(uow, type, after, back=back, **more)
    return after


def _ended(uow: UnitOfWork, row: LoanRow) -> LoanRow:
    """A loan of which nothing is out any more, with how and when it ended: lost only when nothing came back."""
    columns = (loan_devices.c.ended_how, loan_devices.c.ended_on)
    parts = uow.connection.execute(sa.select(*columns).where(loan_devices.c.loan == row["id"])).all()
    returned = any(each.ended_how == "returned" for each in parts)
    return {
        **row,
        "state": "returned" if returned else "lost",
        "ended_on": max(each.ended_on for each in parts),
    }


def _back(row: LoanRow, lent: Lent, day: date) -> dict[str, Any]:
    days = (day - handed_over_on(row)).days
    return {"device": lent.device, "deviceKind": lent.kind, "day": day.isoformat(), "days": days}
