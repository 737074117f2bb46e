"""The projection of the events of visits: where the digipunten are, and when they are open."""

from __future__ import annotations

from chassis.inbox.projection import Batch
from chassis.storage.database import replacing
from contracts.events import event_type
from services.loans.model.rows import PointRow
from services.loans.tables import points

FOLLOWED = {event_type("visits", "digipunts", what) for what in ("opened", "changed", "closed")}


def project(batch: Batch) -> None:
    """Store the newest version of each digipunt; an older one changes nothing, so a rebuild does no harm."""
    newest = {
        event.data["digipunt"]["id"]: (event.data["digipunt"], event.entityversion)
        for event in batch.events
        if event.type in FOLLOWED
    }
    statement = replacing(batch.connection.dialect.name, points, newer=True)
    for digipunt, version in newest.values():
        row: PointRow = {
            "id": digipunt["id"],
            "municipality": digipunt["municipality"],
            "name": digipunt.get("name"),
            "address": digipunt.get("address"),
            "phone": digipunt.get("phone"),
            "opening": digipunt.get("opening", []),
            "version": version,
        }
        batch.connection.execute(statement, dict(row))
