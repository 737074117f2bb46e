"""The rules of a loan: until when, how often longer, and when it is over. No fines, and nobody is blocked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chassis.errors import Conflict, InvalidInput
from chassis.fingerprint import drop_empty
from services.loans.model.opening import Digipunt
from services.loans.model.rows import LoanRow

USUAL = timedelta(weeks=4)
LONGEST = timedelta(weeks=26)
"""From one hand-over or extension to the due date, so that every device is seen twice a year."""

MOST_EXTENSIONS = 3
TOO_LATE = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Lent:
    """A device in a loan."""

    device: str
    kind: str
    open: bool


def due_date(point: Digipunt, today: date, asked: date | None) -> date:
    """The day on which a loan is due: the day asked for, or the first opening day after the usual time.

    Raises InvalidInput for a day on which nobody is there, one that has passed, or one too far ahead.
    """
    if asked is None:
        return point.opening_day(today + USUAL)
    if asked < today:
        raise InvalidInput.at("dueOn", "This day has passed.", value=asked.isoformat(), type="invalidInput")
    if asked > today + LONGEST:
        raise InvalidInput.at(
            "dueOn",
            f"A loan is for {LONGEST.days // 7} weeks at most; it can be extended later.",
            value=asked.isoformat(),
            type="invalidInput",
        )
    if not point.is_open(asked):
        raise InvalidInput.at(
            "dueOn",
            f"The digipunt is not open that day; the next opening day is {point.opening_day(asked)}.",
            value=asked.isoformat(),
            type="invalidInput",
        )
    return asked


def require_extendable(row: LoanRow, due_on: date, today: date, waiting: int) -> None:
    """Raise Conflict with the reason why a helper may not extend this loan; a coordinator may change the due date."""
    if due_on <= row["due_on"]:
        raise Conflict(f"The loan is due on {row['due_on']} already; an extension makes it later.")
    if waiting:
        raise Conflict(f"Somebody is waiting for a device of this kind here ({waiting} on the list).")
    if row["extensions"] >= MOST_EXTENSIONS:
        raise Conflict(f"The loan was extended {MOST_EXTENSIONS} times already; the coordinator decides.")
    if today - row["due_on"] > TOO_LATE:
        raise Conflict(f"The loan is more than {TOO_LATE.days} days late; let the borrower bring it first.")


def overdue_days(row: LoanRow, today: date) -> int:
    """Days since the due date of a loan that is out; 0 when it is not late."""
    return max(0, (today - row["due_on"]).days) if row["state"] == "handedOver" else 0


def _handed_over_on(row: LoanRow) -> date:
    """The day on which a loan was handed over that was."""
    assert row["handed_over_on"] is not None, "only what was handed over comes back or is spoken of"
    return row["handed_over_on"]


def days_out(row: LoanRow, until: date) -> int:
    """For how many days a loan was out on the day `until`."""
    return (until - _handed_over_on(row)).days


def to_event(row: LoanRow, lent: Sequence[Lent]) -> dict[str, Any]:
    """What of a loan travels in events; only once it was handed over."""
    return {
        "id": row["id"],
        "borrower": row["borrower"],
        "devices": [each.device for each in lent],
        "deviceKinds": [each.kind for each in lent],
        "digipunt": row["digipunt"],
        "municipality": row["municipality"],
        "handedOverOn": _handed_over_on(row).isoformat(),
        "dueOn": row["due_on"].isoformat(),
        "state": row["state"],
    }


def to_api(row: LoanRow, lent: Sequence[Lent], today: date) -> dict[str, Any]:
    """A loan as the API shows it; overdue is computed, never kept."""
    return drop_empty(
        {
            "id": row["id"],
            "borrower": row["borrower"],
            "devices": [each.device for each in lent],
            "deviceKinds": [each.kind for each in lent],
            "out": [each.device for each in lent if each.open and row["state"] == "handedOver"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "request": row["request"],
            "preparedOn": row["prepared_on"].isoformat(),
            "handedOverOn": row["handed_over_on"] and row["handed_over_on"].isoformat(),
            "dueOn": row["due_on"].isoformat(),
            "endedOn": row["ended_on"] and row["ended_on"].isoformat(),
            "extensions": row["extensions"],
            "signature": row["signature"],
            "state": row["state"],
            "overdue": overdue_days(row, today) > 0,
            "overdueDays": overdue_days(row, today),
            "version": row["version"],
        }
    )
