"""Rows that are kept by id, each with the type its table promises: read one, change it, put it once.

`version` is the entity version of events and the ETag of answers; `content_hash` is the fingerprint of the PUT that made
the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, cast

import sqlalchemy as sa

from chassis.errors import Conflict, InvalidInput, Issue, NotFound, StaleVersion
from chassis.storage.database import for_update
from chassis.storage.queries import Window, page

R = TypeVar("R", bound=Mapping[str, object])


class Writer(Protocol):
    """The part of a unit of work that `put_once` needs."""

    @property
    def connection(self) -> sa.Connection: ...

    def insert_new(
        self,
        table: sa.Table,
        values: dict[str, Any],
        type: str,
        data: dict[str, Any],
        *,
        version: int,
        municipality: str | None,
    ) -> bool: ...


@dataclass(frozen=True, slots=True)
class Resource(Generic[R]):
    """A table whose rows are kept by id, the name of one in sentences, and the type of its rows."""

    table: sa.Table
    name: str
    row: type[R]

    def find(self, connection: sa.Connection, id: str, *, lock: bool = False) -> R | None:
        """The row with this id, if there is one; locked until the end of the transaction if asked."""
        statement = sa.select(self.table).where(self.table.c.id == id)
        if lock:
            statement = for_update(connection.dialect.name, statement)
        found = connection.execute(statement).mappings().first()
        return cast(R, dict(found)) if found else None

    def get(self, connection: sa.Connection, id: str, *, lock: bool = False) -> R:
        """The row with this id, locked until the end of the transaction if asked. Raises NotFound."""
        found = self.find(connection, id, lock=lock)
        if found is None:
            raise NotFound(self.name, id)
        return found

    def select(self, connection: sa.Connection, statement: sa.Select[Any]) -> list[R]:
        """The rows that a statement over all columns of this table finds."""
        return [cast(R, dict(row)) for row in connection.execute(statement).mappings()]

    def page(
        self, connection: sa.Connection, statement: sa.Select[Any], window: Window
    ) -> tuple[list[R], int]:
        """One page of the rows that a statement over all columns of this table finds, and how many there are in all."""
        rows, total = page(connection, statement, window)
        return [cast(R, row) for row in rows], total

    def update(self, connection: sa.Connection, before: R, after: R) -> R:
        """Write what differs in `after` to the locked row `before`, as its next version; the row as it is now."""
        old, new = cast("dict[str, Any]", before), cast("dict[str, Any]", after)
        changes = {name: value for name, value in new.items() if value != old[name]}
        changes["version"] = old["version"] + 1
        connection.execute(sa.update(self.table).where(self.table.c.id == old["id"]).values(changes))
        return cast(R, {**old, **changes})

    def find_same(
        self, connection: sa.Connection, id: str, fingerprint: str, require_access: Callable[[R], None]
    ) -> R | None:
        """The row that a PUT of the same content made under this id, if there is one.

        Raises Conflict when it was made from other content, and what `require_access` raises when the caller may not know
        of it.
        """
        row = self.find(connection, id)
        if row is not None:
            require_access(row)
            if row["content_hash"] != fingerprint:
                raise Conflict("idTaken")
        return row

    def put_once(
        self, uow: Writer, row: R, type: str, data: dict[str, Any], require_access: Callable[[R], None]
    ) -> tuple[R, bool]:
        """The idempotent PUT: insert `row` and record its event, or find the row that the same PUT made; whether it is new.

        Raises as `find_same` does.
        """
        new = cast("dict[str, Any]", row)
        if uow.insert_new(
            self.table, new, type, data, version=new["version"], municipality=new["municipality"]
        ):
            return row, True
        found = self.find_same(uow.connection, new["id"], new["content_hash"], require_access)
        if found is None:
            raise NotFound(self.name, new["id"])
        return found, False


def require_version(row: Mapping[str, Any], expected: int | None) -> None:
    """Raise StaleVersion when the caller changes another version than the current one."""
    if expected is not None and expected != row["version"]:
        raise StaleVersion(row["version"])


def raise_if(issues: list[Issue]) -> None:
    """Raise InvalidInput when there is any issue, with all of them."""
    if issues:
        raise InvalidInput(issues)
