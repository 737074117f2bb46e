"""The digipunten, as visits publishes them or as a coordinator names them."""

from __future__ import annotations

from chassis.inbox.projection import Batch
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import replacing, upsert
from common.access import Caller, municipality_of
from contracts.events import event_type
from services.desk.model.rows import PointRow
from services.desk.tables import POINTS, points

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
            "phone": digipunt.get("phone"),
            "version": version,
        }
        batch.connection.execute(statement, dict(row))


def digipunt_for(uow: UnitOfWork, caller: Caller, id: str, municipality: str | None = None) -> PointRow:
    """The digipunt that a body names, where the caller has to work.

    One that visits has not published counts from when it is first named with its municipality: the desk also works alone.
    """
    known = POINTS.find(uow.connection, id)
    place = municipality_of(caller, id, known["municipality"] if known else None, municipality)
    if known is not None:
        return known
    row: PointRow = {"id": id, "municipality": place, "name": None, "phone": None, "version": 0}
    uow.connection.execute(upsert(uow.dialect, points).on_conflict_do_nothing(), dict(row))
    return row
