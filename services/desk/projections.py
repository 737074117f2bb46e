"""What the desk service follows: where the digipunten are, as visits publishes it."""

from __future__ import annotations

from chassis.inbox.projection import Batch
from chassis.inbox.subscribe import subscribe
from chassis.runtime.application import Application
from services.desk.handlers import digipunts
from services.desk.tables import points


@subscribe("visits", mirrors=[points])
def on_visits(app: Application, batch: Batch) -> None:
    """Keep the digipunten up to date."""
    digipunts.project(batch)
