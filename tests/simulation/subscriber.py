"""A subscriber: read models of two journals, each with a log of what took effect, so that nothing doubled or lost can hide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from chassis.inbox import dead_letters
from chassis.inbox.consumer import Consumer
from chassis.inbox.projection import Batch, Projection
from chassis.storage.database import replacing, upsert
from chassis.storage.tables import metadata, new_metadata
from contracts.envelope import Event
from contracts.events import queue
from tests.simulation.owner import DEPLOYMENT, KINDS
from tests.simulation.storage import Storage
from tests.simulation.tasks import Points, Process, Task

NAME = "reporting"
FOLDED = "visits"
"""The source whose pages are folded before they are applied; the other's are not, so that both ways meet every fault."""
own = new_metadata()


class Defect(ValueError):
    """What a projection with a defect raises."""


@dataclass(frozen=True)
class Models:
    """The read models of one source."""

    effects: sa.Table
    counts: sa.Table
    mirror: sa.Table


def _models(source: str) -> Models:
    return Models(
        sa.Table(
            f"effects_{source}",
            own,
            sa.Column("n", sa.Integer, primary_key=True),
            sa.Column("generation", sa.Integer, nullable=False),
            sa.Column("position", sa.Integer, nullable=False),
            sa.Column("event", sa.Text, nullable=False),
            sa.Column("epoch", sa.Text, nullable=False),
            sa.Column("subject", sa.Text, nullable=False),
            sa.Column("version", sa.Integer, nullable=False),
        ),
        sa.Table(
            f"counts_{source}",
            own,
            sa.Column("generation", sa.Integer, primary_key=True),
            sa.Column("word", sa.Text, primary_key=True),
            sa.Column("count", sa.Integer, nullable=False),
        ),
        sa.Table(
            f"mirror_{source}",
            own,
            sa.Column("subject", sa.Text, primary_key=True),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("event", sa.Text, nullable=False),
        ),
    )


MODELS = {source: _models(source) for source in KINDS}


def words_of(event_type: str, data: dict[str, Any]) -> list[tuple[str, int]]:
    """What an event adds to the counts: words with a sign."""
    if "device" in data:
        return [(data["device"]["kind"], 1)]
    sign = -1 if event_type.endswith("voided") else 1
    left = [(word, -1) for word in data["before"]["themes"]] if "before" in data else []
    return left + [(word, sign) for word in data["visit"]["themes"]]


def database(name: str = NAME) -> Storage:
    return Storage(name, metadata, own)


@dataclass
class Made:
    """What is made of a run of events: how often each word comes, the newest of each subject, and what took effect."""

    counts: Counter[str] = field(default_factory=Counter)
    newest: dict[str, Event] = field(default_factory=dict)
    effects: list[dict[str, Any]] = field(default_factory=list)


def folding(source: str, refuses: Callable[[str, str], bool]) -> Callable[[Iterable[Event]], Made]:
    """The fold of `source`; it raises for the words that it `refuses`, as a defect would."""

    def fold(events: Iterable[Event]) -> Made:
        made = Made()
        for event in events:
            for word, sign in words_of(event.type, event.data):
                if refuses(source, word):
                    raise Defect(f"cannot count {word}")
                made.counts[word] += sign
            made.newest[event.subject] = event
            made.effects.append(
                {
                    "position": event.position,
                    "event": event.id,
                    "epoch": event.epoch,
                    "subject": event.subject,
                    "version": event.entityversion,
                }
            )
        return made

    return fold


def projecting(source: str, fold: Callable[[Iterable[Event]], Made]) -> Callable[[Batch], None]:
    """The projection of `source`."""
    models = MODELS[source]

    def project(batch: Batch) -> None:
        made: Made = fold(batch.events) if batch.folded is None else batch.folded
        connection, generation = batch.connection, {"generation": batch.generation}
        connection.execute(sa.insert(models.effects), [generation | each for each in made.effects])
        add = upsert("sqlite", models.counts)
        add = add.on_conflict_do_update(
            index_elements=["generation", "word"], set_={"count": models.counts.c.count + add.excluded.count}
        )
        connection.execute(
            add, [generation | {"word": w, "count": n} for w, n in sorted(made.counts.items())]
        )
        connection.execute(
            replacing("sqlite", models.mirror, newer=True),
            [{"subject": s, "version": e.entityversion, "event": e.id} for s, e in made.newest.items()],
        )

    return project


def projection(
    storage: Storage, source: str, process: Process, refuses: Callable[[str, str], bool]
) -> Projection:
    """The real projection of one source into this database; one of them is folded ahead, as reporting does."""
    models = MODELS[source]
    fold = folding(source, refuses)
    return Projection(
        storage,
        subscriber=NAME,
        source=source,
        project=projecting(source, fold),
        fold=fold if source == FOLDED else None,
        clock=process,
        faults=Points(process.scheduler),
        read_models=[models.effects, models.counts],
        mirrors=[models.mirror],
    )


class Subscriber:
    """One process of the subscriber, with a consumer for each source."""

    def __init__(
        self,
        process: Process,
        storage: Storage,
        sources: list[str],
        new_id: Callable[[], str],
        refuses: Callable[[str, str], bool],
    ) -> None:
        self.process = process
        self.storage = storage
        self.consumers = {
            source: Consumer(
                projection(storage, source, process, refuses),
                url="sim://",
                queue=queue(NAME, source),
                deployment=DEPLOYMENT,
                clock=process,
                new_id=new_id,
                spawn=process.scheduler.spawner(process, source),
            )
            for source in sources
        }

    def start(self) -> None:
        self._consuming = [
            self.process.scheduler.spawn(self.process, f"{source}.consumer", consumer.run)
            for source, consumer in self.consumers.items()
        ]

    def stop(self) -> list[Task]:
        """Ask it to stop; the threads that end then."""
        for consumer in self.consumers.values():
            consumer.stop()
        return self._consuming

    def drop(self, number: int) -> None:
        """Give up one dead letter, as `digipunt events drop` does."""
        with self.storage.begin() as connection:
            letters = dead_letters.oldest(connection)
            if not letters:
                return
            letter = letters[number % len(letters)]
            now = self.process.now()
            subject = dead_letters.drop(connection, letter["id"], "a test", "a colleague", now)
        for consumer in self.consumers.values():
            consumer.retry(subject or "")
