"""`scripts/bench [ROW…] [--runs 5] [--quick]`: measure, print one table, and keep the figures under build/."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path
from statistics import median
from typing import Any

import psycopg2
import sqlalchemy as sa
from kombu import Connection
from rich.console import Console
from rich.table import Table

from bench.measure import Line
from bench.stage import Stage, staged
from tests.support.processes import Missing

ROWS = {
    1: "put_visit",
    3: "journal_to_reporting",
    4: "journal_to_reporting",
    5: "rebuild",
    6: "figures",
    7: "figures",
    9: "import_visits",
    10: "serve",
    12: "desk",
    13: "figures",
}
"""Row of the table of promises, and the module that measures it."""

PACKAGES = [
    "nameko",
    "eventlet",
    "kombu",
    "amqp",
    "pika",
    "httptools",
    "marshmallow",
    "sqlalchemy",
    "psycopg2-binary",
    "fastapi",
    "uvicorn",
    "uvloop",
    "pydantic",
    "asyncpg",
    "faststream",
    "aio-pika",
]


def main() -> None:
    """Measure the rows that were asked for, or all."""
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    help = f"{[*ROWS]}, or a name such as desk"
    parser.add_argument("rows", metavar="ROW", type=_row, nargs="*", choices=[[], *ROWS], help=help)
    parser.add_argument("--runs", type=int, default=5, help="alternating runs of each figure (5)")
    parser.add_argument("--quick", action="store_true", help="short runs on small data, to see that it works")
    asked = parser.parse_args()
    console = Console(stderr=True)
    modules = list(dict.fromkeys(ROWS[row] for row in asked.rows or ROWS))
    lines: list[Line] = []
    try:
        with staged(runs=asked.runs, quick=asked.quick) as stage:
            ground = _ground(stage)
            for name in modules:
                console.print(f"measuring {name}", highlight=False)
                lines += import_module(f"bench.rows.{name}").measure(stage)
    except Missing as missing:
        sys.exit(str(missing))
    if asked.rows:
        lines = [line for line in lines if line.row in asked.rows]
    _print(lines, ground, asked.runs, quick=asked.quick)
    _keep(lines, ground)


def _row(text: str) -> int:
    """The row of that number, or the first that has this name."""
    return next((row for row, name in ROWS.items() if name == text), 0) or int(text)


def _ground(stage: Stage) -> dict[str, str]:
    """Versions and settings of everything that was measured on."""
    url = sa.make_url(stage.postgres.url_for("versions"))
    connection = psycopg2.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
    with connection.cursor() as cursor:
        names = "server_version", "fsync", "synchronous_commit", "shared_buffers"
        shown = []
        for name in names:
            cursor.execute(f"SHOW {name}")
            shown.append(f"{name} {cursor.fetchone()[0]}")  # type: ignore[index]
    connection.close()
    with stage.rabbitmq.vhost() as broker, Connection(broker) as link:
        properties = link.connect().server_properties  # type: ignore[attr-defined]
    cores = os.cpu_count()
    return {
        "machine": f"{cores} cores, {platform.machine()}, Linux {platform.release()}",
        "shared": "load generator, servers and peers share the cores",
        "python": platform.python_version(),
        "postgresql": ", ".join(shown).removeprefix("server_version "),
        "rabbitmq": str(properties["version"]),
        "packages": ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES),
    }


def _print(lines: list[Line], ground: dict[str, str], runs: int, *, quick: bool) -> None:
    console = Console(width=140)
    for name, value in ground.items():
        console.print(f"{name}: {value}", highlight=False, soft_wrap=True)
    console.print(
        f"{runs} alternating runs{', quick: too short to be quoted' if quick else ''}; medians; "
        "ratio = ours ÷ peer's, (least–greatest)\n",
        highlight=False,
    )
    table = Table()
    for heading in ("row", "what", "ours", "peer or limit", "", "ratio (min–max)", "promised", ""):
        table.add_column(heading, justify="right" if heading in ("row", "ours", "peer or limit") else "left")
    for line in lines:
        ratios = line.ratios
        table.add_row(
            str(line.row),
            line.what,
            f"{_short(median(line.ours))} {line.unit}",
            f"{_short(median(line.peer))} {line.unit}",
            line.peer_name,
            f"{_short(median(ratios))} ({_short(min(ratios))}–{_short(max(ratios))})",
            f"{'≤' if line.at_most else '≥'} {line.floor:g}",
            "ok" if line.ok else "below",
        )
    console.print(table)


def _short(value: float) -> str:
    """Three figures, and no more."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _keep(lines: list[Line], ground: dict[str, str]) -> None:
    folder = Path("build")
    folder.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    kept: dict[str, Any] = {
        "at": now.isoformat(),
        "ground": ground,
        "lines": [line.as_json() for line in lines],
    }
    path = folder / f"bench-{now:%Y%m%dT%H%M%SZ}.json"
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")
    print(f"kept in {path}")


if __name__ == "__main__":
    main()
