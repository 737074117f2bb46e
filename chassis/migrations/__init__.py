"""Brings one service's database to the newest schema: its own tables, and those of the chassis.

Each has a branch of revisions of its own, so a service and the chassis never wait for one another. Safe to run at once from
several places: the database is locked while one works. Migrations never lose data.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from chassis.database import Database

HERE = Path(__file__).parent
LOCK = 0x64696769
"""PostgreSQL's advisory lock that migrations of one database queue for ("digi")."""


def upgrade(url: str, versions: Path) -> None:
    """Migrate the database at `url` with the revisions of the chassis and those in the folder `versions`."""
    database = Database(url)
    try:
        with _alone(database) as connection:
            config = _config(versions)
            config.attributes["connection"] = connection
            command.upgrade(config, "heads")
    finally:
        database.close()


def is_current(database: Database, versions: Path) -> bool:
    """Whether every revision known here has been applied."""
    with database.read() as connection:
        applied = set(MigrationContext.configure(connection).get_current_heads())
    return applied == set(ScriptDirectory.from_config(_config(versions)).get_heads())


def _config(versions: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{HERE / 'versions'}\n{versions}")
    return config


@contextmanager
def _alone(database: Database) -> Iterator[sa.Connection]:
    """One transaction in which nobody else migrates: SQLite has one writer, PostgreSQL an advisory lock."""
    with database.begin() as connection:
        if database.dialect == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        yield connection
