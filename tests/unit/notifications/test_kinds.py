"""A message kind is defined in five places; what is forgotten in one of them fails a test here."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from contracts.envelope import Event
from contracts.message_context import LANGUAGES
from contracts.refdata import active, codes
from services.loans.queries import context
from services.notifications import texts
from services.notifications.model import seats
from services.notifications.model.kinds import ANNOUNCEMENTS, KINDS, PARTS, Kind
from services.notifications.model.plans import outcome_of
from services.notifications.model.rows import SeatRow, SessionRow
from services.notifications.model.states import ChannelName, Reason, State
from services.reporting.queries import sheets
from services.visits.queries import messages
from tests.contract.golden import FILES

TEMPLATES = Path(texts.__file__).parent / "templates"

VARIANTS = [
    *({"state": state} for state in ("ready", "returned")),
    *({"step": step} for step in (1, 2, 3)),
    {"kind": "callBack"},
]
"""Values on which it depends whether an event plans a message; add those of a new rule."""


def variants(event: Event) -> Iterator[Event]:
    """The event, and the same with other values in its data or in the resource that it is about."""
    yield event
    for values in VARIANTS:
        data = {
            name: inner | values if isinstance(inner, dict) else inner for name, inner in event.data.items()
        }
        yield event._replace(data=data | values)


@pytest.mark.parametrize(
    ("literal", "list_name"),
    [(Kind, "messageKind"), (State, "messageState"), (Reason, "messageReason"), (ChannelName, "channel")],
)
def test_the_types_are_the_reference_data(literal, list_name):
    """A code in contracts/labels.py stands in the type too, and the other way round."""
    assert set(get_args(literal)) == codes(list_name)


def test_every_kind_is_in_the_table():
    """A code of refData/messageKind has its owner, its facts and its role in `model/kinds.py`."""
    assert set(KINDS) == active("messageKind")


def test_every_kind_has_its_file_of_texts():
    """`templates/<kind>.yaml` has every part in every language, and no file is left over."""
    assert {file.stem for file in TEMPLATES.glob("*.yaml")} == {*KINDS, "frame"}
    missing = [
        f"{kind} {language} {part}"
        for kind in KINDS
        for language in LANGUAGES
        for part in PARTS
        if part not in texts._standard(kind).get(language, {})
    ]
    assert missing == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_standard_texts_use_the_facts_of_their_kind_only(kind):
    """A standard text passes the check that a municipality's own text must pass."""
    for language in LANGUAGES:
        for part in PARTS:
            texts.require_usable(kind, language, part, texts.standard(kind, language, part))


def planned_for_a_seat() -> set[Kind]:
    """What is planned for somebody with a seat: by events of the seat and of its session together."""
    now = datetime(2026, 11, 30, 10, tzinfo=UTC)
    session: SessionRow = {
        "id": "1",
        "municipality": "24107",
        "digipunt": None,
        "starts_at": now + timedelta(days=14),
        "ends_at": now + timedelta(days=14, hours=2),
        "state": "planned",
        "version": 1,
    }
    seat: SeatRow = {
        "id": "2",
        "session": "1",
        "contact": "3",
        "state": "confirmed",
        "promoted": False,
        "confirmed_at": now,
        "knew": None,
        "version": 1,
    }
    outcomes = [
        seats.taken(seat, session),
        seats.taken({**seat, "promoted": True}, session),
        seats.changed(seat, session, ["startsAt"], now, tell=True),
        seats.cancelled(seat, session, now),
    ]
    return {plan.kind for outcome in outcomes for plan in outcome.plans}


def test_every_kind_is_planned_by_an_event_or_announced():
    """Of the golden events, each with its variants, some event of the kind's owner plans it, or a seat in a session does."""
    planned = planned_for_a_seat()
    for file in FILES:
        event = Event.decode(file.read_bytes())
        service = event.type.split(".")[2]
        for variant in variants(event):
            for plan in outcome_of(variant).plans:
                planned.add(plan.kind)
                assert KINDS[plan.kind].owner == service, plan.kind
    assert planned | set(ANNOUNCEMENTS) == set(KINDS)
    assert planned & set(ANNOUNCEMENTS) == set()


@pytest.mark.parametrize(
    ("owner", "answered"), [("loans", context.KINDS), ("visits", messages.KINDS), ("reporting", sheets.KINDS)]
)
def test_every_owner_answers_for_its_kinds(owner, answered):
    """The service that the table names knows whether such a message is still true (`message_context`)."""
    assert {kind for kind in KINDS if KINDS[kind].owner == owner} == answered
