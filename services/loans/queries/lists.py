"""Lists of devices, requests and loans, and what stands beside one of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Rows, Window, in_period, matching, page
from common.access import Scope, within
from services.loans.model.loans import Lent
from services.loans.model.rows import DeviceRow, LoanRow, RequestRow
from services.loans.tables import (
    DEVICES,
    LOANS,
    REQUESTS,
    device_history,
    devices,
    loan_devices,
    loans,
    requests,
)

MOST_LABELS = 600
"""Labels in one document."""


def list_devices(
    connection: sa.Connection, municipalities: Iterable[str], args: Mapping[str, Any], window: Window
) -> tuple[list[DeviceRow], int]:
    """Devices by kind and label."""
    statement = devices_of(municipalities, args).order_by(devices.c.kind, devices.c.label, devices.c.id)
    return DEVICES.page(connection, statement, window)


def devices_of(municipalities: Iterable[str], args: Mapping[str, Any]) -> sa.Select[Any]:
    """Devices of these municipalities that `args` asks for."""
    conditions = [
        devices.c.municipality.in_(list(municipalities)),
        *matching(devices, args, "digipunt", "municipality", "at", "kind", "state", "condition"),
    ]
    if "label" in args:
        conditions.append(sa.func.lower(devices.c.label) == args["label"].lower())
    return sa.select(devices).where(*conditions)


def held_by(connection: sa.Connection, ids: Collection[str]) -> dict[str, str]:
    """The loan that has or reserved each of these devices now; those that none has are left out."""
    held = sa.select(loan_devices.c.device, loan_devices.c.loan).where(
        loan_devices.c.device.in_(ids), loan_devices.c.open
    )
    return {row.device: row.loan for row in connection.execute(held)} if ids else {}


def devices_to_label(
    connection: sa.Connection, municipalities: Iterable[str], args: Mapping[str, Any]
) -> list[DeviceRow]:
    """The devices that labels are printed for, by kind and label: those named, or all that are not retired."""
    wanted = devices_of(municipalities, args)
    if "device" in args:
        wanted = wanted.where(devices.c.id.in_(args["device"]))
    elif "state" not in args:
        wanted = wanted.where(devices.c.state != "retired")
    ordered = wanted.order_by(devices.c.kind, devices.c.label, devices.c.id).limit(MOST_LABELS)
    return DEVICES.select(connection, ordered)


def history_of(connection: sa.Connection, device: str, window: Window) -> Rows:
    """What happened to a device, the newest first."""
    statement = (
        sa.select(device_history)
        .where(device_history.c.device == device)
        .order_by(device_history.c.id.desc())
    )
    return page(connection, statement, window)


def list_requests(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> tuple[list[RequestRow], int]:
    """Requests in the order in which they came to each digipunt: the waiting list, when asked for `requested`."""
    conditions = [
        within(requests, scope),
        *matching(requests, args, "digipunt", "municipality", "state", "device_kind", "borrower"),
    ]
    order = (requests.c.digipunt, requests.c.number)
    return REQUESTS.page(connection, sa.select(requests).where(*conditions).order_by(*order), window)


def list_loans(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window, today: date
) -> tuple[list[LoanRow], int]:
    """Loans by due date, the first that is due first."""
    conditions = [
        within(loans, scope),
        *matching(loans, args, "digipunt", "municipality", "state", "borrower"),
        *in_period(loans.c.due_on, args),
    ]
    if "device" in args:
        holding = sa.select(loan_devices.c.loan).where(loan_devices.c.device == args["device"])
        conditions.append(loans.c.id.in_(holding))
    if args.get("overdue"):
        conditions += [loans.c.state == "handedOver", loans.c.due_on < today]
    order = (loans.c.due_on, loans.c.id)
    return LOANS.page(connection, sa.select(loans).where(*conditions).order_by(*order), window)


def lent_by_loan(connection: sa.Connection, ids: list[str]) -> dict[str, list[Lent]]:
    """The devices of each loan, in the order in which they were named."""
    columns = (loan_devices.c.loan, loan_devices.c.device, loan_devices.c.kind, loan_devices.c.open)
    statement = (
        sa.select(*columns)
        .where(loan_devices.c.loan.in_(ids))
        .order_by(loan_devices.c.loan, loan_devices.c.place)
    )
    found: dict[str, list[Lent]] = {id: [] for id in ids}
    for loan, *lent in connection.execute(statement) if ids else ():
        found[loan].append(Lent(*lent))
    return found


def devices_in(connection: sa.Connection, loan: str) -> list[dict[str, Any]]:
    """The devices of a loan as they are now, in the order in which they were named."""
    statement = (
        sa.select(devices)
        .join(loan_devices, loan_devices.c.device == devices.c.id)
        .where(loan_devices.c.loan == loan)
        .order_by(loan_devices.c.place)
    )
    return [dict(row) for row in connection.execute(statement).mappings()]
