"""Lists of devices, requests and loans, and what is shown with one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, in_period, matching
from common.access import Scope, within
from common.text_keys import label_key
from services.loans.model.loans import Lent
from services.loans.model.rows import (
    DeviceHistoryRow,
    DeviceRow,
    ListedDeviceRow,
    LoanRow,
    PointRow,
    RequestRow,
)
from services.loans.tables import (
    DEVICE_HISTORY,
    DEVICES,
    LOANS,
    POINTS,
    REQUESTS,
    device_history,
    devices,
    loan_devices,
    loans,
    points,
    requests,
)

MOST_LABELS = 600
"""Labels in one document."""


def list_devices(
    connection: sa.Connection, municipalities: Iterable[str], args: Mapping[str, Any], window: Window
) -> tuple[list[ListedDeviceRow], int]:
    """Devices of these municipalities by kind and label, each with the loan that has it now."""
    rows, total = DEVICES.page(connection, _devices_of(municipalities, args), window)
    return with_loans(connection, rows), total


def devices_to_label(
    connection: sa.Connection, municipalities: Iterable[str], args: Mapping[str, Any]
) -> list[tuple[DeviceRow, PointRow | None]]:
    """Devices of these municipalities by kind and label, each with its home.

    Those that are retired or missing, which nobody can stick a label on, only when that state is asked for.
    """
    wanted = _devices_of(municipalities, args)
    if "device" in args:
        wanted = wanted.where(devices.c.id.in_(args["device"]))
    if "state" not in args:
        wanted = wanted.where(devices.c.state.not_in(("retired", "missing")))
    rows = DEVICES.select(connection, wanted.limit(MOST_LABELS))
    homes = sa.select(points).where(points.c.id.in_({row["digipunt"] for row in rows}))
    home_of = {home["id"]: home for home in POINTS.select(connection, homes)}
    return [(row, home_of.get(row["digipunt"])) for row in rows]


def _devices_of(municipalities: Iterable[str], args: Mapping[str, Any]) -> sa.Select[Any]:
    conditions = [
        devices.c.municipality.in_(list(municipalities)),
        *matching(devices, args, "digipunt", "municipality", "at", "kind", "state", "condition"),
    ]
    if "label" in args:
        conditions.append(has_label(args["label"]))
    order = (devices.c.kind, devices.c.label, devices.c.id)
    return sa.select(devices).where(*conditions).order_by(*order)


def has_label(label: str) -> sa.ColumnElement[bool]:
    """The device has this label, however it is written; one from before labels had a key, as it is written."""
    unkeyed = devices.c.label_key.is_(None) & (devices.c.label == label)
    return (devices.c.label_key == label_key(label)) | unkeyed


def with_loans(connection: sa.Connection, rows: list[DeviceRow]) -> list[ListedDeviceRow]:
    """Devices with `loan`, the one that has or reserved each now."""
    ids = [row["id"] for row in rows]
    held = sa.select(loan_devices.c.device, loan_devices.c.loan).where(
        loan_devices.c.device.in_(ids), loan_devices.c.open
    )
    loan_of = {row.device: row.loan for row in connection.execute(held)} if ids else {}
    return [{**row, "loan": loan_of.get(row["id"])} for row in rows]


def history_of(connection: sa.Connection, device: str, window: Window) -> tuple[list[DeviceHistoryRow], int]:
    """What happened to a device, the newest first."""
    statement = (
        sa.select(device_history)
        .where(device_history.c.device == device)
        .order_by(device_history.c.id.desc())
    )
    return DEVICE_HISTORY.page(connection, statement, window)


def list_requests(
    connection: sa.Connection, scope: Scope, args: Mapping[str, Any], window: Window
) -> tuple[list[RequestRow], int]:
    """Requests in the order in which they came to each digipunt: the waiting list, when asked for `requested`."""
    conditions = [
        within(requests, scope),
        *matching(requests, args, "digipunt", "municipality", "state", "device_kind", "borrower"),
    ]
    order = (requests.c.digipunt, requests.c.number)
    statement = sa.select(requests).where(*conditions).order_by(*order)
    return REQUESTS.page(connection, statement, window)


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
        with_it = sa.select(loan_devices.c.loan).where(loan_devices.c.device == args["device"])
        conditions.append(loans.c.id.in_(with_it))
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


def devices_in(connection: sa.Connection, loan: str) -> list[DeviceRow]:
    """The devices of a loan as they are now, in the order in which they were named."""
    statement = (
        sa.select(devices)
        .join(loan_devices, loan_devices.c.device == devices.c.id)
        .where(loan_devices.c.loan == loan)
        .order_by(loan_devices.c.place)
    )
    return DEVICES.select(connection, statement)
