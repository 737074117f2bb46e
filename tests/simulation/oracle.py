"""What has to be true once all is level: 4-quality's oracle, told from tables, and by a model of its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import orjson

from chassis.outbox.journal import Journal
from contracts.envelope import Event
from contracts.events import EVENTS
from tests.simulation import subscriber
from tests.simulation.invariants import hyphened, of_journal, of_read_models
from tests.simulation.owner import DEPLOYMENT, KINDS
from tests.simulation.subscriber import MODELS, NAME
from tests.simulation.tasks import Process
from tests.simulation.world import SOURCES, World

REASONS = {
    "has a new epoch": "epoch",
    "ends before the checkpoint": "fork epoch",
    "ends with another event": "fork",
    "has another event at position": "fork",
    "has two events at position": "fork",
}
"""What may stop a subscription, and what has to have been done to its journal then."""


def journal_of(world: World, source: str) -> list[Event]:
    """All stamped events, in order."""
    with world.databases[source].alone():
        _, entries = Journal(world.databases[source], service=source, deployment=DEPLOYMENT).page(0)
    return [Event.decode(entry.body) for entry in entries]


def standing(world: World) -> dict[str, Any]:
    """Where everything is, for people."""
    found: dict[str, Any] = {}
    for source in SOURCES:
        found[source] = {
            "head": world.databases[source].query("SELECT position, published, relay FROM journal_head")[0],
            "checkpoints": world.reporting.query(
                "SELECT generation, active, position, state, reason FROM checkpoints WHERE source = :source",
                source=source,
            ),
        }
    return found


def of_alarm(world: World, source: str, reason: str) -> str | None:
    """A subscription that stopped did so for a reason that exists."""
    known = next((causes for text, causes in REASONS.items() if text in reason), "")
    if not any(cause in world.causes[source] for cause in known.split()):
        epochs = re.findall(r"new epoch (.*?);", reason)
        if not (epochs and all(each in world.forged_epochs for each in epochs[0].split(", "))):
            return f"{source} was stopped for no reason: {reason}"
    return None


def of_source(world: World, source: str) -> str | None:
    """Journal, read models and clients agree about one source; of a stopped one only journal and clients."""
    events = journal_of(world, source)
    broken = of_journal(world.databases[source], world.taken) or _accepted(world, source, events)
    if broken:
        return broken
    found = world.reporting.query(
        "SELECT generation, state, event_id FROM checkpoints WHERE source = :source AND active", source=source
    )
    [(generation, state, last)] = found
    if state == "stopped":
        return None
    if events and last != events[-1].id:
        return f"{source}: the checkpoint ends with {last}, the journal with {events[-1].id}"
    return _read_models(world, source, generation, events)


def _accepted(world: World, source: str, events: list[Event]) -> str | None:
    recorded = [(event.subject, event.entityversion) for event in events]
    lost = [each for each in world.accepted[source] if each not in set(recorded)]
    if lost:
        return f"{source}: accepted, and not in the journal: {lost}"
    last = {}
    for event in events:
        if event.entityversion != (last[event.subject].entityversion if event.subject in last else 0) + 1:
            return f"{source}: {event.subject} comes to version {event.entityversion} out of order"
        last[event.subject] = event
    alive = {
        subject: event.entityversion
        for subject, event in last.items()
        if event.type != KINDS[source].types["void"]
    }
    rows = world.databases[source].query("SELECT id, version FROM things")
    state = {f"{KINDS[source].resource}/{hyphened(id)}": version for id, version in rows}
    return None if state == alive else f"{source}: state {state} is not what the journal says: {alive}"


def _read_models(world: World, source: str, generation: int, events: list[Event]) -> str | None:
    aside = {
        position
        for (position,) in world.reporting.query(
            "SELECT position FROM parked WHERE source = :source AND generation = :generation UNION "
            "SELECT position FROM dropped WHERE source = :source AND generation = :generation",
            source=source,
            generation=generation,
        )
    }
    models = MODELS[source]
    took = world.reporting.query(
        f"SELECT position, event FROM {models.effects.name} WHERE generation = :g ORDER BY 1", g=generation
    )
    # What was given up and came back with a rebuild took effect all the same.
    aside -= {position for position, _ in took}
    counted = [event for event in events if event.position not in aside]
    if took != [(event.position, event.id) for event in counted]:
        return f"{source}: took effect {took}, where the journal says {[(e.position, e.id) for e in counted]}"
    expected = {word: number for word, number in _model(counted).items() if number}
    found = {
        word: number
        for word, number in world.reporting.query(
            f"SELECT word, count FROM {models.counts.name} WHERE generation = :g", g=generation
        )
        if number
    }
    if found != expected:
        return f"{source}: counted {found}, where the model says {expected}"
    if aside:
        return None
    newest = {event.subject: event.id for event in events}
    mirrored = dict(world.reporting.query(f"SELECT subject, event FROM {models.mirror.name}"))
    wrong = {subject: id for subject, id in newest.items() if mirrored.get(subject) != id}
    return f"{source}: the mirror has not {wrong}, but {mirrored}" if wrong else None


def _model(events: list[Event]) -> Counter[str]:
    """What a person would count: visits that are there by theme, and what was said of devices by kind."""
    counts: Counter[str] = Counter()
    for event in events:
        name = event.type.rpartition(".")[2]
        if name == "registered":
            counts[event.data["visit"]["themes"][0]] += 1
        elif name == "voided":
            counts[event.data["visit"]["themes"][0]] -= 1
        elif name == "corrected":
            counts[event.data["visit"]["themes"][0]] += 1
            counts[event.data["before"]["themes"][0]] -= 1
        else:
            counts[event.data["device"]["kind"]] += 1
    return counts


def of_dead_letters(world: World) -> str | None:
    """What cannot be applied after the mend is of a type that this release does not know, or waits behind one."""
    for source in SOURCES:
        first: dict[str, str] = {}
        for subject, body in world.reporting.query(
            "SELECT subject, body FROM parked WHERE source = :source AND subject IS NOT NULL ORDER BY position",
            source=source,
        ):
            first.setdefault(subject, orjson.loads(body)["type"])
        for subject, type in first.items():
            if type in EVENTS:
                return f"{source}: {subject} is held up by a dead letter of {type} after the mend"
    return None


def of_rest(world: World) -> str | None:
    """What holds of the whole, once every subscription follows again."""
    broken = of_read_models(world.reporting)
    for source in SOURCES:
        broken = broken or of_source(world, source) or _rebuilt(world, source)
    return broken or _poison(world)


def _poison(world: World) -> str | None:
    """Whatever was acknowledged and is no event is set aside, once."""
    kept = Counter(world.reporting.query("SELECT source, digest FROM parked WHERE digest IS NOT NULL"))
    given_up = set(world.reporting.query("SELECT source, body FROM dropped WHERE position IS NULL"))
    for (source, digest), body in world.poison.items():
        if kept[(source, digest)] != 1 and (source, body) not in given_up:
            return f"{source}: what was forged is kept {kept[(source, digest)]} times: {body[:80]!r}"
    return None


def _rebuilt(world: World, source: str) -> str | None:
    """The read models are what a rebuild from nothing makes; where something was given up, the model has to do."""
    if world.reporting.query(
        "SELECT 1 FROM dropped WHERE source = :source AND position IS NOT NULL", source=source
    ):
        return None
    scratch = world.databases["scratch"]
    process = Process(world.scheduler, "oracle")
    with scratch.alone():
        projection = subscriber.projection(scratch, source, process, lambda source, word: False)
        generation = projection.prepare()
        events = journal_of(world, source)
        for first in range(0, len(events), 7):
            projection.apply(events[first : first + 7], generation)
    for table in (MODELS[source].counts.name,):
        rows = f"SELECT word, count FROM {table} WHERE count != 0 AND generation = :g ORDER BY 1"
        [(active,)] = world.reporting.query(
            "SELECT generation FROM checkpoints WHERE source = :source AND active", source=source
        )
        if world.reporting.query(rows, g=active) != scratch.query(rows, g=generation):
            return f"{source}: {table} of {NAME} differs from a rebuild"
    return None
