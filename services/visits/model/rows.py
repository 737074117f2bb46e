"""The rows that the visits service keeps, column by column as `tables.py` has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict


class DigipuntRow(TypedDict):
    """A row of `digipunts`."""

    id: str
    name: str
    municipality: str
    organisation: str | None
    address: Any
    phone: str | None
    opening: Any
    opened_on: date | None
    closed_on: date | None
    state: str
    content_hash: str
    version: int


class VisitRow(TypedDict):
    """A row of `visits`."""

    id: str
    digipunt: str
    municipality: str
    day: date
    started_at: datetime
    duration: int | None
    themes: Any
    help: str | None
    outcome: str | None
    self_reliance: str | None
    place: str
    contact: str
    visitor: str | None
    bottlenecks: Any
    referred_from: str | None
    referred_to: str | None
    age_band: str | None
    situation: Any
    residence: str | None
    device: str | None
    helper: str | None
    note: str | None
    state: str
    void_reason: str | None
    content_hash: str
    version: int


class VisitorCardRow(TypedDict):
    """A row of `visitor_cards`."""

    id: str
    code: str
    state: str
    issued_on: date
    retired_on: date | None
    version: int


class SessionRow(TypedDict):
    """A row of `sessions`."""

    id: str
    kind: str
    title: str
    description: str | None
    location: str | None
    digipunt: str | None
    municipality: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    taken: int
    registrations: int
    state: str
    attendance: Any
    content_hash: str
    version: int


class RegistrationRow(TypedDict):
    """A row of `registrations`."""

    id: str
    session: str
    municipality: str
    number: int
    seats: int
    visitor: str | None
    reference: str
    state: str
    content_hash: str
    version: int


class FeedbackRow(TypedDict):
    """A row of `feedback`."""

    id: str
    digipunt: str
    municipality: str
    day: date
    self_reliance: str | None
    satisfaction: int | None
    would_return: str | None


class FollowUpRow(TypedDict):
    """A row of `follow_ups`."""

    id: str
    digipunt: str
    municipality: str
    visit: str | None
    kind: str
    due_on: date
    note: str | None
    state: str
    outcome: str | None
    content_hash: str
    version: int
