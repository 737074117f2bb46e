"""What the handlers of several resources share: digipunten, locked rows, and changes of a device with history and event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.errors import InvalidInput
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update, upsert
from common.access import Caller, municipality_of, reaches, require_digipunt
from contracts.events import event_type
from services.loans.model import devices as device_rules
from services.loans.model import requests as request_rules
from services.loans.model.loans import Lent
from services.loans.model.opening import Digipunt
from services.loans.model.rows import (
    DeviceChanges,
    DeviceRow,
    HistoryEntry,
    NewDeviceHistoryRow,
    NotHandedOver,
    PointRow,
    RequestRow,
)
from services.loans.tables import (
    DEVICES,
    POINTS,
    REQUESTS,
    borrowers,
    device_history,
    devices,
    loan_devices,
    points,
)

DEVICE_CHANGED = event_type("loans", "devices", "changed")
REQUEST_FULFILLED = event_type("loans", "requests", "fulfilled")
REQUEST_CANCELLED = event_type("loans", "requests", "cancelled")


def event_name(resource: str, what: str) -> str:
    """The full type of one of this service's events."""
    return event_type("loans", resource, what)


def find_digipunt(connection: sa.Connection, id: str) -> Digipunt | None:
    """The digipunt, as visits published it, or as lending named it."""
    row = POINTS.find(connection, id)
    return Digipunt(id, row["municipality"], tuple(row["opening"])) if row else None


def digipunt_for(uow: UnitOfWork, caller: Caller, id: str, municipality: str | None = None) -> Digipunt:
    """The digipunt that a body names, where the caller has to work.

    One that visits has not published counts from when it is first named with its municipality: lending also works alone.
    """
    digipunt = find_digipunt(uow.connection, id)
    place = municipality_of(caller, id, digipunt.municipality if digipunt else None, municipality)
    if digipunt is None:
        row: PointRow = {
            "id": id,
            "municipality": place,
            "name": None,
            "address": None,
            "phone": None,
            "opening": [],
            "version": 0,
        }
        uow.connection.execute(upsert(uow.dialect, points).on_conflict_do_nothing(), dict(row))
        return Digipunt(id, place)
    return digipunt


def lock_borrower(uow: UnitOfWork, id: str) -> None:
    """Lock a borrower, if there is one, until the end: nobody erases them or begins something for them meanwhile."""
    statement = sa.select(borrowers.c.id).where(borrowers.c.id == id)
    uow.connection.execute(for_update(uow.dialect, statement))


def locked_devices(uow: UnitOfWork, ids: Iterable[str]) -> dict[str, DeviceRow]:
    """These devices, locked in the order of their ids; one that does not exist is left out."""
    statement = sa.select(devices).where(devices.c.id.in_(set(ids))).order_by(devices.c.id)
    rows = DEVICES.select(uow.connection, for_update(uow.dialect, statement))
    return {row["id"]: row for row in rows}


def locked_device(uow: UnitOfWork, caller: Caller, id: str) -> DeviceRow:
    """A device of a digipunt where the caller works."""
    row = DEVICES.get(uow.connection, id, lock=True)
    require_digipunt(caller, row["digipunt"], row["municipality"], "device", id)
    return row


def require_near(caller: Caller, row: DeviceRow) -> None:
    """Raise NotFound or Forbidden unless the caller works where the device is, or at its home."""
    if not reaches(caller, row["at"], row["municipality"]):
        require_digipunt(caller, row["digipunt"], row["municipality"], "device", row["id"])


def device_at_hand(uow: UnitOfWork, caller: Caller, id: str) -> DeviceRow:
    """A device, locked, that is where the caller works, or has its home there."""
    row = DEVICES.get(uow.connection, id, lock=True)
    require_near(caller, row)
    return row


def change_device(
    uow: UnitOfWork,
    row: DeviceRow,
    what: HistoryEntry,
    changes: DeviceChanges,
    event: str = DEVICE_CHANGED,
    *,
    loan: str | None = None,
    note: str | None = None,
) -> DeviceRow:
    """Write `changes` to a locked device, append `what` happened to its history, and record the event."""
    after = DEVICES.update(uow.connection, row, {**row, **changes})
    append_history(uow, after, what, loan=loan, note=note)
    data = {"device": device_rules.to_event(after)}
    uow.record(event, after["id"], data, version=after["version"], municipality=after["municipality"])
    return after


def append_history(
    uow: UnitOfWork, row: DeviceRow, what: HistoryEntry, *, loan: str | None = None, note: str | None = None
) -> None:
    """Append what happened to a device to its history, with the state it has now."""
    entry: NewDeviceHistoryRow = {
        "device": row["id"],
        "time": uow.clock.now(),
        "what": what,
        "state": row["state"],
        "condition": row["condition"],
        "at": row["at"],
        "loan": loan,
        "note": note,
    }
    uow.connection.execute(sa.insert(device_history), dict(entry))


def lent_in(connection: sa.Connection, loan: str) -> list[Lent]:
    """The devices of a loan, in the order in which they were named."""
    statement = (
        sa.select(loan_devices.c.device, loan_devices.c.kind, loan_devices.c.open)
        .where(loan_devices.c.loan == loan)
        .order_by(loan_devices.c.place)
    )
    return [Lent(*row) for row in connection.execute(statement)]


def today(uow: UnitOfWork) -> date:
    """The day in Brussels."""
    return local_day(uow.clock.now())


def day_of(uow: UnitOfWork, asked: date | None, name: str, *, since: date | None = None) -> date:
    """The day on which something was done: today, or an earlier one that a desk without network or on paper kept.

    Raises InvalidInput at `name` for a day in the future, and for one before `since`.
    """
    if asked is None:
        return today(uow)
    if asked > today(uow):
        raise InvalidInput.at(name, "dayToCome", value=asked.isoformat(), type="invalidInput")
    if since is not None and asked < since:
        raise InvalidInput.at(name, "dayTooEarly", value=asked.isoformat(), type="invalidInput", since=since)
    return asked


def end_request(uow: UnitOfWork, row: RequestRow, state: NotHandedOver | Literal["handedOver"]) -> RequestRow:
    """Move a locked request to the state in which its loan ended: cancelled, not collected, or handed over."""
    after = REQUESTS.update(uow.connection, row, {**row, "state": state})
    record_request(uow, REQUEST_FULFILLED if state == "handedOver" else REQUEST_CANCELLED, after)
    return after


def record_request(uow: UnitOfWork, type: str, row: RequestRow) -> None:
    """Record an event about a locked request."""
    data = {"request": request_rules.to_event(row)}
    uow.record(type, row["id"], data, version=row["version"], municipality=row["municipality"])
