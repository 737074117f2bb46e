"""The label of a device is free in its municipality; the database refuses what two requests at once would both take."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from chassis.errors import Conflict
from chassis.outbox.unit_of_work import UnitOfWork
from common.text_keys import label_key
from services.loans.handlers.common import DEVICE_CHANGED, change_device
from services.loans.model.rows import DeviceChanges, DeviceRow, HistoryEntry
from services.loans.tables import devices


def require_free_label(uow: UnitOfWork, municipality: str, label: str, id: str) -> None:
    """Raise Conflict when a device other than `id` has this label."""
    same = (
        devices.c.id != id,
        (devices.c.label_key == label_key(label)) | (devices.c.label == label),
        devices.c.municipality == municipality,
        devices.c.state != "retired",
    )
    if uow.connection.execute(sa.select(devices.c.id).where(*same).limit(1)).first():
        raise label_taken(label)


def change_labelled(
    uow: UnitOfWork, row: DeviceRow, what: HistoryEntry, changes: DeviceChanges, event: str = DEVICE_CHANGED
) -> DeviceRow:
    """Change a device whose label or municipality may change: another one may have taken the label just now."""
    try:
        return change_device(uow, row, what, changes, event)
    except IntegrityError:
        raise label_taken(changes.get("label", row["label"])) from None


def label_taken(label: str) -> Conflict:
    return Conflict("labelTaken", label=label)
