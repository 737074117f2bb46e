"""What a token of the command line is for: a desk's and a helper's are for the municipalities of their digipunten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from chassis.errors import Unavailable
from chassis.settings import Settings

if TYPE_CHECKING:
    from chassis.storage.database import Database

AT_A_DIGIPUNT = frozenset({"desk", "helper"})

KNOWN_IN = {"visits": "digipunts", "loans": "points"}
"""The tables that have digipunten with their municipalities; lending also works alone."""


def place_of(
    settings: Settings, role: str, municipalities: Iterable[str], digipunts: Iterable[str]
) -> tuple[list[str], list[str]]:
    """The municipalities and digipunten of a token: those named, and where none is, what follows from the others.

    Raises ValueError when a desk or a helper would get a token for more than their digipunten.
    """
    named, points = list(municipalities), [_canonical(text) for text in digipunts]
    if named or role not in AT_A_DIGIPUNT:
        return named or list(settings.municipalities), points
    if not points:
        raise ValueError(
            f"a {role} works at a digipunt: name it with --digipunt, and with --municipality where it is"
        )
    known = _municipalities_of(settings, points)
    for point in points:
        if point not in known:
            raise ValueError(f"digipunt {point} is not known here: name its municipality with --municipality")
    return sorted(set(known.values())), points


def _canonical(text: str) -> str:
    try:
        return str(UUID(text.strip()))
    except ValueError:
        raise ValueError(
            f"digipunt {text!r} is not an id: it is written as 01970000-0000-7000-8000-000000000000"
        ) from None


def _municipalities_of(settings: Settings, points: list[str]) -> dict[str, str]:
    # Most tokens need no database, and SQLAlchemy is most of what a start would load.
    import sqlalchemy as sa

    found: dict[str, str] = {}
    for database, name in _databases(settings):
        table = sa.table(name, sa.column("id", sa.Uuid(as_uuid=False)), sa.column("municipality", sa.Text))
        try:
            with database.read() as connection:
                if sa.inspect(connection).has_table(name):
                    rows = connection.execute(sa.select(table).where(table.c.id.in_(points)))
                    found = {row.id: row.municipality for row in rows} | found
        except sa.exc.SQLAlchemyError:
            raise Unavailable(
                "the database that knows where a digipunt is does not answer: name the municipality with --municipality"
            ) from None
        finally:
            database.close()
    return found


def _databases(settings: Settings) -> Iterator[tuple[Database, str]]:
    """Those that are there: opening an SQLite database that is not would make it."""
    import sqlalchemy as sa

    from chassis.storage.database import Database

    for service, table in KNOWN_IN.items():
        url = settings.database_urls.get(service)
        if url is not None:
            file = sa.make_url(url).database if url.startswith("sqlite") else None
            if file is None or Path(file).exists():
                yield Database(url), table
