"""The newest state that events leave, as rows of `tables.py`: their columns in order, but for the generation."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from services.reporting.model.periods import Period


class DigipuntRow(NamedTuple):
    """A row of `digipunts`. It was open from `opened_on` on, or always, and no more from `closed_on` on."""

    id: str
    name: str
    municipality: str
    state: str
    opened_on: date | None
    closed_on: date | None

    def was_open(self, period: Period) -> bool:
        """Whether on any day of the period."""
        opened = self.opened_on is None or self.opened_on <= period.last
        return opened and (self.closed_on is None or self.closed_on > period.first)


class FactRow(NamedTuple):
    """A row of `facts`: one visit as it counts now. `themes` and `codes` are packed (`model.layout`)."""

    municipality: str
    day: date
    id: str
    digipunt: str
    residence: str
    themes: int
    codes: int
    minutes: int
    bottlenecks: str


class SessionRow(NamedTuple):
    """A row of `sessions`; `digipunt` is empty where a session belongs to a municipality only."""

    id: str
    municipality: str
    digipunt: str
    day: date
    kind: str
    state: str
    seats: int
    present: int
    walk_in: int
    age_bands: dict[str, int]


class RegistrationRow(NamedTuple):
    """A row of `registrations`."""

    id: str
    session: str
    state: str
    seats: int


class DeviceRow(NamedTuple):
    """A row of `devices`."""

    id: str
    kind: str
    municipality: str
    digipunt: str
    state: str
    condition: str
    added_on: date
    retired_on: date | None


class RequestRow(NamedTuple):
    """A row of `loan_requests`."""

    id: str
    kind: str
    municipality: str
    digipunt: str
    requested_on: date
    state: str


class LoanRow(NamedTuple):
    """A row of `loans`."""

    id: str
    municipality: str
    digipunt: str
    handed_over_on: date
    due_on: date


class LentDeviceRow(NamedTuple):
    """A row of `lent_devices`."""

    loan: str
    device: str
    kind: str


class LoanEndRow(NamedTuple):
    """A row of `loan_ends`."""

    loan: str
    device: str
    state: str
    day: date
    days: int
