"""Row 9: a long list of registrations brought in through the API, beside `execute_values` of the same rows."""

from __future__ import annotations

import csv
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from psycopg2.extras import execute_values

from bench.measure import Line, Measured, in_turns
from bench.stage import DIGIPUNT, Stage, environment, free_port, token
from tests.support.journals import connect

MAP = Path(__file__).parents[2] / "docs/examples/registraties-map.yaml"
HEADER = (
    "Datum;Beginuur;Duur (min);Digipunt;Gemeente;Thema('s);Hoe geholpen;Resultaat;Doorverwezen naar;Leeftijd;"
    "Eerste bezoek dit jaar?;Knelpunt"
)
TABLES = ("digipunts", "visits", "journal")


def measure(stage: Stage) -> list[Line]:
    """Rows a second, from the start of the command to its last line."""
    count = stage.size(100_000, 2_000)
    file = _listed(stage.folder / "registraties.csv", count)
    kept: dict[str, list[Any]] = {}
    runs = in_turns(
        stage.runs, lambda: _import(stage, file, count, kept), lambda: _insert(stage, count, kept)
    )
    what = f"import of {count:,} visits"
    return [Line(9, what, "execute_values", "rows/s", runs.ours["rate"], runs.peer["rate"], 0.1)]


def _listed(file: Path, count: int) -> Path:
    """A list such as a digipunt keeps in Excel, of visits that are all different."""
    themes = ("e-mail", "itsme / eID", "belastingen; itsme / eID", "bankzaken", "apps")
    with file.open("w", newline="") as into:
        writer = csv.writer(into, delimiter=";")
        writer.writerow(HEADER.split(";"))
        for n in range(count):
            day = date(2025, 1, 1) + timedelta(days=n * 500 // count)
            at = f"{9 + n % 8}u{n // 8 % 60:02}"
            point = ("Bezorgd om Mensen", "Bibliotheek Tienen")[n % 2]
            writer.writerow(
                [
                    f"{day:%d/%m/%Y}",
                    at,
                    5 + n // 480 % 50,
                    point,
                    "Tienen",
                    themes[n % 5],
                    "samen gedaan",
                    "samen opgelost",
                    "",
                    "65-74",
                    ("ja", "nee")[n % 2],
                    "itsme: geen smartphone" if n % 7 == 0 else "",
                ]
            )
    return file


def _import(stage: Stage, file: Path, count: int, kept: dict[str, list[Any]]) -> Measured:
    database, port = stage.migrated("visits"), free_port()
    with stage.rabbitmq.vhost() as broker:
        settings = stage.settings(broker, port, visits=database)
        with stage.process([DIGIPUNT, "run", "visits"], settings, port):
            address = f"http://127.0.0.1:{port}"
            command = [DIGIPUNT, "import", "visits", file, "--map", MAP, "--url", address, "--token", token()]
            began = time.perf_counter()
            run = subprocess.run(
                command, env=environment({}), check=True, stdout=subprocess.PIPE, stderr=2, text=True
            )
            seconds = time.perf_counter() - began
    assert run.stdout.startswith(f"accepted {count}, "), run.stdout
    if not kept:
        kept.update(_rows(database))
    return {"rate": count / seconds}


def _rows(database: str) -> dict[str, list[Any]]:
    connection = connect(database)
    rows = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM {table}")
            rows[table] = cursor.fetchall()
    connection.close()
    return rows


def _insert(stage: Stage, count: int, kept: dict[str, list[Any]]) -> Measured:
    """What the import left, state and journal, in one transaction and pages of 500."""
    connection = connect(stage.migrated("visits"))
    began = time.perf_counter()
    with connection, connection.cursor() as cursor:
        for table in TABLES:
            execute_values(cursor, f"INSERT INTO {table} VALUES %s", kept[table], page_size=500)
    seconds = time.perf_counter() - began
    connection.close()
    return {"rate": count / seconds}
