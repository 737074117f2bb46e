"""The rules of a loan: until when, how often longer, and when it is over. No fines, and nobody is blocked."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypedDict, cast

from chassis.errors import Conflict, InvalidInput
from chassis.fingerprint import drop_empty
from common.field_cipher import Opens
from services.loans.model.opening import Digipunt
from services.loans.model.rows import DeviceKind, LoanRow, LoanState

USUAL = timedelta(weeks=4)
LONGEST = timedelta(weeks=26)
"""From one hand-over or extension to the due date, so that every device is seen twice a year."""

MOST_EXTENSIONS = 3
TOO_LATE = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Lent:
    """A device in a loan."""

    device: str
    kind: DeviceKind
    open: bool


DRAWN = "data:image/png;base64,"
"""How a canvas begins to tell of what was drawn on it."""


def picture_in(drawing: str) -> bytes:
    """The bytes of a drawing as a canvas gives it. Raises ValueError."""
    if not drawing.startswith(DRAWN):
        raise ValueError("no PNG in a data address")
    return base64.b64decode(drawing.removeprefix(DRAWN), validate=True)


class Handover(TypedDict, total=False):
    """The personal data of a hand-over: who collected it for an organisation.

    `signature` is there only in loans from before their papers were kept: what was drawn on the screen.
    """

    collectedBy: str
    signature: str


def handover_of(cipher: Opens, row: LoanRow) -> Handover:
    """The decrypted personal data of the hand-over; nothing when there was none, or the borrower was erased."""
    return cast("Handover", cipher.decrypt(row["sealed"])) if row["sealed"] else {}


def due_date(digipunt: Digipunt, today: date, asked: date | None) -> date:
    """The day on which a loan is due: the day asked for, or the first opening day after the usual time.

    Raises InvalidInput for a day on which the digipunt is closed, one that has passed, or one too far ahead.
    """
    if asked is None:
        return digipunt.opening_day(today + USUAL)
    if asked < today:
        raise InvalidInput.at("dueOn", "dueDayPassed", value=asked.isoformat(), type="invalidInput")
    if asked > today + LONGEST:
        raise InvalidInput.at(
            "dueOn",
            "dueTooFar",
            value=asked.isoformat(),
            type="invalidInput",
            weeks=LONGEST.days // 7,
        )
    if not digipunt.is_open(asked):
        raise InvalidInput.at(
            "dueOn",
            "closedOnDueDay",
            value=asked.isoformat(),
            type="invalidInput",
            next=digipunt.opening_day(asked),
        )
    return asked


_WHY_NOT_READY: dict[LoanState, str] = {
    "handedOver": "loanHandedOver",
    "returned": "loanReturned",
    "closed": "loanReturned",
    "cancelled": "loanCancelled",
    "notCollected": "loanNotCollected",
    "lost": "loanLost",
}


def require_ready(row: LoanRow) -> None:
    """Raise Conflict with the reason unless the loan waits to be handed over."""
    if row["state"] != "ready":
        raise Conflict(_WHY_NOT_READY[row["state"]])


def require_extendable(row: LoanRow, due_on: date, today: date, waiting: int) -> None:
    """Raise Conflict with the reason why a helper may not extend this loan; a coordinator may change the due date."""
    if due_on <= row["due_on"]:
        raise Conflict("extensionNotLater", due=row["due_on"])
    if waiting:
        raise Conflict("somebodyWaits", waiting=waiting)
    if row["extensions"] >= MOST_EXTENSIONS:
        raise Conflict("extendedTooOften", times=MOST_EXTENSIONS)
    if today - row["due_on"] > TOO_LATE:
        raise Conflict("tooLateToExtend", days=TOO_LATE.days)


def overdue_days(row: LoanRow, today: date) -> int:
    """Days since the due date of a loan that is handed over; 0 when it is not late."""
    return max(0, (today - row["due_on"]).days) if row["state"] == "handedOver" else 0


def handed_over_on(row: LoanRow) -> date:
    """The day of the hand-over of a loan that was handed over."""
    day = row["handed_over_on"]
    assert day is not None
    return day


def to_event(row: LoanRow, lent: Sequence[Lent]) -> dict[str, Any]:
    """What of a loan travels in events; only once it was handed over."""
    return {
        "id": row["id"],
        "borrower": row["borrower"],
        "devices": [each.device for each in lent],
        "deviceKinds": [each.kind for each in lent],
        "digipunt": row["digipunt"],
        "municipality": row["municipality"],
        "handedOverOn": handed_over_on(row).isoformat(),
        "dueOn": row["due_on"].isoformat(),
        "state": row["state"],
    }


def to_api(row: LoanRow, lent: Sequence[Lent], today: date) -> dict[str, Any]:
    """A loan as the API shows it; overdue is computed, never stored."""
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
