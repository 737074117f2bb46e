"""SQLite in memory, one transaction at a time, with copies that can be put back and commits whose outcome is not told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from chassis.storage.database import Database, _make_sqlite_transactional
from tests.simulation.tasks import Scheduler


def _away() -> sqlite3.OperationalError:
    return sqlite3.OperationalError("simulated: the database is away")


class Storage(Database):
    """One service's database. Its engine is kept from run to run, because it knows the statements by then."""

    def __init__(self, name: str, *tables: sa.MetaData) -> None:
        self.url = sa.make_url("sqlite://")
        self.dialect = "sqlite"
        self.name = name
        self.engine = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
        _make_sqlite_transactional(self.engine)
        self._reading = self.engine.execution_options(reading=True)
        self._log_holds_deleted = False
        self._held = False
        self._scheduler: Scheduler | None = None
        self.seconds: Callable[[], float] = lambda: 0.0
        self.breaks: str | None = None
        """How the next transaction fails: at `begin`, at `commit`, or at the `answer`, when all is kept and nobody is told."""
        self.before_commit: Callable[[], None] = lambda: None
        with self.engine.begin() as connection:
            for each in tables:
                each.create_all(connection)
        raw = self.engine.raw_connection()
        self._raw: Any = raw.dbapi_connection
        raw.close()
        self._raw.create_function("julianday", 1, lambda _: self.seconds() / 86400.0 + 2440587.5)
        self.empty = self.copy()
        self.engine.dialect.do_commit = self._commit  # type: ignore[method-assign]
        sa.event.listen(self.engine.pool, "checkin", self._on_checkin)

    def begin_run(self, scheduler: Scheduler, seconds: Callable[[], float]) -> None:
        """Empty, as at the first start of a service; `seconds` is the database's own clock."""
        self._scheduler = scheduler
        self.seconds = seconds
        self.breaks = None
        self._held = False
        self.before_commit = lambda: None
        self.put_back(self.empty)

    def copy(self) -> bytes:
        """All that is committed."""
        return bytes(self._raw.serialize())

    def put_back(self, copy: bytes) -> None:
        """Be again as when this copy was made. Nobody may be using it."""
        self._raw.deserialize(copy)

    def open(self) -> sa.Connection:
        self._take("begin")
        connection = self.engine.connect()
        try:
            connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        self._take("read")
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within, the simulation itself looks at it or changes it, and no thread sees that coming."""
        scheduler, self._scheduler = self._scheduler, None
        try:
            yield
        finally:
            self._scheduler = scheduler

    @contextmanager
    def aside(self) -> Iterator[sa.Connection]:
        """A transaction of the simulation itself."""
        with self.alone(), self.begin() as connection:
            yield connection

    def query(self, statement: str, **values: Any) -> list[Any]:
        """What is committed now, past SQLAlchemy."""
        return list(self._raw.execute(statement, values))

    @property
    def is_free(self) -> bool:
        return not self._held

    def _take(self, what: str) -> None:
        """Wait until nobody else is in a transaction."""
        if self._scheduler is None:
            return
        self._scheduler.stand(f"{self.name}.{what}")
        self._scheduler.wait(lambda: not self._held, None, f"{self.name}.locked")
        if self.breaks == "begin":
            self.breaks = None
            raise sa.exc.OperationalError("BEGIN", {}, _away())
        self._held = True

    def _commit(self, dbapi_connection: Any) -> None:
        breaks = None
        if self._scheduler is not None:
            self.before_commit()
            breaks, self.breaks = self.breaks, None
        if breaks == "commit":
            raise _away()
        dbapi_connection.commit()
        if breaks == "answer":
            raise _away()

    def _on_checkin(self, dbapi_connection: Any, record: Any) -> None:
        if self._scheduler is not None:
            self._held = False
