"""Rows 3 and 4: from the journal through RabbitMQ into the figures, beside FastStream and beside pika without a database."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import httpx

from bench.events import Applied, bodies
from bench.measure import Line, Measured, in_turns
from bench.stage import DIGIPUNT, Process, Stage, environment, free_port, wait_until
from tests.support.journals import record

FASTSTREAM = "bench.peers.faststream_reporting"
QUEUE = "peer.visits.events"
PIKA = "bench.peers.raw_pika"


def measure(stage: Stage) -> list[Line]:
    """Events a second, from the moment at which all are in the journal until the last is in the figures."""
    ours, theirs = stage.size(40_000, 4_000), stage.size(4_000, 400)
    beside_faststream = in_turns(stage.runs, lambda: _ours(stage, ours), lambda: _faststream(stage, theirs))
    beside_pika = in_turns(stage.runs, lambda: _ours(stage, ours), lambda: _pika(stage, ours))
    what = "journal → reporting"
    return [
        Line(
            3,
            what,
            "FastStream, a commit an event",
            "events/s",
            beside_faststream.ours["rate"],
            beside_faststream.peer["rate"],
            20.0,
        ),
        Line(
            4,
            what,
            "pika, no database",
            "events/s",
            beside_pika.ours["rate"],
            beside_pika.peer["rate"],
            0.5,
        ),
    ]


def _ours(stage: Stage, count: int) -> Measured:
    """Both services as they run in containers."""
    with ExitStack() as stack:
        broker = stack.enter_context(stage.rabbitmq.vhost())
        databases = {name: stage.migrated(name) for name in ("visits", "reporting")}
        for name in databases:
            port = free_port()
            settings = stage.settings(broker, port, **databases)
            process = stack.enter_context(stage.process([DIGIPUNT, "run", name], settings, port))
            wait_until(_ready(process, name), f"{name} to be ready")
        return _timed(databases["visits"], count, Applied(databases["reporting"]))


def _faststream(stage: Stage, count: int) -> Measured:
    """The same journal and relay; the peer applies."""
    with ExitStack() as stack:
        broker = stack.enter_context(stage.rabbitmq.vhost())
        visits, reporting = stage.migrated("visits"), stage.postgres.url_for("peer")
        port = free_port()
        settings = stage.settings(broker, port, visits=visits, reporting=reporting)
        stack.enter_context(stage.process([sys.executable, "-m", FASTSTREAM], settings, None))
        wait_until(lambda: _consumed(stage, broker), "the peer to consume")
        process = stack.enter_context(stage.process([DIGIPUNT, "run", "visits"], settings, port))
        wait_until(_ready(process, "visits"), "visits to be ready")
        return _timed(visits, count, Applied(reporting, "SELECT count(*) FROM seen"))


def _timed(journal: str, count: int, applied: Applied) -> Measured:
    record(journal, count)
    began = time.perf_counter()
    wait_until(lambda: applied.count() >= count, f"{count} events to be applied", 300)
    seconds = time.perf_counter() - began
    applied.close()
    return {"rate": count / seconds}


def _ready(process: Process, service: str) -> Callable[[], bool]:
    address = f"http://127.0.0.1:{process.port}/{service}/health/ready"
    return lambda: httpx.get(address, timeout=10, trust_env=False).status_code == 200


def _consumed(stage: Stage, broker: str) -> bool:
    return any(queue["name"] == QUEUE for queue in stage.rabbitmq.queues(broker))


def _pika(stage: Stage, count: int) -> Measured:
    """One process publishes with confirms, another consumes and acks."""
    database = stage.migrated("visits")
    record(database, 500, stamped=True)
    sample = stage.folder / "bodies.json"
    sample.write_text(json.dumps(bodies(database)))
    with stage.rabbitmq.vhost() as broker:
        consumer = _start(stage, broker, "consume", count, sample)
        assert consumer.stdout is not None
        consumer.stdout.readline()  # it consumes
        publisher = _start(stage, broker, "publish", count, sample)
        began, ended = (float(process.communicate(timeout=300)[0]) for process in (publisher, consumer))
    return {"rate": count / (ended - began)}


def _start(stage: Stage, broker: str, does: str, count: int, sample: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", PIKA, does, str(count), str(sample)]
    return subprocess.Popen(
        command, env=environment(stage.settings(broker)), stdout=subprocess.PIPE, text=True
    )
