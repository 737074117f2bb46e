"""One database per service, the same on SQLite and on PostgreSQL.

A transaction is short and does SQL only between BEGIN and COMMIT: on SQLite nothing yields inside it, so one writer at a
time is all there ever is in a process, and another process's writer is waited for cooperatively.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from typing import Any

import sqlalchemy as sa
import tenacity
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from chassis.storage import orphans

BUSY_DEADLINE = 5.0
"""Seconds that a writer waits for another process's writer on SQLite."""

WORKERS = 10
BESIDE_WORKERS = 10
"""Connections for what goes on beside the workers: the relay, subscriptions, timers, reports, readiness."""


BEYOND_LIMITS = "54"
"""The class of PostgreSQL's errors for what is too long or too much for it, whoever asks and whenever."""


def most_connections(workers: int = WORKERS) -> int:
    """How many connections to PostgreSQL a process with so many workers may have at once."""
    return workers + BESIDE_WORKERS + workers


def is_outage(error: BaseException) -> bool:
    """Whether the database is away or busy, as opposed to being asked for something wrong."""
    if isinstance(error, PoolTimeout):
        return True
    if isinstance(error, DBAPIError):
        if str(getattr(error.orig, "pgcode", "")).startswith(BEYOND_LIMITS):
            return False
        return error.connection_invalidated or isinstance(error, OperationalError | sa.exc.InterfaceError)
    return False


class Database:
    """Connections to one service's database at `url`: as many as are in use at once, and `most_connections` at most.

    `workers` is how many requests are at work at once. PostgreSQL knows its connections by `name`.
    """

    def __init__(self, url: str, *, workers: int = WORKERS, name: str = "digipunt") -> None:
        self.url = sa.make_url(url)
        self.dialect = self.url.get_backend_name()
        self._log_holds_deleted = False
        if self.dialect == "sqlite":
            self.engine = sa.create_engine(
                self.url,
                connect_args={"timeout": 0},
                pool_size=workers + BESIDE_WORKERS,
                max_overflow=0,
                pool_timeout=BUSY_DEADLINE,
            )
            _make_sqlite_transactional(self.engine)
            self._reading = self.engine.execution_options(reading=True)
        else:
            # Loading psycopg2 takes longer than much of a start on SQLite.
            from chassis.storage import postgres_timeout

            postgres_timeout.install()

            options: dict[str, Any] = {
                "connect_args": {
                    "application_name": name,
                    "connection_factory": postgres_timeout.Connection,
                    "options": orphans.options(self.url),
                    **orphans.LOST_SERVER,
                },
                "max_overflow": 0,
                "pool_timeout": BUSY_DEADLINE,
                "pool_recycle": 1800,
            }
            self.engine = sa.create_engine(self.url, pool_size=workers + BESIDE_WORKERS, **options)
            # Connections of its own, for workers only: psycopg2 needs two SET statements to take one out of autocommit again.
            self._single = sa.create_engine(
                self.url, isolation_level="AUTOCOMMIT", pool_size=workers, **options
            )
            self._reading = self.engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one consistent snapshot and changes nothing."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def begin(self, *, unlimited: bool = False) -> Iterator[sa.Connection]:
        """A transaction, committed at the end of the block and rolled back when it raises.

        When `unlimited`, it may take as long as it needs (see the method `unlimited`).
        """
        connection = self.open()
        try:
            with self.unlimited(connection) if unlimited else nullcontext():
                yield connection
                connection.commit()
        finally:
            connection.close()
            self.wipe_if_asked()

    @contextmanager
    def unlimited(self, connection: sa.Connection) -> Iterator[None]:
        """Let the transaction of `connection` take as long as it needs: its statements, its waits for locks and its pauses.

        For work that one process does while others go on, such as a migration or a backup.
        """
        if self.dialect == "sqlite":
            yield
            return
        connection.exec_driver_sql(orphans.UNLIMITED)
        ours: Any = connection.connection.dbapi_connection
        usual, ours.statement_timeout = ours.statement_timeout, math.inf
        try:
            yield
        finally:
            ours.statement_timeout = usual

    def wipe_deleted(self) -> None:
        """Have what was just deleted gone from the disk too, once nobody reads an older state any more.

        On SQLite `secure_delete` overwrites it in the database, and emptying the log takes away its copy there. PostgreSQL
        does so by itself, when it vacuums.
        """
        self._log_holds_deleted = self.dialect == "sqlite"

    def wipe_if_asked(self) -> None:
        """Empty the log if something that was deleted may be in it; while somebody reads, the next transaction tries again."""
        if not self._log_holds_deleted:
            return
        # What was to be done is committed, so nothing that happens here may look like a failure of it.
        with (
            suppress(sqlite3.Error, sa.exc.SQLAlchemyError),
            closing(self.engine.raw_connection()) as connection,
        ):
            cursor = connection.cursor()
            [busy, *_] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            cursor.close()
            self._log_holds_deleted = bool(busy)

    def open(self) -> sa.Connection:
        """A connection in a begun transaction; the caller commits and closes it."""
        connection = self.engine.connect()
        try:
            if self.dialect == "sqlite":
                _retrying(connection.begin)
            else:
                connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def single(self) -> Iterator[sa.Connection]:
        """PostgreSQL only: a connection whose every statement is a transaction of its own, in one round trip."""
        with self._single.connect() as connection:
            yield connection

    def ping(self) -> None:
        """Raise unless the database answers."""
        with self.read() as connection:
            connection.execute(sa.text("SELECT 1"))

    def connections_in_use(self) -> int:
        """How many connections are working just now."""
        engines = [self.engine] if self.dialect == "sqlite" else [self.engine, self._single]
        return sum(pool.checkedout() for engine in engines if isinstance(pool := engine.pool, sa.QueuePool))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()
        if self.dialect == "postgresql":
            self._single.dispose()


