"""The rows of the loans service, column by column as `tables.py` declares them, and the codes that its rules compare.

tests/unit/loans/test_rows.py checks both: each row type against its table, and the codes against the reference lists.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NotRequired, TypedDict

from common.openings import Opening

DeviceKind = Literal[
    "laptop",
    "tablet",
    "smartphone",
    "hotspot",
    "simCard",
    "cardReader",
    "screen",
    "mouseKeyboard",
    "charger",
    "bag",
    "other",
]
Condition = Literal["new", "good", "used", "damaged", "incomplete", "unusable"]
DeviceState = Literal[
    "preparing",
    "available",
    "reserved",
    "onLoan",
    "returnedUnchecked",
    "toWipe",
    "inRepair",
    "missing",
    "retired",
]
RetireReason = Literal["broken", "tooOld", "lost", "stolen", "givenAway", "other"]
HistoryEntry = Literal[
    "added",
    "changed",
    "moved",
    "reserved",
    "released",
    "handedOver",
    "extended",
    "dueDateChanged",
    "returned",
    "lost",
    "checked",
    "wiped",
    "inRepair",
    "missing",
    "inUse",
    "seen",
    "retired",
]
"""What can happen to a device."""

BorrowerKind = Literal["person", "organisation"]
BorrowerState = Literal["active", "erased"]

NotHandedOver = Literal["cancelled", "notCollected"]
"""How a loan ends that was prepared and never handed over."""

RequestState = Literal["requested", "refused", "ready", "handedOver"] | NotHandedOver
LoanState = Literal["ready", "handedOver", "returned", "closed", "lost"] | NotHandedOver
Ending = Literal["returned", "lost"] | NotHandedOver
"""How the part of one device in a loan ends."""

Signature = Literal["paper", "screen"]
ReminderStep = Literal["dueSoon", "dueToday", "overdue1", "overdue2", "overdue3"]


class Address(TypedDict):
    """A postal address, of a digipunt or of a borrower."""

    street: str
    postalCode: NotRequired[str]
    town: str


class PointRow(TypedDict):
    """A row of `points`: what this service knows of a digipunt."""

    id: str
    municipality: str
    name: str | None
    address: Address | None
    phone: str | None
    opening: list[Opening]
    version: int


class DeviceRow(TypedDict):
    """A row of `devices`."""

    id: str
    kind: DeviceKind
    label: str
    label_key: str | None
    label_shared: bool
    serial: str | None
    accessories: list[str]
    missing_accessories: list[str]
    digipunt: str
    municipality: str
    at: str
    condition: Condition
    state: DeviceState
    checked: bool
    wiped: bool
    note: str | None
    added_on: date
    seen_on: date | None
    retired_on: date | None
    retire_reason: RetireReason | None
    content_hash: str
    version: int


class DeviceChanges(TypedDict, total=False):
    """The columns of a device that change after it was added."""

    label: str
    label_key: str | None
    label_shared: bool
    serial: str | None
    accessories: list[str]
    missing_accessories: list[str]
    digipunt: str
    municipality: str
    at: str
    condition: Condition
    state: DeviceState
    checked: bool
    wiped: bool
    note: str | None
    seen_on: date | None
    retired_on: date | None
    retire_reason: RetireReason | None


class ListedDeviceRow(DeviceRow):
    """A device with the loan that has or reserved it now."""

    loan: str | None


class NewDeviceHistoryRow(TypedDict):
    """A row of `device_history` before it has its number."""

    device: str
    time: datetime
    what: HistoryEntry
    state: DeviceState
    condition: Condition
    at: str
    loan: str | None
    note: str | None


class DeviceHistoryRow(NewDeviceHistoryRow):
    """A row of `device_history`."""

    id: int


class BorrowerRow(TypedDict):
    """A row of `borrowers`. `sealed` is the encrypted `Personal` of the borrower; None once they were erased."""

    id: str
    kind: BorrowerKind
    digipunt: str
    municipality: str
    sealed: str | None
    state: BorrowerState
    stored_on: date | None
    content_hash: str
    version: int


class BorrowerTokenRow(TypedDict):
    """A row of `borrower_tokens`: a blind index by which a borrower is found."""

    token: str
    borrower: str


class RequestRow(TypedDict):
    """A row of `requests`."""

    id: str
    number: int
    borrower: str
    device_kind: DeviceKind
    digipunt: str
    municipality: str
    requested_on: date
    state: RequestState
    reason: str | None
    note: str | None
    loan: str | None
    content_hash: str
    version: int


class LoanRow(TypedDict):
    """A row of `loans`. `sealed` is the encrypted `Handover`."""

    id: str
    borrower: str
    digipunt: str
    municipality: str
    request: str | None
    prepared_on: date
    handed_over_on: date | None
    due_on: date
    ended_on: date | None
    extensions: int
    signature: Signature | None
    sealed: str | None
    state: LoanState
    content_hash: str
    version: int


class NewLoanDeviceRow(TypedDict):
    """A row of `loan_devices` as a loan is prepared; the rest of it has a default."""

    loan: str
    device: str
    kind: DeviceKind
    place: int
    open: bool


class LoanDeviceRow(NewLoanDeviceRow):
    """A row of `loan_devices`."""

    ended_on: date | None
    ended_how: Ending | None
    done: bool


class LoanReminderRow(TypedDict):
    """A row of `loan_reminders`."""

    loan: str
    due_on: date
    step: ReminderStep
    claimed_at: datetime


class LoanPaperRow(TypedDict):
    """A row of `loan_papers`. `page` and `pdf` are encrypted; of both, and of the hash, nothing is left after an erasure."""

    loan: str
    number: int
    made_on: date
    due_on: date
    previously_due_on: date | None
    page: str | None
    pdf: str | None
    sha256: str | None
    reconstructed: bool
