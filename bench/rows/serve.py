"""Row 10: what `digipunt serve` asks of a laptop, beside a nameko process with one HTTP entrypoint."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from bench.measure import Line, Measured, in_turns
from bench.stage import DIGIPUNT, Stage, free_port, wait_until
from bench.visits import settled

BARE = "bench.peers.bare_nameko"
MIB = 2**20
ALLOWED = 2.0
"""Percent of a core that may be used when idle."""


def measure(stage: Stage) -> list[Line]:
    """Seconds to the first answer, memory after it, and CPU at rest."""
    port, bare_port = free_port(), free_port()
    serve = [DIGIPUNT, "serve", "--port", str(port), "--data", stage.folder / "laptop"]
    bare = [sys.executable, "-m", BARE, str(bare_port)]
    _started(stage, serve, port, "/visits/health/live")  # makes the folder and its databases
    runs = in_turns(
        stage.runs,
        lambda: _started(stage, serve, port, "/visits/health/live"),
        lambda: _started(stage, bare, bare_port, "/"),
    )
    ours, peer, who = runs.ours, runs.peer, "bare nameko"
    allowed = [ALLOWED] * stage.runs
    return [
        Line(10, "serve: to the first answer", who, "s", ours["start"], peer["start"], 2, at_most=True),
        Line(10, "serve: memory", who, "MiB", ours["memory"], peer["memory"], 2, at_most=True),
        Line(10, "serve: CPU when idle", "limit", "% of a core", ours["idle"], allowed, 1, at_most=True),
    ]


def _started(stage: Stage, command: Sequence[str | Path], port: int, path: str) -> Measured:
    began = time.perf_counter()
    with stage.process(command, {}, None) as process:
        wait_until(lambda: _answers(port, path), f"an answer of {command[0]}")
        start = time.perf_counter() - began
        settled(3)
        memory = process.resident() / MIB
        idle = stage.size(20, 3)
        used = process.cpu_seconds()
        settled(idle)
        used = process.cpu_seconds() - used
    return {"start": start, "memory": memory, "idle": 100 * used / idle}


def _answers(port: int, path: str) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}{path}", timeout=10, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False
