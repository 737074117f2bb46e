"""The rows that the loans service keeps, column by column as `tables.py` has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NotRequired, TypedDict

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
LoanState = Literal["ready", "handedOver", "returned", "closed", "cancelled", "notCollected", "lost"]
RequestState = Literal["requested", "refused", "ready", "handedOver", "cancelled", "notCollected"]
BorrowerState = Literal["active", "erased"]
Unmet = Literal["cancelled", "notCollected"]
"""How a loan ends that was never handed over, and its request with it."""


class Address(TypedDict):
    """Where the door of a digipunt is."""

    street: str
    town: str
    postalCode: NotRequired[str]


class Opening(TypedDict):
    """One part of the opening pattern of a digipunt."""

    weekday: str
    opens: str
    closes: str
    every: int
    first: NotRequired[str]


class PointRow(TypedDict):
    """A row of `points`."""

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
    kind: str
    label: str
    serial: str | None
    accessories: list[str]
    missing_accessories: list[str]
    digipunt: str
    municipality: str
    at: str
    condition: str
    state: DeviceState
    checked: bool
    wiped: bool
    note: str | None
    added_on: date
    seen_on: date | None
    retired_on: date | None
    retire_reason: str | None
    content_hash: str
    version: int


class DeviceHistoryRow(TypedDict):
    """A row of `device_history`."""

    id: int
    device: str
    time: datetime
    what: str
    state: DeviceState
    condition: str
    at: str
    loan: str | None
    note: str | None


class BorrowerRow(TypedDict):
    """A row of `borrowers`."""

    id: str
    kind: str
    digipunt: str
    municipality: str
    sealed: str | None
    state: BorrowerState
    content_hash: str
    version: int


class BorrowerTokenRow(TypedDict):
    """A row of `borrower_tokens`."""

    token: str
    borrower: str


class RequestRow(TypedDict):
    """A row of `requests`."""

    id: str
    number: int
    borrower: str
    device_kind: str
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
    """A row of `loans`."""

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
    signature: str | None
    sealed: str | None
    state: LoanState
    content_hash: str
    version: int


class LoanDeviceRow(TypedDict):
    """A row of `loan_devices`."""

    loan: str
    device: str
    kind: str
    place: int
    open: bool
    ended_on: date | None
    ended_how: str | None
    done: bool


class LoanReminderRow(TypedDict):
    """A row of `loan_reminders`."""

    loan: str
    due_on: date
    step: str
    claimed_at: datetime


class DeviceChanges(TypedDict, total=False):
    """What may change in a device."""

    label: str
    serial: str | None
    accessories: list[str]
    missing_accessories: list[str]
    note: str | None
    digipunt: str
    municipality: str
    at: str
    condition: str
    state: DeviceState
    checked: bool
    wiped: bool
    seen_on: date | None
    retired_on: date | None
    retire_reason: str | None