_retrying = tenacity.Retrying(
    retry=tenacity.retry_if_exception(lambda error: "locked" in str(error)),
    wait=tenacity.wait_random(0.001, 0.02),
    stop=tenacity.stop_after_delay(BUSY_DEADLINE),
    reraise=True,
)


def _make_sqlite_transactional(engine: sa.Engine) -> None:
    """Take BEGIN out of the driver's hands: a writer asks for its lock first, so it can never fail half-way.

    `synchronous=FULL` because a 201 is a promise, even when the plug is pulled.
    """

    @sa.event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, record: Any) -> None:
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        for pragma in (
            "busy_timeout=5000",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "busy_timeout=0",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        reading = connection.get_execution_options().get("reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    @sa.event.listens_for(engine, "checkin")
    def end(dbapi_connection: Any, record: Any) -> None:
        # SQLAlchemy takes a transaction for over when COMMIT failed; SQLite may keep it, and its lock with it.
        if dbapi_connection is not None and dbapi_connection.in_transaction:
            dbapi_connection.rollback()


def upsert(dialect: str, table: sa.Table) -> Any:
    """An INSERT of that dialect, with `on_conflict_do_update` and `on_conflict_do_nothing`."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    # Its package loads a module for each driver, which a laptop would wait for at every start.
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


def for_update(dialect: str, statement: sa.Select[Any]) -> sa.Select[Any]:
    """`statement` locking its rows. SQLite needs no lock: the transaction already holds the only one."""
    return statement.with_for_update() if dialect == "postgresql" else statement


def replacing(dialect: str, table: sa.Table, *, newer: bool = False) -> Any:
    """An INSERT of whole rows that takes the place of the row with the same key; with `newer`, only of a lower `version`."""
    statement = upsert(dialect, table)
    given = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={each.name: given[each.name] for each in table.c if not each.primary_key},
        where=table.c.version < given.version if newer else None,
    )
