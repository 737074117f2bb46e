"""State and events in one transaction (transactional outbox), so that neither can be there without the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import TracebackType
from typing import Any

import orjson
import sqlalchemy as sa

from chassis.clock import Clock
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.storage.database import Database, upsert
from chassis.storage.tables import journal
from contracts.events import subject_of, validate

_EVENT_COLUMNS = ("id", "type", "subject", "time", "municipality", "entity_version", "traceparent", "data")


class UnitOfWork:
    """One command's transaction. Begun at the first statement, committed at the end of the `with` block.

    `when_recorded` is called after a commit that recorded events; it wakes the relay. With `within`, a transaction that
    somebody else has begun and will commit, it writes its events there and leaves the commit to them.
    """

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        new_id: Callable[[], str],
        when_recorded: Callable[[], None],
        faults: FaultPoints = NO_FAULTS,
        trace: str | None = None,
        within: sa.Connection | None = None,
    ) -> None:
        self.clock = clock
        self.new_id = new_id
        self._database = database
        self._when_recorded = when_recorded
        self._faults = faults
        self._trace = trace
        self._connection = within
        self._owned = within is None
        self._events: list[dict[str, Any]] = []
        self._committed = False
        self._wipes = False

    @property
    def connection(self) -> sa.Connection:
        """The connection of this transaction."""
        if self._committed:
            raise RuntimeError("this unit of work is already committed")
        if self._connection is None:
            self._connection = self._database.open()
        return self._connection

    @property
    def dialect(self) -> str:
        """`postgresql` or `sqlite`."""
        return self._database.dialect

    def record(
        self,
        type: str,
        id: str,
        data: dict[str, Any],
        *,
        version: int,
        municipality: str | None,
        event_id: str | None = None,
    ) -> None:
        """Append an event about the resource `id` to the journal when this unit of work commits.

        `event_id` is for an event that has to be the same one if it were ever recorded again, as after a restore.

        `data` is held against the contract of `type`; a breach is a programming error and raises ValidationError.
        Change or lock the subject's row first: then the journal keeps the order of its changes.
        """
        event = self._event(type, id, data, version, municipality)
        self._events.append(event if event_id is None else event | {"id": event_id})

    def insert_new(
        self,
        table: sa.Table,
        values: dict[str, Any],
        type: str,
        data: dict[str, Any],
        *,
        version: int,
        municipality: str | None,
    ) -> bool:
        """Insert a row under its own id and record its event, unless the id is there already.

        When nothing else was done yet, PostgreSQL does and commits it in one round trip, which ends this unit of work.
        False: the id exists, nothing was written, and the unit of work goes on.
        """
        event = self._event(type, values["id"], data, version, municipality)
        if self.dialect == "postgresql" and self._connection is None and not self._events:
            self._faults.reach("unit.beforeCommit")
            with self._database.single() as connection:
                inserted = connection.execute(
                    _insert_with_event(table, tuple(values)),
                    {**values, **{f"event_{k}": v for k, v in event.items()}},
                ).rowcount
            if inserted:
                self._committed = True
                self._faults.reach("unit.afterCommit")
                self._when_recorded()
            return bool(inserted)
        statement = upsert(self.dialect, table).on_conflict_do_nothing(index_elements=[table.c.id])
        if self.connection.execute(statement, values).rowcount == 0:
            return False
        self._events.append(event)
        return True

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Take back at the end of the block what was done in it; what it raises passes."""
        events, savepoint = list(self._events), self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()
            self._events = events

    def commit(self) -> None:
        """Write the recorded events and commit; wakes the relay when there were any."""
        if self._committed:
            return
        if self._events:
            self.connection.execute(sa.insert(journal), self._events)
        if self._connection is not None and self._owned:
            self._faults.reach("unit.beforeCommit")
            self._connection.commit()
            self._faults.reach("unit.afterCommit")
        self._committed = True
        if self._wipes:
            self._database.wipe_deleted()
        if self._events:
            self._when_recorded()

    def wipe(self) -> None:
        """What this unit of work deletes shall be gone from the disk too, soon after it is committed."""
        self._wipes = True

    def __enter__(self) -> UnitOfWork:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            if self._connection is not None and self._owned:
                self._connection.close()
                self._database.wipe_if_asked()
            self._connection = None

    def _event(
        self, type: str, id: str, data: dict[str, Any], version: int, municipality: str | None
    ) -> dict[str, Any]:
        validate(type, data)
        return {
            "id": self.new_id(),
            "type": type,
            "subject": subject_of(type, id),
            "time": self.clock.now(),
            "municipality": municipality,
            "entity_version": version,
            "traceparent": self._trace,
            "data": orjson.dumps(data).decode(),
        }


@lru_cache(maxsize=64)
def _insert_with_event(table: sa.Table, columns: tuple[str, ...]) -> sa.Insert:
    """`INSERT … ON CONFLICT DO NOTHING` of the row and, only if that inserted, of the event: one statement."""
    row = {name: sa.bindparam(name, type_=table.c[name].type) for name in columns}
    new = (
        upsert("postgresql", table)
        .values(row)
        .on_conflict_do_nothing(index_elements=[table.c.id])
        .returning(table.c.id)
        .cte("new")
    )
    event = [sa.bindparam(f"event_{name}", type_=journal.c[name].type) for name in _EVENT_COLUMNS]
    return sa.insert(journal).from_select(_EVENT_COLUMNS, sa.select(*event).select_from(new))
