"""The rows that the notifications service keeps, column by column as `tables.py` has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypedDict

MessageState = Literal[
    "planned",
    "heldQuietHours",
    "sending",
    "sent",
    "delivered",
    "bounced",
    "toCall",
    "called",
    "noAnswer",
    "posted",
    "returnedMail",
    "cancelled",
    "expired",
    "failed",
]
DeliveryState = Literal["sending", "unknown", "sent", "notSent", "delivered", "bounced"]


class MessageRow(TypedDict):
    """A row of `messages`."""

    id: str
    key: str
    kind: str
    source: str
    about: str
    person: str | None
    municipality: str | None
    digipunt: str | None
    state: MessageState
    channel: str | None
    reason: str | None
    tried: list[str]
    attempts: int
    next_at: datetime | None
    until: datetime
    delivery: str | None
    batch: str | None
    planned_at: datetime
    changed_at: datetime
    version: int
    caused_at: datetime | None


class MessageHistoryRow(TypedDict):
    """A row of `message_history`."""

    seq: int
    message: str
    at: datetime
    state: MessageState
    channel: str | None
    reason: str | None


class DeliveryRow(TypedDict):
    """A row of `deliveries`."""

    id: str
    channel: str
    state: DeliveryState
    reference: str | None
    segments: int | None
    started_at: datetime
    deadline: datetime


class ContactDayRow(TypedDict):
    """A row of `told_days`."""

    person: str
    day: date
    delivery: str | None


class GatewayRow(TypedDict):
    """A row of `gateways`."""

    channel: str
    failures: int
    down_since: datetime
    next_try: datetime
    detail: str


class OpenLoanRow(TypedDict):
    """A row of `open_loans`."""

    loan: str
    person: str
    digipunt: str
    municipality: str | None


class LetterBatchRow(TypedDict):
    """A row of `letter_batches`."""

    id: str
    municipality: str
    made_at: datetime
    posted_at: datetime | None
    version: int


class TemplateRow(TypedDict):
    """A row of `templates`."""

    municipality: str
    kind: str
    language: str
    part: str
    text: str
    changed_at: datetime


class MessageChanges(TypedDict, total=False):
    """What changes in a message with its state."""

    person: str | None
    channel: str | None
    tried: list[str]
    attempts: int
    next_at: datetime | None
    until: datetime
    delivery: str | None
    batch: str | None
