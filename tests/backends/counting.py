"""The smallest owner and the smallest subscriber: they record and count visits, on the real chassis."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa

from chassis.inbox.checkpoints import active_generations
from chassis.inbox.projection import Batch
from chassis.inbox.subscribe import subscribe
from chassis.runtime.application import Application
from chassis.service import Service
from chassis.storage.database import upsert
from chassis.storage.tables import new_metadata
from contracts.envelope import Event
from contracts.events import event_type

REGISTERED = event_type("visits", "visits", "registered")
VOIDED = event_type("visits", "visits", "voided")

DIGIPUNT = "0197b6a0-0000-7000-8000-000000000001"

metadata = new_metadata()
counts = sa.Table(
    "counts",
    metadata,
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("theme", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
seen = sa.Table(
    "seen",
    metadata,
    sa.Column("generation", sa.Integer, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("times", sa.Integer, nullable=False),
)

HERE = Path(__file__).parent


@subscribe("visits", [counts, seen])
def on_visits(app: Application, batch: Batch) -> None:
    """Count what is in the batch."""
    themes: Counter[str] = Counter()
    subjects: dict[str, tuple[int, int]] = {}
    for event in batch.events:
        sign = 1 if event.type == REGISTERED else -1
        for theme in event.data["visit"]["themes"]:
            if theme in Counting.refuses:
                raise ValueError(f"cannot count {theme}")
            themes[theme] += sign
        version, times = subjects.get(event.subject, (0, 0))
        if event.entityversion <= version:
            raise AssertionError(f"{event.subject} came out of order")
        subjects[event.subject] = (event.entityversion, times + 1)
    dialect = batch.connection.dialect.name
    add = upsert(dialect, counts)
    add = add.on_conflict_do_update(
        index_elements=["generation", "theme"], set_={"count": counts.c.count + add.excluded.count}
    )
    batch.connection.execute(
        add, [{"generation": batch.generation, "theme": t, "count": n} for t, n in sorted(themes.items())]
    )
    note = upsert(dialect, seen)
    note = note.on_conflict_do_update(
        index_elements=["generation", "subject"],
        set_={"version": note.excluded.version, "times": seen.c.times + note.excluded.times},
    )
    batch.connection.execute(
        note,
        [
            {"generation": batch.generation, "subject": s, "version": v, "times": n}
            for s, (v, n) in sorted(subjects.items())
        ],
    )


class Owner(Service):
    """Owns a journal and does nothing else."""

    name = "visits"
    migrations = HERE / "migrations" / "owner"


class Counting(Service):
    """Counts visits by theme, and each subject's versions."""

    name = "reporting"
    migrations = HERE / "migrations" / "counter"
    refuses: ClassVar[set[str]] = set()
    """Themes that make the projection raise, as a defect would."""
    projections = (on_visits,)


def visit(id: str, *themes: str) -> dict[str, Any]:
    """The least that a visit says of itself."""
    return {
        "id": id,
        "digipunt": DIGIPUNT,
        "municipality": "24107",
        "startedAt": "2026-03-04T09:12:00Z",
        "themes": list(themes or ("tax",)),
        "place": "point",
        "contact": "first",
    }


def register(application: Any, *themes: str, times: int = 1) -> list[str]:
    """Record `times` visits in one unit of work; returns their subjects."""
    subjects = []
    with application.unit_of_work() as uow:
        for _ in range(times):
            id = uow.new_id()
            subjects.append(f"visits/{id}")
            uow.record(REGISTERED, id, {"visit": visit(id, *themes)}, version=1, municipality="24107")
    return subjects


def counted(application: Any) -> dict[str, int]:
    """What the active read model says, by theme."""
    with application.database.read() as connection:
        rows = connection.execute(
            sa.select(counts.c.theme, counts.c.count).where(
                counts.c.generation.in_(active_generations("visits"))
            )
        )
        return {row.theme: row.count for row in rows}


def journal_of(application: Any) -> list[Event]:
    """All stamped events of an owner, in order."""
    events: list[Event] = []
    while True:
        _, page = application.journal.page(len(events), 2000)
        if not page:
            return events
        events += [Event.decode(entry.body) for entry in page]
