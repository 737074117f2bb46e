"""Tell once of each month and municipality that its bottleneck sheet is complete."""

from __future__ import annotations

from datetime import date

from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from contracts.events import event_type
from services.reporting.model.sheets import SheetRow, sheet_id, to_event
from services.reporting.tables import sheets

COMPLETED = event_type("reporting", "sheets", "completed")


def complete_sheet(uow: UnitOfWork, municipality: str, month: date) -> bool:
    """Record that a sheet is complete, with its event, in one transaction; False when somebody has told it already."""
    row: SheetRow = {
        "id": sheet_id(municipality, month),
        "municipality": municipality,
        "month": month,
        "completed_at": uow.clock.now(),
    }
    new = upsert(uow.dialect, sheets).on_conflict_do_nothing(index_elements=[sheets.c.id])
    if not uow.connection.execute(new, dict(row)).rowcount:
        return False
    uow.record(COMPLETED, row["id"], to_event(row), version=1, municipality=municipality, event_id=row["id"])
    return True
