"""What the notifications service follows: loans, visits and reporting, whose events call for messages or make them obsolete."""

from __future__ import annotations

from chassis.inbox.projection import Batch
from chassis.inbox.subscribe import subscribe
from chassis.runtime.application import Application
from services.notifications.handlers import appointments, planning, readers, senders
from services.notifications.tables import digipunts, open_loans


@subscribe("loans", [open_loans])
def on_loans(app: Application, batch: Batch) -> None:
    """Plan and withdraw messages about loans and requests."""
    planning.apply(batch, app.unit_of_work)


@subscribe("visits", mirrors=[digipunts])
def on_visits(app: Application, batch: Batch) -> None:
    """Keep the digipunten up to date; plan and withdraw messages about sessions and follow-ups."""
    senders.project(batch)
    appointments.apply(batch, app.unit_of_work)


@subscribe("reporting")
def on_reporting(app: Application, batch: Batch) -> None:
    """Plan messages to those who asked for a bottleneck sheet."""
    readers.apply(batch, app.unit_of_work)
