"""The bottleneck sheet of a month: when it is complete, and how others hear of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, TypedDict
from uuid import UUID, uuid5

from services.reporting.model.periods import Period, last_of_month, shift

SHEETS_OF_MONTHS = UUID("0199c7a4-5f5e-5d0c-9b1e-736865657473")
"""The namespace of their ids: the same municipality and month give the same id, in each database and for ever."""

LATE = timedelta(days=2)
"""After a month, laptops that were offline bring in its visits, and helpers correct those of its last day."""


class SheetRow(TypedDict):
    """A row of `sheets`. `month` is its first day."""

    id: str
    municipality: str
    month: date
    completed_at: datetime


def month_to_tell(today: date) -> Period | None:
    """The month before, once its visits are in; one before that is no news any more."""
    first = today.replace(day=1)
    if today < first + LATE:
        return None
    before = shift(first, -1)
    return Period(before, last_of_month(before))


def sheet_id(municipality: str, month: date) -> str:
    """The id of a sheet, and of the one event about it."""
    return str(uuid5(SHEETS_OF_MONTHS, f"{municipality}/{month:%Y-%m}"))


def to_event(row: SheetRow) -> dict[str, Any]:
    """The data of the event that a sheet is complete."""
    sheet = {"id": row["id"], "municipality": row["municipality"], "month": f"{row['month']:%Y-%m}"}
    return {"sheet": sheet}
