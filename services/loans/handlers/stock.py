"""Count what is at a digipunt, by scanning labels."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TypedDict

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from common.access import Caller
from common.text_keys import label_key
from services.loans.handlers.common import change_device, digipunt_for, today
from services.loans.model import devices as rules
from services.loans.model.rows import DeviceChanges, DeviceRow
from services.loans.model.scans import readings
from services.loans.tables import DEVICES, devices


class StockTake(TypedDict):
    """What a stock-take found: ids of devices, and what was scanned and is not a device of this municipality."""

    found: list[str]
    foundElsewhere: list[str]
    absent: list[str]
    notOurs: list[str]


def take_stock(
    uow: UnitOfWork, caller: Caller, digipunt: str, scanned: Sequence[str], *, mark_missing: bool
) -> StockTake:
    """Compare what was scanned at a digipunt with what should be there, and store where each device was seen.

    Labels and QR codes are both accepted, also as a computer with another keyboard reads them. Devices that should be there
    and were not scanned are listed, and marked missing if asked; not when nothing that was scanned is a device of ours, for
    then the scanner is wrong and not the shelf.
    """
    here = digipunt_for(uow, caller, digipunt)
    mine = sa.select(devices).where(devices.c.municipality == here.municipality).order_by(devices.c.id)
    rows = DEVICES.select(uow.connection, for_update(uow.dialect, mine))
    ours = {name for row in rows for name in _names(row)}
    wanted = {_read(text, ours) for text in scanned}
    found: list[DeviceRow] = []
    elsewhere: list[DeviceRow] = []
    absent: list[DeviceRow] = []
    for row in rows:
        if _names(row) & wanted:
            (found if row["at"] == here.id else elsewhere).append(row)
        elif row["at"] == here.id and row["state"] in rules.AT_THE_POINT - {"missing"}:
            absent.append(row)
    for row in found + elsewhere:
        _seen(uow, row, here.id)
    for row in absent if mark_missing and found + elsewhere else ():
        change_device(uow, row, "missing", {"state": "missing"})
    return {
        "found": [row["id"] for row in found],
        "foundElsewhere": [row["id"] for row in elsewhere],
        "absent": [row["id"] for row in absent],
        "notOurs": sorted(wanted - ours),
    }


def _names(row: DeviceRow) -> set[str]:
    return {row["id"], label_key(row["label"])}


def _read(scan: str, ours: Container[str]) -> str:
    """The id or label that was scanned; of a device that is not ours, the text as it came."""
    possible = list(readings(scan))
    return next((each for each in possible if each in ours), possible[0])


def _seen(uow: UnitOfWork, row: DeviceRow, at: str) -> None:
    """Record that a device was seen here today; one that was missing is inspected before it is lent again."""
    changes: DeviceChanges = {"seen_on": today(uow), "at": at}
    if row["state"] == "missing":
        changes["checked"] = False
        changes["state"] = "returnedUnchecked"
    if row["state"] == "missing" or row["at"] != at:
        change_device(uow, row, "seen", changes)
    elif row["seen_on"] != changes["seen_on"]:
        DEVICES.update(uow.connection, row, {**row, **changes})
