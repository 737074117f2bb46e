"""The epochs of journals that are restored: a new one for each, and what its subscribers have to know of those of before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.clock import SystemClock
from chassis.inbox.epochs import remember
from chassis.storage.tables import checkpoints, epochs, journal_head


def known_to(connection: sa.Connection, service: str) -> Iterable[tuple[str, str]]:
    """Source and epoch of all journals that this database, of whatever release, knows of, its own among them."""
    asked = {
        journal_head: sa.select(sa.literal(service), journal_head.c.epoch),
        checkpoints: sa.select(checkpoints.c.source, checkpoints.c.epoch),
        epochs: sa.select(epochs.c.source, epochs.c.epoch),
    }
    there = sa.inspect(connection)
    for table, statement in asked.items():
        if there.has_table(table.name):
            yield from ((row[0], row[1]) for row in connection.execute(statement) if row[1] is not None)


def renew(
    connection: sa.Connection,
    service: str,
    new: Mapping[str, tuple[str, str]],
    manifest: Mapping[str, Any],
    left: Mapping[str, set[str]],
) -> None:
    """Begin the new epoch of this service's journal, and let its subscriptions go on in the others' new ones.

    `new` has the epoch in the backup and the new one of each service, `left` those in the databases that are replaced. A
    subscription goes on where the journal reaches as far as its checkpoint.
    """
    connection.execute(sa.update(journal_head).values(epoch=new[service][1], relay=None, relay_until=None))
    now = SystemClock().now()
    for source, (before, after) in new.items():
        remember(connection, source, {before, *left.get(source, ())}, now)
        connection.execute(
            sa.update(checkpoints)
            .where(
                checkpoints.c.source == source,
                # One that has applied nothing yet may know no epoch, and would take that of the first message for it.
                sa.or_(checkpoints.c.epoch == before, checkpoints.c.epoch.is_(None)),
                checkpoints.c.position <= manifest["services"][source]["position"],
            )
            .values(epoch=after, head=None, head_seen_at=None)
        )
