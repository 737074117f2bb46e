"""Rows 6, 7 and 13: figures of one municipality and one half-year, among few visits and among very many.

The read models are made inside the database, as folding would leave them: it matters how they are read, not how they came.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx
import psycopg2

from bench.measure import Line, Measured, in_turns, percentile
from bench.stage import DIGIPUNT, TIENEN, Stage, free_port, token
from services.reporting.model.layout import LAYOUT, VERSION, Packed
from tests.support.journals import MUNICIPALITIES, POINTS_EACH, connect

DAYS = 942
"""From 1 January 2024: 31 months."""
HALF = {"from": "2025-01-01", "to": "2025-06-30", "municipality": TIENEN}
REQUESTS = 40
DASHBOARD_MS = 2000

SINGLE = [place for place in LAYOUT.values() if place.column == "codes" and not place.several]

VISITS = """
INSERT INTO facts (generation, id, day, municipality, digipunt, residence, themes, codes, minutes, bottlenecks)
SELECT 1, gen_random_uuid(), date '2024-01-01' + (random() * {days})::int,
  (%(places)s)[1 + n %% {places}], md5('point' || n %% {places} || n / 7 %% {points})::uuid, '', {themes}, {codes}, 20, ''
FROM generate_series(1, %(count)s) AS n
"""
CELLS = """
INSERT INTO cells (generation, scope, municipality, grain, start, digipunt, counts)
SELECT 1, 'P', municipality, '{grain}', start, digipunt, json_object_agg(key, visits)::text FROM (
  SELECT municipality, digipunt, {start} AS start, key, count(*) AS visits
  FROM facts CROSS JOIN LATERAL (VALUES {keys}) AS counted (key) WHERE key IS NOT NULL GROUP BY 1, 2, 3, 4
) AS sums GROUP BY 3, 5, 6
"""
FOLLOWED = """
INSERT INTO checkpoints (source, generation, active, epoch, position, updated_at, state, version, version_position)
VALUES ('visits', 1, true, gen_random_uuid(), 1, now(), 'following', %(version)s, 1)
"""
MONTHS = """
INSERT INTO fact_months SELECT 1, municipality, date_trunc('month', day)::date, count(*) FROM facts GROUP BY 2, 3
"""


def measure(stage: Stage) -> list[Line]:
    """A summary among few and among many visits; and beside the database that groups the same visits."""
    few, many = stage.size(100_000, 20_000), stage.size(10_000_000, 300_000)
    with ExitStack() as stack:
        small, large = (stack.enter_context(_reporting(stage, count)) for count in (few, many))
        growth = in_turns(stage.runs, lambda: _times(large.summary), lambda: _times(small.summary))
        grouped = in_turns(stage.runs, lambda: _times(large.summary), lambda: _once(large.group_all))
        shown = _time(large.dashboard)
        _times(large.query)  # The first prepares.
        crossed = in_turns(stage.runs, lambda: _times(large.query), lambda: _once(large.group_two))
    what = f"of one municipality and half-year, among {many:,} visits"
    return [
        Line(
            6,
            f"summary {what}",
            f"among {few:,}",
            "ms",
            growth.ours["p99"],
            growth.peer["p99"],
            1.5,
            at_most=True,
        ),
        Line(
            6,
            f"dashboard's first figures, {what.removeprefix('of ')}",
            "limit",
            "ms",
            [shown],
            [DASHBOARD_MS],
            1,
            at_most=True,
        ),
        Line(
            7,
            f"summary {what}",
            "GROUP BY, indexed",
            "ms",
            grouped.ours["p50"],
            grouped.peer["p50"],
            0.01,
            at_most=True,
        ),
        Line(
            13,
            f"query {what}",
            "GROUP BY, indexed",
            "ms",
            crossed.ours["p50"],
            crossed.peer["p50"],
            0.01,
            at_most=True,
        ),
    ]


@dataclass(frozen=True)
class Reporting:
    """The service on a database with many visits, and that database itself."""

    http: httpx.Client
    database: psycopg2.extensions.connection

    def summary(self) -> None:
        self._get("summary")

    def dashboard(self) -> None:
        """What *Cijfers* asks before it shows something, and for its first picture (web/src/screens/figures/overview.js)."""
        before = {"from": "2024-01-01", "to": "2024-06-30"}
        self._get("summary", compare="lastYear", language="nl")
        self._get("series", by="month")
        self._get("series", by="month", **before)
        self._get("charts/contacts.svg", language="nl", width="640")

    def query(self) -> None:
        self._get("query", by="ageBand,outcome")

    def group_two(self) -> None:
        """What `query` asks, of the facts."""
        self._group(LAYOUT["ageBand"], LAYOUT["outcome"])

    def group_all(self) -> None:
        """What a summary says of codes, of the facts: each list, and themes by their combinations."""
        for place in [LAYOUT["themes"], LAYOUT["situation"], *SINGLE]:
            self._group(place)

    def _group(self, *places: Packed) -> None:
        columns = ", ".join(_bits(place) for place in places)
        by = ", ".join(str(number + 1) for number in range(len(places)))
        with self.database.cursor() as cursor:
            cursor.execute(
                f"SELECT {columns}, count(*) FROM facts WHERE generation = 1 AND municipality = %s"
                f" AND day BETWEEN %s AND %s GROUP BY {by}",
                (HALF["municipality"], HALF["from"], HALF["to"]),
            )
            cursor.fetchall()

    def _get(self, path: str, **more: str) -> None:
        self.http.get(f"/reporting/v1/{path}", params=HALF | more).raise_for_status()


@contextmanager
def _reporting(stage: Stage, count: int) -> Iterator[Reporting]:
    with ExitStack() as stack:
        broker = stack.enter_context(stage.rabbitmq.vhost())
        url = stage.migrated("reporting")
        database = connect(url)
        stack.callback(database.close)
        database.autocommit = True
        _fill(database, count)
        port = free_port()
        settings = stage.settings(broker, port, reporting=url)
        stack.enter_context(stage.process([DIGIPUNT, "run", "reporting"], settings, port))
        headers = {"Authorization": f"Bearer {token()}"}
        client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False, timeout=60
        )
        yield Reporting(stack.enter_context(client), database)


def _fill(database: psycopg2.extensions.connection, count: int) -> None:
    themes = LAYOUT["themes"]
    pieces = [f"((n / {7 + each.shift}) %% {len(each.codes)} + 1)::bigint << {each.shift}" for each in SINGLE]
    facts = VISITS.format(
        days=DAYS,
        places=len(MUNICIPALITIES),
        points=POINTS_EACH,
        themes=f"(1::bigint << (n / 11 %% {themes.width})) | (1::bigint << (n / 13 %% {themes.width}))",
        codes=" | ".join(f"({piece})" for piece in pieces),
    )
    keys = ", ".join(["('contacts|')", *(_named(place) for place in SINGLE), *_themes(themes)])
    grains = {"M": "date_trunc('month', day)::date", "D": "day"}
    with database.cursor() as cursor:
        cursor.execute(facts, {"places": list(MUNICIPALITIES), "count": count})
        for grain, start in grains.items():
            cursor.execute(CELLS.format(grain=grain, start=start, keys=keys))
        cursor.execute(MONTHS)
        cursor.execute(FOLLOWED, {"version": VERSION})
        cursor.execute("VACUUM ANALYZE")


def _named(place: Packed) -> str:
    codes = ", ".join(f"'{place.field}|{code}'" for code in place.codes)
    return f"((ARRAY[{codes}])[{_bits(place)}])"


def _themes(place: Packed) -> Iterator[str]:
    for bit, code in enumerate(place.codes):
        yield f"(CASE WHEN themes >> {bit} & 1 = 1 THEN 'theme|{code}' END)"


def _bits(place: Packed) -> str:
    return f"({place.column} >> {place.shift} & {place.mask})"


def _times(ask: Callable[[], None]) -> Measured:
    times = [_time(ask) for _ in range(REQUESTS)]
    return {"p50": percentile(times, 0.5), "p99": percentile(times, 0.99)}


def _once(ask: Callable[[], None]) -> Measured:
    return {"p50": _time(ask)}


def _time(ask: Callable[[], None]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000
