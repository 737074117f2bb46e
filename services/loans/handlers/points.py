"""What lending learns of digipunts from the events of visits: where they are, when they are open, how to call them."""

from __future__ import annotations

from chassis.inbox.projection import Batch
from chassis.storage.database import upsert
from contracts.events import event_type
from services.loans.tables import points

TOLD = {event_type("visits", "digipunts", what) for what in ("opened", "changed", "closed")}


def learn(batch: Batch) -> None:
    """Keep the newest that was told of each digipunt; older news changes nothing, so a rebuild does no harm."""
    newest = {
        event.data["digipunt"]["id"]: (event.data["digipunt"], event.entityversion)
        for event in batch.events
        if event.type in TOLD
    }
    statement = upsert(batch.connection.dialect.name, points)
    kept = {each.name: statement.excluded[each.name] for each in points.c if each.name != "id"}
    statement = statement.on_conflict_do_update(
        index_elements=[points.c.id], set_=kept, where=points.c.version < statement.excluded.version
    )
    for point, version in newest.values():
        row = {name: point.get(name) for name in ("id", "municipality", "name", "address", "phone")}
        row |= {"opening": point.get("opening", []), "version": version}
        batch.connection.execute(statement, row)
