"""The rows that the visits service keeps, column by column as `tables.py` has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NotRequired, TypedDict

from common.openings import Opening

DigipuntState = Literal["open", "closed"]
VisitState = Literal["registered", "voided"]
CardState = Literal["active", "retired"]
SessionState = Literal["planned", "cancelled", "held"]
RegistrationState = Literal["confirmed", "waiting", "cancelled"]
FollowUpState = Literal["planned", "done"]


class Address(TypedDict, total=False):
    """Where the door is, as far as it is known."""

    street: str | None
    postalCode: str | None
    town: str | None


class Bottleneck(TypedDict):
    """An online service that stopped somebody, and why; the note never travels."""

    service: str
    cause: str
    note: NotRequired[str | None]


class AgeBandCount(TypedDict):
    """How many people of one age band."""

    code: str
    count: int


class Attendance(TypedDict):
    """Who came to a session, as counts."""

    present: int
    registered: int
    walkIn: int
    ageBands: list[AgeBandCount]


class DigipuntRow(TypedDict):
    """A row of `digipunts`."""

    id: str
    name: str
    municipality: str
    organisation: str | None
    address: Address | None
    phone: str | None
    opening: list[Opening]
    opened_on: date | None
    closed_on: date | None
    state: DigipuntState
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
    themes: list[str]
    help: str | None
    outcome: str | None
    self_reliance: str | None
    place: str
    contact: str
    visitor: str | None
    bottlenecks: list[Bottleneck]
    referred_from: str | None
    referred_to: str | None
    age_band: str | None
    situation: list[str]
    residence: str | None
    device: str | None
    helper: str | None
    note: str | None
    state: VisitState
    void_reason: str | None
    registered_at: datetime | None
    content_hash: str
    version: int


class VisitorCardRow(TypedDict):
    """A row of `visitor_cards`."""

    id: str
    code: str
    state: CardState
    issued_on: date
    retired_on: date | None
    version: int


class FoundCardRow(VisitorCardRow):
    """A card that was looked up by its code, and whether a visit today is its first of this calendar year."""

    contact: Literal["first", "repeat"]


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
    state: SessionState
    attendance: Attendance | None
    content_hash: str
    version: int


class PublicSessionRow(SessionRow):
    """A session with the digipunt where it is, if it is at one."""

    digipunt_name: str | None
    digipunt_address: Address | None


class RegistrationRow(TypedDict):
    """A row of `registrations`."""

    id: str
    session: str
    municipality: str
    number: int
    seats: int
    visitor: str | None
    contact: str | None
    reference: str
    state: RegistrationState
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
    contact: str | None
    kind: str
    due_on: date
    note: str | None
    state: FollowUpState
    outcome: str | None
    content_hash: str
    version: int
