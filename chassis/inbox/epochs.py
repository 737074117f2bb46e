"""The epochs of each source that were met. What is of one of them and not of the checkpoint's is of a past that was left."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from chassis.storage.database import upsert
from chassis.storage.tables import epochs


def met(connection: sa.Connection, source: str) -> set[str]:
    """The epochs of the journal of `source` that were met."""
    return set(connection.execute(sa.select(epochs.c.epoch).where(epochs.c.source == source)).scalars())


def remember(connection: sa.Connection, source: str, found: Iterable[str | None], now: datetime) -> None:
    """These epochs of the journal of `source` were met."""
    rows = [
        {"source": source, "epoch": epoch, "met_at": now}
        for epoch in sorted({epoch for epoch in found if epoch is not None})
    ]
    if rows:
        connection.execute(upsert(connection.dialect.name, epochs).on_conflict_do_nothing(), rows)
