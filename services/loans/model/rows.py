"""The rows that the loans service keeps, column by column as `tables.py` has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict


class PointRow(TypedDict):
    """A row of `points`."""

    id: str
    municipality: str
    name: str | None
    address: Any
    phone: str | None
    opening: Any
    version: int


class DeviceRow(TypedDict):
    """A row of `devices`."""

    id: str
    kind: str
    label: str
    serial: str | None
    accessories: Any
    missing_accessories: Any
    digipunt: str
    municipality: str
    at: str
    condition: str
    state: str
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
    state: str
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
    state: str
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
    state: str
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
    state: str
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
