"""One run: a schedule, or a trace that is run again; and what came of it."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from tests.simulation.real import simulated
from tests.simulation.schedule import Schedule
from tests.simulation.settling import settle
from tests.simulation.steps import Step, do
from tests.simulation.world import World


@dataclass(frozen=True)
class Result:
    """`violation` is None where every promise was kept; `fingerprint` is the same for the same run."""

    seed: int
    steps: list[Step]
    violation: str | None
    lines: list[str]
    events: int
    fingerprint: int


def run_seed(seed: int, *, tell: bool = False) -> Result:
    """The run of this seed."""
    return _run(seed, None, tell)


def run_steps(seed: int, steps: Iterable[Step], *, tell: bool = False) -> Result:
    """The run of these steps."""
    return _run(seed, steps, tell)


def _run(seed: int, given: Iterable[Step] | None, tell: bool) -> Result:
    world: World | None = None
    done: list[Step] = []
    with simulated(lambda event, fields: world.heard(event, fields) if world else None):
        state = random.getstate()
        random.seed(seed)
        world = World(trace=[] if tell else None)
        try:
            for step in Schedule(seed).steps(world) if given is None else given:
                if do(world, step):
                    done.append(step)
                if world.violation:
                    break
            if not world.violation:
                settle(world)
            world.hold(world.violation)
            return Result(
                seed, done, world.violation, world.trace or [], len(world.taken), _fingerprint(world, done)
            )
        finally:
            for process in (*world.processes.values(), world.init):
                process.die()
            random.setstate(state)


def _fingerprint(world: World, done: list[Step]) -> int:
    tables = [
        world.databases[source].query("SELECT id, position, previous_id, data FROM journal")
        for source in world.accepted
    ]
    state = world.reporting.query(
        "SELECT source, generation, position, epoch, state, reason FROM checkpoints ORDER BY 1, 2"
    )
    return zlib.crc32(repr((done, tables, state, world.scheduler.now, world.violation)).encode())
