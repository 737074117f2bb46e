"""Rows 1 and 2: registering a visit over HTTP, beside FastAPI and beside pgbench with the same two inserts."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from bench.load import drive
from bench.measure import Line, Measured, Runs, in_turns
from bench.stage import DIGIPUNT, Process, Stage, free_port
from bench.visits import put_requests, settled, with_digipunt

PEER = "FastAPI + asyncpg"
CLIENTS = (1, 8, 32)
WARM_UP = 1.0

Target = tuple[Process, str]
"""A server, and the digipunt to register at."""


def measure(stage: Stage) -> list[Line]:
    """The rate and the 99th percentile at 1, 8 and 32 clients."""
    with ExitStack() as stack:
        ours = stack.enter_context(_ours(stage))
        peer = stack.enter_context(_peer(stage, {"BENCH_RELAY": "yes"}))
        found = {clients: _beside(stage, ours, peer, clients) for clients in CLIENTS}
        spared = stack.enter_context(_peer(stage, {}))
        commits_only = _beside(stage, ours, spared, 8)
    lines = [line for clients, runs in found.items() for line in _lines(clients, runs, PEER)]
    return lines + _lines(8, commits_only, f"{PEER}, no relay")


def _beside(stage: Stage, ours: Target, peer: Target, clients: int) -> Runs:
    """Both, in turns."""
    seconds = 1.5 if stage.quick else 6.0

    def side(target: Target) -> Measured:
        process, point = target
        drive(process.port, put_requests(point), clients=clients, seconds=WARM_UP, status=201)
        settled()
        return drive(process.port, put_requests(point), clients=clients, seconds=seconds, status=201)

    return in_turns(stage.runs, partial(side, ours), partial(side, peer))


def _lines(clients: int, runs: Runs, peer: str) -> list[Line]:
    who = f"{clients} client{'s' if clients > 1 else ''}"
    return [
        Line(1, f"PUT visit, {who}", peer, "/s", runs.ours["rate"], runs.peer["rate"], 1.2),
        Line(1, f"PUT visit, {who}, p99", peer, "ms", runs.ours["p99"], runs.peer["p99"], 1.0, at_most=True),
    ]


@contextmanager
def _ours(stage: Stage) -> Iterator[Target]:
    """Our service as it is run in a container: its relay publishes meanwhile what is recorded."""
    with _target(stage, [DIGIPUNT, "run", "visits"], {}) as target:
        yield target


@contextmanager
def _peer(stage: Stage, more: dict[str, str]) -> Iterator[Target]:
    with _target(stage, [sys.executable, "-m", "bench.peers.fastapi_visits"], more) as target:
        yield target


@contextmanager
def _target(stage: Stage, command: Sequence[str | Path], more: dict[str, str]) -> Iterator[Target]:
    """A server with a database and a virtual host of its own, and the digipunt to register at."""
    with stage.rabbitmq.vhost() as broker:
        database, port = stage.migrated("visits"), free_port()
        point = with_digipunt(database)
        settings = stage.settings(broker, port, visits=database) | more
        with stage.process(command, settings, port) as process:
            yield process, point
