"""Count what is at a digipunt, by scanning labels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import sqlalchemy as sa

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from common.access import Caller
from services.loans.handlers.common import change_device, digipunt_for, today
from services.loans.model import devices as rules
from services.loans.model.rows import DeviceChanges, DeviceRow
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

    Labels and QR codes are both accepted. Devices that should be there and were not scanned are listed, and marked missing
    if asked.
    """
    here = digipunt_for(uow, caller, digipunt)
    wanted = {text.strip().casefold().removeprefix(rules.QR_PREFIX) for text in scanned}
    mine = sa.select(devices).where(devices.c.municipality == here.municipality).order_by(devices.c.id)
    found: list[DeviceRow] = []
    elsewhere: list[DeviceRow] = []
    absent: list[DeviceRow] = []
    known: set[str] = set()
    for row in DEVICES.select(uow.connection, for_update(uow.dialect, mine)):
        names = {row["id"], row["label"].casefold()}
        if names & wanted:
            known |= names & wanted
            (found if row["at"] == here.id else elsewhere).append(row)
        elif row["at"] == here.id and row["state"] in rules.AT_THE_POINT - {"missing"}:
            absent.append(row)
    for row in found + elsewhere:
        _seen(uow, row, here.id)
    for row in absent if mark_missing else ():
        change_device(uow, row, "missing", {"state": "missing"})
    return {
        "found": [row["id"] for row in found],
        "foundElsewhere": [row["id"] for row in elsewhere],
        "absent": [row["id"] for row in absent],
        "notOurs": sorted(wanted - known),
    }


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
