"""Events become messages, once each, and withdraw messages that are no longer true.

Runs inside the transaction that advances the checkpoint. A message has a key, so an event that is applied again (a rebuild,
a restored owner) plans nothing twice. A day that moves there and back and there again is told again: `model.repeats`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import sqlalchemy as sa

from chassis.clock import local_day
from chassis.inbox.checkpoints import active_generations
from chassis.inbox.projection import Batch
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from chassis.storage.rows import raise_if
from chassis.storage.trail import TIMER
from common.access import Caller, require_municipality
from contracts.envelope import Event
from services.notifications.handlers.contacts import is_erased
from services.notifications.handlers.messages import erase
from services.notifications.handlers.transitions import append_history, lock_messages, publish, transition
from services.notifications.model import timing
from services.notifications.model.kinds import KINDS, OF_VISITS, Kind, of_the_same_day
from services.notifications.model.plans import (
    OpenLoan,
    Outcome,
    Plan,
    announcement,
    closing_issues,
    outcome_of,
)
from services.notifications.model.repeats import Earlier, again, caused_at, must_be_told_again
from services.notifications.model.rows import MessageRow, OpenLoanRow
from services.notifications.model.states import OPEN
from services.notifications.tables import messages, open_loans

Within = Callable[[str | None, sa.Connection], UnitOfWork]
"""Makes a unit of work inside a transaction that the consumer commits; the trace is the event's."""


def apply(batch: Batch, within: Within) -> None:
    """Apply a batch of events. Raises KeyError and the like on an event that breaks its contract."""
    for event in batch.events:
        with within(event.traceparent, batch.connection) as uow:
            apply_event(uow, event, batch.generation)


def apply_event(uow: UnitOfWork, event: Event, generation: int) -> None:
    """Do what this event calls for by itself, in the open loans of this generation."""
    outcome = outcome_of(event)
    if outcome.erased:
        erase(uow, TIMER, outcome.erased, event.municipality, "told")
    if outcome.began:
        remember_loan(uow, outcome.began, event.municipality, generation)
    if outcome.ended:
        ended = (open_loans.c.generation == generation) & (open_loans.c.loan == outcome.about)
        uow.connection.execute(sa.delete(open_loans).where(ended))
    follow(uow, outcome, event)


def follow(uow: UnitOfWork, outcome: Outcome, event: Event) -> None:
    """Withdraw what is no longer true, and plan what is to be told."""
    if outcome.withdrawn:
        withdraw(uow, outcome, event.time)
    for plan in outcome.plans:
        add(uow, plan, event.municipality)


def remember_loan(uow: UnitOfWork, loan: OpenLoan, municipality: str | None, generation: int) -> None:
    """Remember who has a device of which digipunt."""
    row: OpenLoanRow = {
        "generation": generation,
        "loan": loan.loan,
        "person": loan.person,
        "digipunt": loan.digipunt,
        "municipality": municipality,
    }
    uow.connection.execute(upsert(uow.dialect, open_loans).values(row).on_conflict_do_nothing())


def announce(
    uow: UnitOfWork,
    caller: Caller,
    kind: Kind,
    municipality: str,
    digipunt: str | None,
    *,
    closes_on: date | None = None,
) -> int:
    """Plan a message to everybody who has a device of this municipality, or of one digipunt in it; returns how many."""
    require_municipality(caller, municipality, "municipality", municipality)
    if closes_on is not None:
        raise_if(closing_issues(kind, closes_on, local_day(uow.clock.now())))
    where = [
        open_loans.c.generation.in_(active_generations("loans")),
        open_loans.c.municipality == municipality,
    ]
    if digipunt is not None:
        where.append(open_loans.c.digipunt == digipunt)
    rows = uow.connection.execute(sa.select(open_loans).where(*where)).all()
    now = uow.clock.now()
    loans = [OpenLoan(row.loan, row.person, row.digipunt) for row in rows]
    return sum(add(uow, announcement(kind, loan, now, closes_on), municipality) for loan in loans)


def withdraw(uow: UnitOfWork, outcome: Outcome, at: datetime) -> None:
    """Expire what was planned before `at` and is no longer true; what the outcome plans again stays."""
    rows = lock_messages(
        uow,
        messages.c.about == outcome.about,
        messages.c.kind.in_(outcome.withdrawn),
        messages.c.state.in_(OPEN),
        *(messages.c.key != plan.key for plan in outcome.plans),
        *(~messages.c.key.startswith(f"{plan.key}@", autoescape=True) for plan in outcome.plans),
        sa.or_(messages.c.caused_at.is_(None), messages.c.caused_at < at),
    )
    for row in rows:
        transition(uow, row, "expired", reason="noLongerTrue", next_at=None)


def add(uow: UnitOfWork, plan: Plan, municipality: str | None) -> bool:
    """Plan a message; False when it was planned before and nothing else was told since, or is for an erased contact.

    One that comes too late is stored as expired, so that it shows.
    """
    if plan.kind in OF_VISITS and plan.person is not None and is_erased(uow.connection, plan.person):
        return False
    now = uow.clock.now()
    late = plan.until <= now
    row: MessageRow = {
        "id": uow.new_id(),
        "key": plan.key,
        "kind": plan.kind,
        "source": KINDS[plan.kind].owner,
        "about": plan.about,
        "person": plan.person,
        "municipality": municipality,
        "digipunt": plan.digipunt,
        "state": "expired" if late else "planned",
        "channel": None,
        "reason": "tooLate" if late else None,
        "tried": [],
        "attempts": 0,
        "next_at": None if late else max(plan.at, now + timing.SETTLING),
        "until": plan.until,
        "delivery": None,
        "batch": None,
        "planned_at": now,
        "changed_at": now,
        "version": 1,
        "caused_at": caused_at(plan),
        "closes_on": plan.closes_on,
    }
    if not _insert(uow, row):
        if not _is_news(uow, plan):
            return False
        row = {**row, "key": again(plan)}
        if not _insert(uow, row):
            return False
    append_history(uow, row, row["state"], row["reason"])
    publish(uow, row, "expired" if late else "planned")
    return True


def _insert(uow: UnitOfWork, row: MessageRow) -> bool:
    """Whether there was no message of this key yet."""
    statement = upsert(uow.dialect, messages).values(row)
    inserted = uow.connection.execute(statement.on_conflict_do_nothing(index_elements=[messages.c.key]))
    return bool(inserted.rowcount)


def _is_news(uow: UnitOfWork, plan: Plan) -> bool:
    kinds = of_the_same_day(plan.kind)
    if not kinds:
        return False
    found = uow.connection.execute(
        sa.select(
            messages.c.kind, messages.c.key, messages.c.state, messages.c.reason, messages.c.caused_at
        ).where(
            messages.c.about == plan.about,
            messages.c.kind.in_(kinds),
            messages.c.person == plan.person,
            sa.or_(messages.c.caused_at.is_(None), messages.c.caused_at <= caused_at(plan)),
        )
    )
    return must_be_told_again(plan, [Earlier(*each) for each in found])
