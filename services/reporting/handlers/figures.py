"""Applies a batch of events to the read models: folded in memory, then one statement per table.

Runs inside the transaction that advances the checkpoint. Its lock makes this the only writer of its generation, so a cell
can be read, added to and written back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.inbox.projection import Batch
from services.reporting.model import loans as lending
from services.reporting.model.fold import Deltas, VisitorDay, fold
from services.reporting.model.people import people_deltas, period_start
from services.reporting.tables import (
    cells,
    devices,
    digipunts,
    fact_months,
    facts,
    lent_devices,
    loan_ends,
    loan_requests,
    loans,
    people,
    registrations,
    sessions,
    visitor_days,
)
from services.reporting.upserts import add, delete, insert, put, read

CellKey = tuple[str, str, str, date, str]
"""Scope, municipality, grain, first day, digipunt."""

CHUNK = 1000
"""Visitors in one query; SQLite takes up to 32,766 parameters."""


def apply(batch: Batch) -> None:
    """Apply `batch` of the source visits. Raises what `fold` raises on an event that breaks its contract."""
    connection, generation = batch.connection, batch.generation
    deltas = fold(batch.events) if batch.folded is None else batch.folded
    _add_cells(connection, generation, cell_deltas(deltas))
    _add_visitors(connection, generation, {key: count for key, count in deltas.visitors.items() if count})
    _put_facts(connection, generation, deltas)
    _put_newest(
        batch,
        {
            digipunts: deltas.digipunts.values(),
            sessions: deltas.sessions.values(),
            registrations: deltas.registrations.values(),
        },
    )


def apply_loans(batch: Batch) -> None:
    """Apply `batch` of the source loans. Raises what `fold` raises on an event that breaks its contract."""
    rows = lending.fold(batch.events)
    _put_newest(
        batch,
        {
            devices: rows.devices.values(),
            loan_requests: rows.requests.values(),
            loans: rows.loans.values(),
            lent_devices: rows.lent.values(),
            loan_ends: rows.ends.values(),
        },
    )


def cell_deltas(deltas: Deltas) -> dict[CellKey, dict[str, int]]:
    """The sums by day, and those by month made of them."""
    changes: dict[CellKey, dict[str, int]] = {}
    for (scope, municipality, day, digipunt), cell in deltas.cells.items():
        counts = cell.sums()
        changes[scope, municipality, "D", day, digipunt] = counts
        month = changes.setdefault((scope, municipality, "M", period_start(day, "M"), digipunt), {})
        _add(month, counts)
    return changes


def _put_newest(batch: Batch, newest: Mapping[sa.Table, Iterable[tuple[Any, ...]]]) -> None:
    """Insert each row, whose columns follow the generation, or replace the one with its key."""
    for table, rows in newest.items():
        put(batch.connection, table, batch.generation, rows)


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    get = counts.get
    for key, count in more.items():
        counts[key] = get(key, 0) + count


def _add_cells(connection: sa.Connection, generation: int, changes: dict[CellKey, dict[str, int]]) -> None:
    for row in read(connection, cells, generation, changes):
        _add(changes[row.scope, row.municipality, row.grain, row.start, row.digipunt], row.counts)
    rows = [
        (*key, {name: count for name, count in counts.items() if count}) for key, counts in changes.items()
    ]
    put(connection, cells, generation, rows)


def _put_facts(connection: sa.Connection, generation: int, deltas: Deltas) -> None:
    # A visit is registered once, so a fact that nothing took away before is a new one.
    delete(connection, facts, generation, deltas.changed)
    insert(connection, facts, generation, filter(None, deltas.facts.values()))
    add(connection, fact_months, generation, [(*month, count) for month, count in deltas.changes.items()])


def _add_visitors(connection: sa.Connection, generation: int, changes: dict[VisitorDay, int]) -> None:
    if not changes:
        return
    before = _visits_of(connection, generation, changes)
    groups = people_deltas(before, changes)
    add(connection, visitor_days, generation, [(*key, count) for key, count in changes.items()])
    add(connection, people, generation, [(*group, count) for group, count in groups.items()])
    gone = [key for key, count in changes.items() if before.get(key, 0) + count == 0]
    delete(connection, visitor_days, generation, gone)


def _visits_of(
    connection: sa.Connection, generation: int, changes: dict[VisitorDay, int]
) -> dict[VisitorDay, int]:
    """The days on which these visitors came, in the years of `changes`."""
    columns = visitor_days.c
    days = [key[1] for key in changes]
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    visitors = sorted({key[0] for key in changes})
    found: dict[VisitorDay, int] = {}
    for start in range(0, len(visitors), CHUNK):
        rows = connection.execute(
            sa.select(*columns).where(
                columns.generation == generation,
                columns.visitor.in_(visitors[start : start + CHUNK]),
                columns.day.between(first, last),
            )
        )
        for row in rows:
            visitor, day, municipality, digipunt, residence, count = row[1:]
            found[visitor, day, municipality, digipunt, residence] = count
    return found
