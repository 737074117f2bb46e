"""The rows that the notifications service keeps, column by column as `tables.py` has them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, TypedDict

from common.openings import Opening
from contracts.message_context import Language
from services.notifications.model.kinds import Kind, Owner, Part
from services.notifications.model.states import ChannelName, DeliveryState, PushChannel, Reason, State

ContactState = Literal["active", "erased"]


class MessageRow(TypedDict):
    """A row of `messages`."""

    id: str
    key: str
    kind: Kind
    source: Owner
    about: str
    person: str | None
    municipality: str | None
    digipunt: str | None
    state: State
    channel: ChannelName | None
    reason: Reason | None
    tried: list[ChannelName]
    attempts: int
    next_at: datetime | None
    until: datetime
    delivery: str | None
    batch: str | None
    planned_at: datetime
    changed_at: datetime
    version: int
    caused_at: datetime | None
    closes_on: date | None


class MessageChanges(TypedDict, total=False):
    """The columns of `messages` that a transition may change beside the state and the reason."""

    person: str | None
    channel: ChannelName | None
    tried: list[ChannelName]
    attempts: int
    next_at: datetime | None
    until: datetime
    delivery: str | None
    batch: str | None


class HistoryStep(TypedDict):
    """The part of a row of `message_history` that says what happened."""

    at: datetime
    state: State
    channel: ChannelName | None
    reason: Reason | None


class MessageHistoryRow(HistoryStep):
    """A row of `message_history`."""

    seq: int
    message: str


class DeliveryRow(TypedDict):
    """A row of `deliveries`."""

    id: str
    channel: PushChannel
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

    channel: PushChannel
    failures: int
    down_since: datetime
    next_try: datetime
    detail: str


class OpenLoanRow(TypedDict):
    """A row of `open_loans`."""

    generation: int
    loan: str
    person: str
    digipunt: str
    municipality: str | None


class ContactRow(TypedDict):
    """A row of `contacts`. `sealed` is the encrypted `Personal` of the contact; None once they were erased."""

    id: str
    digipunt: str
    municipality: str
    sealed: str | None
    state: ContactState
    stored_at: datetime
    forgotten_at: datetime | None
    version: int


class ReaderRow(TypedDict):
    """A row of `readers`. `sealed` is the encrypted `Personal` of the reader; who was added later hears nothing of before."""

    id: str
    municipality: str
    sealed: str
    since: datetime
    version: int


class SessionRow(TypedDict):
    """A row of `sessions`: what people are told of one."""

    id: str
    municipality: str
    digipunt: str | None
    starts_at: datetime
    ends_at: datetime
    state: str
    version: int


class SeatRow(TypedDict):
    """A row of `seats`: a registration that names a contact. `knew` is for when the session was when they were last told."""

    id: str
    session: str
    contact: str
    state: str
    promoted: bool
    confirmed_at: datetime | None
    knew: datetime | None
    version: int


class CallBackRow(TypedDict):
    """A row of `call_backs`: a follow-up that names a contact."""

    id: str
    contact: str
    due_on: date


class CallClaimRow(TypedDict):
    """A row of `call_claims`: who calls about a message just now."""

    message: str
    claim: str
    claimed_by: str
    until: datetime


class DigipuntRow(TypedDict):
    """A row of `digipunts`."""

    id: str
    municipality: str
    name: str
    address: dict[str, str] | None
    phone: str | None
    opening: list[Opening]
    open: bool
    version: int


class MunicipalityRow(TypedDict):
    """A row of `municipalities`."""

    municipality: str
    phone: str | None
    email: str | None
    changed_at: datetime


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
    kind: Kind
    language: Language
    part: Part
    text: str
    changed_at: datetime
