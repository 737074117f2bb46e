"""Folds events of loans into the newest state of devices, loans and requests. Borrowers are not kept, not even as ids.

Each event carries the whole loan or device, so the result does not depend on how events were batched.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from contracts.envelope import Event
from contracts.events import event_type
from services.reporting.model.rows import DeviceRow, LentDeviceRow, LoanEndRow, LoanRow, RequestRow

Key = tuple[str, str]
"""A loan and one of its devices."""


@dataclass(slots=True)
class LoanRows:
    """The rows to insert or replace, by their key."""

    devices: dict[str, DeviceRow] = field(default_factory=dict)
    requests: dict[str, RequestRow] = field(default_factory=dict)
    loans: dict[str, LoanRow] = field(default_factory=dict)
    lent: dict[Key, LentDeviceRow] = field(default_factory=dict)
    ends: dict[Key, LoanEndRow] = field(default_factory=dict)


def fold(events: Iterable[Event]) -> LoanRows:
    """The rows that `events` leave. Raises KeyError, TypeError or ValueError on data that breaks the contract."""
    rows = LoanRows()
    for event in events:
        _APPLY[event.type](rows, event.data)
    return rows


@dataclass(frozen=True, slots=True)
class Lent:
    """One device in one loan; `ended_on` is None while it is out, and `lost` says how it ended."""

    loan: str
    kind: str
    digipunt: str
    handed_over_on: date
    due_on: date
    ended_on: date | None
    lost: bool

    def days(self, first: date, until: date) -> int:
        """Days out from `first` on and before `until`; the day of hand-over counts, that of the return does not."""
        end = min(until, self.ended_on) if self.ended_on else until
        return max(0, (end - max(first, self.handed_over_on)).days)

    def out_at_end_of(self, day: date) -> bool:
        return self.handed_over_on <= day and (self.ended_on is None or self.ended_on > day)

    def overdue_at_end_of(self, day: date) -> bool:
        """By the due date as it is known now: after an extension the device was not overdue before either."""
        return self.out_at_end_of(day) and self.due_on < day


@dataclass(frozen=True, slots=True)
class Owned:
    """One device that can be lent, for as long as it is owned."""

    kind: str
    digipunt: str
    added_on: date
    retired_on: date | None

    def days(self, first: date, until: date) -> int:
        """Days owned from `first` on and before `until`."""
        end = min(until, self.retired_on) if self.retired_on else until
        return max(0, (end - max(first, self.added_on)).days)


def _device(rows: LoanRows, data: dict[str, Any]) -> None:
    device = data["device"]
    rows.devices[device["id"]] = DeviceRow(
        id=device["id"],
        kind=device["kind"],
        municipality=device["municipality"],
        digipunt=device["digipunt"],
        state=device["state"],
        condition=device["condition"],
        added_on=date.fromisoformat(device["addedOn"]),
        retired_on=_day(device.get("retiredOn")),
    )


def _request(rows: LoanRows, data: dict[str, Any], *, state: str) -> None:
    """An event may leave the state of its request out; `state` is what the type of the event implies."""
    request = data["request"]
    rows.requests[request["id"]] = RequestRow(
        id=request["id"],
        kind=request["deviceKind"],
        municipality=request["municipality"],
        digipunt=request["digipunt"],
        requested_on=date.fromisoformat(request["requestedOn"]),
        state=request.get("state", state),
    )


def _loan(rows: LoanRows, data: dict[str, Any]) -> None:
    loan = data["loan"]
    rows.loans[loan["id"]] = LoanRow(
        id=loan["id"],
        municipality=loan["municipality"],
        digipunt=loan["digipunt"],
        handed_over_on=date.fromisoformat(loan["handedOverOn"]),
        due_on=date.fromisoformat(loan["dueOn"]),
    )
    for device, kind in zip(loan["devices"], loan["deviceKinds"], strict=True):
        rows.lent[loan["id"], device] = LentDeviceRow(loan["id"], device, kind)


def _end(rows: LoanRows, data: dict[str, Any], *, state: str) -> None:
    _loan(rows, data)
    loan = data["loan"]["id"]
    for back in data["back"]:
        day = date.fromisoformat(back["day"])
        rows.ends[loan, back["device"]] = LoanEndRow(loan, back["device"], state, day, back["days"])


def _nothing(rows: LoanRows, data: dict[str, Any]) -> None:
    """No figure is about a borrower, so there is nothing to forget."""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_APPLY = {
    event_type("loans", resource, what): apply
    for resource, whats, apply in (
        ("devices", ("added", "moved", "changed", "wiped", "retired"), _device),
        ("requests", ("made",), partial(_request, state="requested")),
        ("requests", ("approved",), partial(_request, state="ready")),
        ("requests", ("fulfilled",), partial(_request, state="handedOver")),
        ("requests", ("refused",), partial(_request, state="refused")),
        ("requests", ("cancelled",), partial(_request, state="cancelled")),
        ("loans", ("handedOver", "dueDateChanged", "dueSoon", "dueToday", "overdue"), _loan),
        ("loans", ("returned",), partial(_end, state="returned")),
        ("loans", ("lost",), partial(_end, state="lost")),
        ("borrowers", ("erased",), _nothing),
    )
    for what in whats
}
