"""After the faults: everybody gets a turn until all is level, and people do what the documents tell them to do."""

from __future__ import annotations

from chassis.inbox.checkpoints import STOPPED
from tests.simulation import oracle, subscriber
from tests.simulation.steps import do
from tests.simulation.world import SOURCES, World

LONGEST = 90.0
"""Simulated seconds within which all has to be level: a lost lease, two missed heartbeats, the longest pauses after that."""

ROUNDS = 8
"""How often the way out is tried: what was forged may still wait in a queue."""

TURNS = 200_000


def settle(world: World) -> None:
    """Let the run come to rest, and hold the oracle against it."""
    world.say("-- the faults end")
    do(world, ("broker", "up"))
    world.refused.clear()
    for storage in world.databases.values():
        storage.breaks = None
    for wire in world.broker.wires:
        wire.lose_confirms = 0
    come_to_rest(world)
    for _ in range(ROUNDS):
        stopped = _stopped(world)
        for source, reason in stopped:
            world.hold(oracle.of_alarm(world, source, reason))
        if world.violation or not stopped:
            break
        for source, _ in stopped:
            do(world, ("operate", _follower(world), "rebuild", source, 0))
        come_to_rest(world)
    if not world.violation and _stopped(world):
        world.hold(f"the way out leads nowhere: {_stopped(world)}")
    _clear_dead_letters(world)
    if not world.violation:
        world.hold(oracle.of_rest(world))


def come_to_rest(world: World) -> None:
    """Give everybody turns, and let time pass when nobody has anything to do, until all is level."""
    until = world.scheduler.now + LONGEST
    while not world.violation:
        if not _turn(world):
            if is_level(world):
                break
            deadline = world.scheduler.next_deadline()
            if deadline is None or deadline > until:
                world.hold(f"not level after {LONGEST:.0f} s: {oracle.standing(world)}")
                break
            do(world, ("time", max(0.0, deadline - world.scheduler.now)))
    if not world.violation:
        for source in SOURCES:
            world.hold(oracle.of_source(world, source))


def _turn(world: World) -> bool:
    """Everybody who can does something; whether anybody could."""
    busy = False
    for name in world.names():
        busy |= do(world, ("start", name)) if not world.processes[name].alive else False
    for wire in list(world.broker.wires):
        if wire.outgoing and wire.silent_since is None:
            world.broker.take(wire, len(wire.outgoing))
            busy = True
    for found in list(world.broker.queues.values()):
        consumer = found.next_consumer()
        if consumer is not None and consumer.wire.silent_since is None:
            world.broker.deliver(found, 100)
            busy = True
    for task in world.scheduler.ready():
        for _ in range(TURNS):
            if task.greenlet.dead or not task.is_ready(world.scheduler.now) or world.violation:
                break
            world.scheduler.run(task)
            busy = True
        if world.trace is not None:
            world.say(f"    {task.name} is at {'its end' if task.greenlet.dead else task.at}")
    return busy


def is_level(world: World) -> bool:
    """Whether all that was recorded is published, and applied or stopped with an alarm, and no rebuild is under way."""
    if not all(storage.is_free for storage in world.databases.values()):
        return False
    if any(task.name.endswith((".client", ".operator", ".stop")) for task in world.scheduler.tasks):
        return False
    if any(each.waiting for name, each in world.broker.queues.items() if name.endswith(".events")):
        return False
    return all(_is_level(world, source) for source in SOURCES)


def _is_level(world: World, source: str) -> bool:
    storage = world.databases[source]
    [(epoch, position, published)] = storage.query("SELECT epoch, position, published FROM journal_head")
    if published != position or storage.query("SELECT 1 FROM journal WHERE position IS NULL"):
        return False
    found = world.reporting.query(
        "SELECT active, state, epoch, position, event_id FROM checkpoints WHERE source = :source",
        source=source,
    )
    if len(found) != 1:
        return False
    [(active, state, at_epoch, at, id)] = found
    if not active or state == STOPPED:
        return bool(active)
    # Whether the two end with the same event is for the next look at the head to say.
    last = storage.query("SELECT id FROM journal WHERE position = :at", at=position)
    same = not last or (at_epoch == epoch and id is not None and id.replace("-", "") == last[0][0])
    return bool(at == position and same)


def _stopped(world: World) -> list[tuple[str, str]]:
    return list(
        world.reporting.query("SELECT source, reason FROM checkpoints WHERE state = 'stopped' ORDER BY 1")
    )


def _follower(world: World) -> str:
    return f"{subscriber.NAME}-{world.replicas}"


def _clear_dead_letters(world: World) -> None:
    """Try them again now that the defect is mended, and give up what a newer release recorded."""
    while not world.violation:
        letters = "SELECT id, source FROM parked WHERE subject IS NOT NULL ORDER BY source, position"
        if not world.reporting.query(letters):
            return
        for source in SOURCES:
            do(world, ("operate", _follower(world), "retry", source, 0))
        come_to_rest(world)
        left = world.reporting.query(letters)
        if left and not world.violation:
            world.hold(oracle.of_dead_letters(world))
            places = [id for (id,) in world.reporting.query("SELECT id FROM parked ORDER BY id")]
            do(world, ("operate", _follower(world), "drop", SOURCES[0], places.index(left[0][0])))
            come_to_rest(world)
