"""What the reporting service follows: the journals that its figures are made of, in a region those of many deployments."""

from __future__ import annotations

from chassis.inbox.projection import Batch
from chassis.inbox.subscribe import subscribe
from chassis.runtime.application import Application
from services.reporting.handlers.figures import apply, apply_loans
from services.reporting.model.fold import fold
from services.reporting.model.layout import VERSION
from services.reporting.tables import LOAN_READ_MODELS, PREPARED, READ_MODELS


@subscribe("visits", [*READ_MODELS, *PREPARED], fold=fold, regional=True, version=VERSION)
def on_visits(app: Application, batch: Batch) -> None:
    """Count visits, sessions and referrals."""
    apply(batch)


@subscribe("loans", LOAN_READ_MODELS, regional=True)
def on_loans(app: Application, batch: Batch) -> None:
    """Count devices, requests and loans."""
    apply_loans(batch)
