"""Row 5: the read models made anew from a long journal, beside PostgreSQL's `COPY` of the same facts."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path

import httpx

from bench.events import Applied
from bench.measure import Line, Measured, in_turns
from bench.stage import DIGIPUNT, Process, Stage, free_port, token, wait_until
from tests.support.journals import connect, record

GENERATION = "SELECT generation FROM checkpoints WHERE active AND source = 'visits'"
OLDEST = "SELECT min(generation) FROM facts"
MIB = 2**20

FACTS = """
CREATE TABLE facts (
  position bigint PRIMARY KEY, id uuid NOT NULL, digipunt uuid NOT NULL, municipality text NOT NULL,
  started_at timestamptz NOT NULL, duration integer, themes jsonb NOT NULL, help text, outcome text, self_reliance text,
  place text NOT NULL, contact text NOT NULL, age_band text, residence text, device text
);
CREATE INDEX ON facts (municipality, started_at);
CREATE INDEX ON facts (digipunt, started_at);
"""
"""With what figures are asked by: of a municipality, or of a digipunt, in a period."""
FIELDS = (
    "id",
    "digipunt",
    "municipality",
    "startedAt",
    "durationMinutes",
    "themes",
    "help",
    "outcome",
    "selfReliance",
    "place",
    "contact",
    "ageBand",
    "residence",
    "device",
)
COLUMNS = ", ".join(f"data::jsonb -> 'visit' ->> '{name}'" for name in FIELDS)


def measure(stage: Stage) -> list[Line]:
    """Facts a second, and how much more memory the rebuild takes than the service at rest."""
    count = stage.size(1_000_000, 20_000)
    with ExitStack() as stack:
        broker = stack.enter_context(stage.rabbitmq.vhost())
        databases = {name: stage.migrated(name) for name in ("visits", "reporting")}
        record(databases["visits"], count, stamped=True)
        for name in databases:
            port = free_port()
            settings = stage.settings(broker, port, **databases)
            process = stack.enter_context(stage.process([DIGIPUNT, "run", name], settings, port))
        applied = Applied(databases["reporting"])
        wait_until(lambda: applied.count() == count, "reporting to catch up for the first time", 600)
        facts = _facts(databases["visits"], stage.folder / "facts")
        generation, oldest = (Applied(databases["reporting"], query) for query in (GENERATION, OLDEST))
        _vacuum(databases["reporting"])

        def rebuild() -> Measured:
            found = _rebuild(process, generation, count)
            # What it leaves is swept once the new figures answer, and PostgreSQL cleans up after that: neither is measured with
            # the next one, or with the peer.
            wait_until(lambda: oldest.count() == generation.count(), "the sweep", 300)
            _vacuum(databases["reporting"])
            return found

        runs = in_turns(
            stage.runs,
            rebuild,
            lambda: _copy(stage.postgres.url_for("copy"), facts, count),
        )
    return [
        Line(5, f"rebuild from {count:,} events", "COPY", "/s", runs.ours["rate"], runs.peer["rate"], 0.2),
        Line(
            5,
            "memory at most, in a rebuild",
            "before it",
            "MiB",
            runs.ours["peak"],
            runs.ours["before"],
            1.25,
            at_most=True,
        ),
    ]


def _vacuum(database: str) -> None:
    connection = connect(database)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
    connection.close()


def _rebuild(reporting: Process, generation: Applied, count: int) -> Measured:
    before, old = reporting.resident(), generation.count()
    reporting.forget_peak()
    began = time.perf_counter()
    headers = {"Authorization": f"Bearer {token('ops')}"}
    url = f"http://127.0.0.1:{reporting.port}/reporting/v1/rebuild"
    httpx.post(url, json={"source": "visits"}, headers=headers, trust_env=False).raise_for_status()
    wait_until(lambda: generation.count() > old, "the rebuild", 900)
    seconds = time.perf_counter() - began
    return {"rate": count / seconds, "peak": reporting.peak() / MIB, "before": before / MIB}


def _facts(database: str, file: Path) -> Path:
    """The facts of every visit in the form that `COPY` reads."""
    connection = connect(database)
    with connection.cursor() as cursor, file.open("w") as into:
        cursor.copy_expert(
            f"COPY (SELECT position, {COLUMNS} FROM journal ORDER BY position) TO STDOUT", into
        )
    connection.close()
    return file


def _copy(database: str, facts: Path, count: int) -> Measured:
    connection = connect(database)
    with connection, connection.cursor() as cursor:
        cursor.execute(FACTS)
    began = time.perf_counter()
    with connection, connection.cursor() as cursor, facts.open() as rows:
        cursor.copy_expert("COPY facts FROM STDIN", rows)
    seconds = time.perf_counter() - began
    connection.close()
    return {"rate": count / seconds}
