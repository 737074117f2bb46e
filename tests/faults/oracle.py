"""What must be true after every fault, derived from tables and never from logs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chassis.clock import SystemClock
from chassis.inbox.projection import Projection
from chassis.storage import migrations
from chassis.storage.database import Database
from contracts.envelope import Event
from services import load
from services.reporting.handlers.figures import apply
from services.reporting.tables import READ_MODELS, cells
from tests.faults.deployment import Deployment

NO_HOLE = """
SELECT count(*), count(position), count(DISTINCT position), coalesce(max(position), 0),
       (SELECT position FROM journal_head) FROM journal
"""
OUT_OF_ORDER = """
SELECT count(*) FROM (SELECT entity_version, row_number() OVER (PARTITION BY subject ORDER BY position) AS place
FROM journal WHERE subject LIKE 'visits/%') AS changes WHERE entity_version != place
"""
REGISTERED = "SELECT substr(subject, 8) FROM journal WHERE subject LIKE 'visits/%' AND entity_version = 1"
KEPT = """
SELECT municipality, day, CAST(digipunt AS text), count(*) FROM visits WHERE state != 'voided' GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Verdict:
    """What the oracle counted; all but `events` must be 0."""

    events: int
    lost: int
    doubled: int


def examine(deployment: Deployment, accepted: Iterable[str], *, parked: int = 0) -> Verdict:
    """Hold journal and read models against each other once reporting is level; fails on the first thing untrue."""
    with deployment.databases["visits"].read() as connection:
        rows, stamped, distinct, last, head = connection.execute(sa.text(NO_HOLE)).one()
        assert rows == stamped == distinct == last == head, "the journal is 1..N without a hole"
        assert connection.execute(sa.text(OUT_OF_ORDER)).scalar_one() == 0, (
            "a subject's versions are in order"
        )
        registered = Counter(connection.execute(sa.text(REGISTERED)).scalars())
        kept = Counter({tuple(row[:3]): row[3] for row in connection.execute(sa.text(KEPT))})
    lost = set(accepted) - set(registered)
    assert not lost, f"{len(lost)} visits were answered 201 and are not in the journal"
    assert set(registered.values()) <= {1}, "a visit is registered once"
    with deployment.databases["reporting"].read() as connection:
        [checkpoint] = connection.execute(
            sa.text("SELECT * FROM checkpoints WHERE active AND source = 'visits'")
        ).all()
        aside = connection.execute(
            sa.text("SELECT count(*) FROM parked WHERE generation = :g"), {"g": checkpoint.generation}
        ).scalar_one()
        live = _rows(connection, checkpoint.generation)
        counted = _contacts(connection, checkpoint.generation)
    assert (checkpoint.position, checkpoint.state) == (head, "following")
    assert aside == parked
    verdict = Verdict(head, (kept - counted).total(), (counted - kept).total())
    assert parked or not verdict.lost + verdict.doubled, f"counted one by one, the figures differ: {verdict}"
    if not parked:
        rebuilt = _rebuilt(deployment)
        for table in live:
            assert live[table] == rebuilt[table], f"{table} differs from a rebuild"
    return verdict


def read_models(deployment: Deployment) -> dict[str, Any]:
    """The rows of reporting's read models, by table and key."""
    # A million facts take longer to gather here than a service may leave a transaction waiting.
    with deployment.databases["reporting"].begin(unlimited=True) as connection:
        generation = connection.execute(
            sa.text("SELECT generation FROM checkpoints WHERE active AND source = 'visits'")
        ).scalar_one()
        return _rows(connection, generation)


def _rebuilt(deployment: Deployment) -> dict[str, Any]:
    """The read models made anew in a database of their own, from the journal."""
    url = deployment.postgres.url_for("oracle")
    [service] = load(["reporting"])
    migrations.upgrade(url, service.migrations / "versions")
    database = Database(url)
    try:
        projection = Projection(
            database, subscriber="reporting", source="visits", project=apply, clock=SystemClock()
        )
        generation, position = projection.prepare(), 0
        while True:
            _, entries = deployment.journal.page(position)
            if not entries:
                break
            events = [Event.decode(entry.body) for entry in entries]
            position = projection.apply(events, generation).position
        with database.read() as connection:
            assert connection.execute(sa.text("SELECT count(*) FROM parked")).scalar_one() == 0
            return _rows(connection, generation)
    finally:
        database.close()


def _rows(connection: sa.Connection, generation: int) -> dict[str, Any]:
    """Each read model's rows by key, without those whose sums are all 0: how events were cut leaves these."""
    models = {}
    for table in READ_MODELS:
        width = len(table.primary_key.columns)
        found = connection.execute(sa.select(table).where(table.c.generation == generation))
        models[table.name] = {
            tuple(row[1:width]): tuple(row[width:]) for row in found if row[-1] not in ({}, 0)
        }
    return models


def _contacts(connection: sa.Connection, generation: int) -> Counter[Any]:
    """Contacts by municipality, day and digipunt."""
    found = connection.execute(
        sa.select(cells).where(cells.c.generation == generation, cells.c.scope == "P", cells.c.grain == "D")
    )
    return Counter(
        {
            (row.municipality, row.start, row.digipunt): row.counts["contacts|"]
            for row in found
            if row.counts.get("contacts|")
        }
    )
