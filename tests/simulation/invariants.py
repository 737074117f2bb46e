"""What is true at every moment, told from the tables: each function gives None, or what is not."""

from __future__ import annotations

from collections.abc import Container

from contracts.envelope import Event
from tests.simulation.storage import Storage
from tests.simulation.subscriber import MODELS


def of_journal(storage: Storage, taken: Container[str]) -> str | None:
    """Positions are 1..N and a chain, and what is marked as published was taken by the broker."""
    [(head, published)] = storage.query("SELECT position, published FROM journal_head")
    rows = storage.query(
        "SELECT position, id, previous_id FROM journal WHERE position IS NOT NULL ORDER BY position"
    )
    before = None
    for number, (position, id, previous) in enumerate(rows, 1):
        if position != number:
            return f"{storage.name}: the journal has a hole before position {position}"
        if previous != before:
            return f"{storage.name}: the journal is no chain at position {position}"
        if position <= published and hyphened(id) not in taken:
            return f"{storage.name}: position {position} is marked as published, and the broker never took it"
        before = id
    return None if len(rows) == head else f"{storage.name}: the head says {head}, the journal {len(rows)}"


def of_read_models(storage: Storage) -> str | None:
    """Up to each checkpoint every position took effect once or was set aside, in the order of each subject."""
    for source, models in MODELS.items():
        table = models.effects.name
        for generation, checkpoint in storage.query(
            "SELECT generation, position FROM checkpoints WHERE source = :source", source=source
        ):
            effects = storage.query(
                f"SELECT position, subject, version FROM {table} WHERE generation = :generation ORDER BY n",
                generation=generation,
            )
            aside = storage.query(
                "SELECT position, 0 FROM parked WHERE source = :source AND generation = :generation "
                "UNION ALL SELECT position, 1 FROM dropped WHERE source = :source AND generation = :generation",
                source=source,
                generation=generation,
            )
            where = f"{source}, generation {generation} at {checkpoint}"
            took = [position for position, _, _ in effects]
            once = set(took)
            if len(once) != len(took):
                return f"{where}: a position took effect twice: {took}"
            waiting = {position for position, is_dropped in aside if not is_dropped}
            if once & waiting:
                return f"{where}: {sorted(once & waiting)} took effect and are dead letters too"
            here, due = once | waiting, set(range(1, checkpoint + 1))
            # What was given up stays written down, also when its generation is filled again from the beginning.
            given_up = {position for position, _ in aside}
            if here - due or due - here - given_up:
                return f"{where}: took effect or was set aside: {sorted(here)}, given up: {sorted(given_up - here)}"
            versions: dict[str, int] = {}
            for _, subject, version in effects:
                if version <= versions.get(subject, 0):
                    return f"{where}: {subject} came to version {version} after {versions[subject]}"
                versions[subject] = version
    return None


def checkpoint(storage: Storage, source: str) -> tuple[int, int] | None:
    """Position and generation of the active checkpoint."""
    found = storage.query(
        "SELECT position, generation FROM checkpoints WHERE source = :source AND active", source=source
    )
    return found[0] if found else None


def of_ack(storage: Storage, owner: Storage, source: str, event: Event) -> str | None:
    """An event that followed the checkpoint when it came, and was acknowledged, is applied or set aside.

    Unless the subscription is stopped, or the journal of now has no such event. At the beginning the checkpoint has no epoch,
    and what comes with another one among it is left to the journal: that it is read from there is held when all is level.
    """
    if not owner.query("SELECT 1 FROM journal WHERE id = :id", id=event.id.replace("-", "")):
        return None
    found = storage.query(
        "SELECT position, state, epoch FROM checkpoints WHERE source = :source AND active", source=source
    )
    if not found:
        return f"{source}: position {event.position} was acknowledged, and there is no checkpoint"
    [(position, state, epoch)] = found
    if (
        position == 0
        or position >= event.position
        or state == "stopped"
        or epoch != event.epoch.replace("-", "")
    ):
        return None
    if storage.query(f"SELECT 1 FROM {MODELS[source].effects.name} WHERE event = :id", id=event.id):
        return None
    return f"{source}: position {event.position} was acknowledged and not applied; the checkpoint is at {position}"


def hyphened(id: str) -> str:
    """SQLite keeps a UUID without its hyphens."""
    return id if "-" in id else f"{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
