"""Draws a schedule from a seed: which faults this run has, and step by step what happens next.

Not every run has every fault: what many of them together always hide, a run with few of them shows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.simulation import subscriber
from tests.simulation.forgery import PLAUSIBLE, POISON
from tests.simulation.steps import Step
from tests.simulation.world import SOURCES, World

FEWEST, MOST = 60, 260
"""Steps of a schedule."""

COMMANDS = ("create", "create", "many", "correct", "correct", "void", "delete", "fail")


class Schedule:
    """The steps of one seed, each drawn when the one before was done."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.length = self.random.randint(FEWEST, MOST)
        self.eventful = self.random.choice((0.15, 0.25, 0.4))
        chance = self.random.choice((0.15, 0.4, 0.7))
        self.faults = [draw for draw in FAULTS if self.random.random() < chance]
        self.newer = self.random.random() < 0.15

    def steps(self, world: World) -> Iterator[Step]:
        for _ in range(self.length):
            step = self._event(world) if self.random.random() < self.eventful else self._quiet(world)
            if step is not None:
                yield step

    def _event(self, world: World) -> Step | None:
        if not self.faults or self.random.random() < 0.45:
            return command(self, world)
        return self.random.choice(self.faults)(self, world)

    def _quiet(self, world: World) -> Step | None:
        """Somebody goes on: a thread, the network, a queue, or time where nobody else can."""
        ready = world.scheduler.ready()
        wires = [wire for wire in world.broker.wires if wire.outgoing and wire.silent_since is None]
        queues = [each for each in world.broker.queues.values() if each.next_consumer() is not None]
        dead = [name for name in world.names() if not world.processes[name].alive]
        if dead and self.random.random() < 0.1:
            return ("start", self.random.choice(dead))
        if not world.broker.up and self.random.random() < 0.1:
            return ("broker", "up")
        number = self.random.randrange(len(ready) + len(wires) + len(queues) + 1)
        if number < len(ready):
            task = ready[number]
            same = [each for each in world.scheduler.tasks if each.name == task.name]
            return ("run", task.name, same.index(task), self.random.choice((1, 2, 5, 12, 30)))
        number -= len(ready)
        if number < len(wires):
            wire = wires[number]
            return ("take", wire.name, self._which(world, wire), self.random.choice((1, 2, 100)))
        number -= len(wires)
        if number < len(queues):
            return ("deliver", queues[number].name, self.random.choice((1, 2, 5, 100)))
        deadline = world.scheduler.next_deadline()
        ahead = 0.0 if deadline is None else max(0.0, deadline - world.scheduler.now)
        return ("time", round(ahead + self.random.choice((0.0, 0.0, 0.3, 2.0, 6.0)), 3))

    def source(self) -> str:
        return self.random.choice(SOURCES)

    def wire(self, world: World) -> tuple[str, int] | None:
        if not world.broker.wires:
            return None
        wire = self.random.choice(world.broker.wires)
        return wire.name, self._which(world, wire)

    @staticmethod
    def _which(world: World, wire: object) -> int:
        name = wire.name  # type: ignore[attr-defined]
        return [each for each in world.broker.wires if each.name == name].index(wire)  # type: ignore[arg-type]


def command(draw: Schedule, world: World) -> Step:
    name = f"{draw.source()}-{draw.random.randint(1, world.replicas)}"
    kinds = (*COMMANDS, "unknown") if draw.newer else COMMANDS
    return ("command", name, draw.random.choice(kinds), draw.random.randrange(100), draw.random.randrange(3))


def _crash(draw: Schedule, world: World) -> Step:
    return ("crash", draw.random.choice(world.names()), draw.random.choice((0, 0, 1, 3, 100)))


def _stop(draw: Schedule, world: World) -> Step:
    return ("stop", draw.random.choice(world.names()))


def _cut(draw: Schedule, world: World) -> Step | None:
    wire = draw.wire(world)
    return wire and ("cut", *wire, draw.random.choice((0, 0, 1, 3, 100)))


def _silence(draw: Schedule, world: World) -> Step | None:
    wire = draw.wire(world)
    return wire and ("silence", *wire)


def _lose_confirms(draw: Schedule, world: World) -> Step | None:
    wire = draw.wire(world)
    return wire and ("lose_confirms", *wire, draw.random.randint(1, 3))


def _broker(draw: Schedule, world: World) -> Step:
    return ("broker", draw.random.choice(("down", "restart", "wipe", "up")))


def _lost(draw: Schedule, world: World) -> Step:
    what = draw.random.choice(("dropHead", "dropTail", "dropTail"))
    return ("messages", draw.source(), what, draw.random.randint(1, 4))


def _delete(draw: Schedule, world: World) -> Step:
    return ("delete", draw.random.choice(("exchange", "calls", "binding", "queue", "rpc")), draw.source())


def _disorder(draw: Schedule, world: World) -> Step:
    what = draw.random.choice(("double", "turn", "rotate"))
    return ("messages", draw.source(), what, draw.random.randint(1, 4))


def _poison(draw: Schedule, world: World) -> Step:
    return ("forge", draw.source(), "poison", draw.random.randrange(len(POISON)))


def _forge(draw: Schedule, world: World) -> Step:
    return ("forge", draw.source(), draw.random.choice(PLAUSIBLE), draw.random.randrange(100))


def _again(draw: Schedule, world: World) -> Step:
    return ("forge", draw.source(), "again", draw.random.randrange(100))


def _backup_or(what: Callable[[Schedule], str]) -> Callable[[Schedule, World], Step]:
    def draw_step(draw: Schedule, world: World) -> Step:
        if not world.copies or draw.random.random() < 0.4:
            return ("backup",)
        return ("put_back", what(draw), draw.random.randrange(len(world.copies)))

    return draw_step


def _clock(draw: Schedule, world: World) -> Step:
    name = draw.random.choice(["databases", *world.names()])
    return ("clock", name, draw.random.choice((-3600.0, -6.0, 6.0, 3600.0)))


def _breaks(draw: Schedule, world: World) -> Step:
    how = draw.random.choice(("begin", "commit", "answer"))
    return ("breaks", draw.random.choice([*SOURCES, subscriber.NAME]), how)


def _operate(draw: Schedule, world: World) -> Step:
    name = f"{subscriber.NAME}-{draw.random.randint(1, world.replicas)}"
    what = draw.random.choice(("rebuild", "retry", "drop"))
    return ("operate", name, what, draw.source(), draw.random.randrange(10))


def _defect(draw: Schedule, world: World) -> Step:
    if draw.random.random() < 0.5:
        return ("operate", f"{subscriber.NAME}-1", "retry", draw.source(), 0)
    return ("defect", draw.source(), draw.random.randrange(3))


FAULTS: tuple[Callable[[Schedule, World], Step | None], ...] = (
    _crash,
    _crash,
    _stop,
    _cut,
    _silence,
    _lose_confirms,
    _broker,
    _lost,
    _delete,
    _disorder,
    _poison,
    _forge,
    _again,
    _backup_or(lambda draw: "restore"),
    _backup_or(lambda draw: f"restoreOwner:{draw.source()}"),
    _backup_or(lambda draw: f"copy:{draw.source()}"),
    _backup_or(lambda draw: f"copy:{subscriber.NAME}"),
    _clock,
    _breaks,
    _operate,
    _defect,
)
"""A run has some of these."""
