"""Brings one service's database to the newest schema: its own tables, and those of the chassis.

Each has a branch of revisions of its own, so a service and the chassis never wait for one another. Safe to run at once from
several places: the database is locked while one works. Migrations never lose data.

All that is missing is done in one transaction. So when the server goes away meanwhile nothing has happened, and it is done
again from the start.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
import tenacity
from sqlalchemy.exc import DBAPIError

from chassis.backoff import LONGEST_PAUSE
from chassis.errors import DigipuntError, Unavailable
from chassis.storage.database import Database, is_outage

if TYPE_CHECKING:
    from alembic.config import Config

log = structlog.get_logger(__name__)

HERE = Path(__file__).parent
LOCK = 0x64696769
"""PostgreSQL's advisory lock that migrations of one database queue for ("digi")."""

FIRST_PAUSE = 0.25
"""Seconds before the second attempt; they double."""

_ALEMBIC = threading.Lock()
"""alembic keeps what it works on in module globals."""


class MigrationFailed(DigipuntError):
    """The database cannot be brought to the newest schema, however often it is tried; it is as it was."""


def upgrade(url: str, versions: Path, *, patience: float = math.inf) -> None:
    """Migrate the database at `url` with the revisions of the chassis and those in the folder `versions`.

    A PostgreSQL that is away, or goes away meanwhile, is waited for. Raises Unavailable when it has been away for `patience`
    seconds, and MigrationFailed.
    """
    database = Database(url)
    try:
        if database.dialect == "sqlite":
            _bring_up_to_date(database, versions)
        else:
            _waiting(patience)(_bring_up_to_date, database, versions)
    except DBAPIError as error:
        name, reason = database.url.database, _reason(error)
        if database.dialect == "postgresql" and is_outage(error):
            raise Unavailable(f"the database {name} is away: {reason}") from error
        raise MigrationFailed(
            f"the database {name} was not brought to the newest schema: {reason}"
        ) from error
    finally:
        database.close()


def _bring_up_to_date(database: Database, versions: Path) -> None:
    if not is_current(database, versions):
        _upgrade(database, versions)


def _waiting(patience: float) -> tenacity.Retrying:
    """Tries again for as long as the database is away, and says so each time."""

    def say(state: tenacity.RetryCallState) -> None:
        assert state.outcome is not None, "an attempt has ended"
        log.warning("migrations.waiting", error=_reason(state.outcome.exception()))

    return tenacity.Retrying(
        retry=tenacity.retry_if_exception(is_outage),
        wait=tenacity.wait_exponential(multiplier=FIRST_PAUSE, max=LONGEST_PAUSE),
        stop=tenacity.stop_after_delay(patience),
        before_sleep=say,
        reraise=True,
    )


def _reason(error: BaseException | None) -> str:
    """What the server said, without the statement."""
    return str(getattr(error, "orig", error)).strip().partition("\n")[0]


def is_current(database: Database, versions: Path) -> bool:
    """Whether every revision known here has been applied.

    A newer release may have applied more: revisions only add, so the release before goes on working beside it.
    """
    with database.read() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return False
        names = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalars()
        applied = dict(map(_branch_and_number, names))
    known = map(_branch_and_number, _newest(HERE / "versions") + _newest(versions))
    return all(applied.get(branch, 0) >= number for branch, number in known)


def may_change_tables(database: Database) -> bool:
    """Whether this role could migrate; one that only runs a service need not (deploy/database/10-roles.sh)."""
    if database.dialect == "sqlite":
        return True
    may_create = sa.func.has_schema_privilege("public", "CREATE")
    with database.read() as connection:
        return bool(connection.execute(sa.select(may_create)).scalar_one())


def _newest(versions: Path) -> list[str]:
    """The newest revision in a folder, whose files and revisions are numbered; none when the folder has none.

    Read from the file, because alembic takes longer to load than most of what a start does.
    """
    text = [file.read_text(encoding="utf-8") for file in sorted(versions.glob("[0-9]*.py"))[-1:]]
    return re.findall(r'^revision = "(.+)"$', "".join(text), re.MULTILINE)


def _branch_and_number(revision: str) -> tuple[str, int]:
    """Of a revision such as `visits_0001`."""
    branch, _, number = revision.rpartition("_")
    return branch, int(number)


def _upgrade(database: Database, versions: Path) -> None:
    with _alone(database) as connection:
        upgrade_in(connection, versions)


def upgrade_in(connection: sa.Connection, versions: Path, revisions: Iterable[str] = ("heads",)) -> None:
    """Migrate inside the caller's transaction, to `revisions` or to the newest schema."""
    from alembic import command

    with _ALEMBIC:
        config = _config(versions)
        config.attributes["connection"] = connection
        for revision in revisions:
            command.upgrade(config, revision)


def _config(versions: Path) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{HERE / 'versions'}\n{versions}")
    return config


@contextmanager
def _alone(database: Database) -> Iterator[sa.Connection]:
    """One transaction in which nobody else migrates: SQLite has one writer, PostgreSQL an advisory lock."""
    with database.begin(unlimited=True) as connection:
        if database.dialect == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK)))
        yield connection
