"""Journals of many registered visits, made inside the database, where it matters how they are carried and not how they came."""

from __future__ import annotations

import psycopg2
import sqlalchemy as sa

from contracts.events import event_type
from contracts.refdata import active

TYPE = event_type("visits", "visits", "registered")
MUNICIPALITIES = ("24107", "24059", "24130", "24133", "24041", "24028", "24054")
POINTS_EACH = 3
DAYS = 546
"""From 1 January 2025, in their order, as visits come: a year and a half, so that every kind of cell is filled."""

RECORD = """
INSERT INTO journal (id, position, type, subject, time, municipality, entity_version, data)
SELECT gen_random_uuid(), CASE WHEN %(stamped)s THEN n + %(after)s END, %(type)s, 'visits/' || visit,
  at AT TIME ZONE 'UTC', place, 1,
  json_build_object('visit', json_build_object(
    'id', visit, 'digipunt', md5('point' || place || n %% %(points)s)::uuid, 'municipality', place,
    'startedAt', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 'durationMinutes', 5 + n %% 50,
    'themes', CASE WHEN n %% 3 = 0 THEN json_build_array(theme, other) ELSE json_build_array(theme) END,
    'help', (%(help)s)[1 + n %% array_length(%(help)s, 1)], 'outcome', (%(outcome)s)[1 + n %% array_length(%(outcome)s, 1)],
    'selfReliance', (%(self)s)[1 + n %% array_length(%(self)s, 1)], 'place', 'point',
    'contact', (ARRAY['first', 'repeat', 'unknown'])[1 + n %% 3],
    'ageBand', (%(age)s)[1 + n / 7 %% array_length(%(age)s, 1)],
    'residence', (%(places)s)[1 + n / 5 %% array_length(%(places)s, 1)],
    'device', (%(device)s)[1 + n / 3 %% array_length(%(device)s, 1)]
  ))::text
FROM (
  SELECT n, gen_random_uuid() AS visit, timestamp '2025-01-01 08:00'
      + make_interval(days => (n::bigint * %(days)s / (%(count)s + 1))::int, mins => n %% 480) AS at,
    (%(places)s)[1 + n %% array_length(%(places)s, 1)] AS place,
    (%(themes)s)[1 + n / 11 %% array_length(%(themes)s, 1)] AS theme,
    (%(themes)s)[1 + (n / 11 + 5) %% array_length(%(themes)s, 1)] AS other
  FROM generate_series(1, %(count)s) AS n
) AS made
"""


def connect(database: str) -> psycopg2.extensions.connection:
    """A plain connection to the database at this SQLAlchemy address."""
    url = sa.make_url(database).set(drivername="postgresql")
    return psycopg2.connect(url.render_as_string(hide_password=False))


def record(database: str, count: int, *, stamped: bool = False, after: int = 0) -> None:
    """Commit `count` events to a visits journal: new ones, or `stamped` and published ones."""
    values = {
        "count": count,
        "stamped": stamped,
        "after": after,
        "type": TYPE,
        "points": POINTS_EACH,
        "days": DAYS,
        "places": list(MUNICIPALITIES),
        "themes": sorted(active("theme")),
        "help": sorted(active("help")),
        "outcome": sorted(active("outcome")),
        "self": sorted(active("selfReliance")),
        "age": sorted(active("ageBand")),
        "device": sorted(active("deviceKind")),
    }
    connection = connect(database)
    with connection, connection.cursor() as cursor:
        cursor.execute(RECORD, values)
        if stamped:
            cursor.execute(
                "UPDATE journal_head SET position = %s, published = %s", (after + count, after + count)
            )
    connection.close()
