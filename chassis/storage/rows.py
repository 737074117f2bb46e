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

Row = dict[str, Any]

R = TypeVar("R", bound=Mapping[str, object])


@dataclass(frozen=True, slots=True)
class Resource(Generic[R]):
    """A table whose rows are kept by id, the name of one in sentences, and the type of its rows."""

    table: sa.Table
    name: str
    row: type[R]


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


def find(connection: sa.Connection, resource: Resource[R], id: str, *, lock: bool = False) -> R | None:
    """The row with this id, if there is one; locked until the end of the transaction if asked."""
    statement = sa.select(resource.table).where(resource.table.c.id == id)
    if lock:
        statement = for_update(connection.dialect.name, statement)
    found = connection.execute(statement).mappings().first()
    return cast(R, dict(found)) if found else None


def get(connection: sa.Connection, resource: Resource[R], id: str, *, lock: bool = False) -> R:
    """The row with this id, locked until the end of the transaction if asked. Raises NotFound."""
    found = find(connection, resource, id, lock=lock)
    if found is None:
        raise NotFound(resource.name, id)
    return found


def update(connection: sa.Connection, resource: Resource[R], before: R, after: R) -> R:
    """Write what differs in `after` to the locked row `before`, as its next version; the row as it is now."""
    old, new = cast("dict[str, Any]", before), cast("dict[str, Any]", after)
    changes = {name: value for name, value in new.items() if value != old[name]}
    changes["version"] = old["version"] + 1
    connection.execute(sa.update(resource.table).where(resource.table.c.id == old["id"]).values(changes))
    return cast(R, {**old, **changes})


def find_same(
    connection: sa.Connection,
    resource: Resource[R],
    id: str,
    fingerprint: str,
    require_access: Callable[[R], None],
) -> R | None:
    """The row that a PUT of the same content made under this id, if there is one.

    Raises Conflict when it was made from other content, and what `require_access` raises when the caller may not know of it.
    """
    row = find(connection, resource, id)
    if row is not None:
        require_access(row)
        require_same(row, fingerprint, resource.name)
    return row


def put_once(
    uow: Writer,
    resource: Resource[R],
    row: R,
    type: str,
    data: dict[str, Any],
    require_access: Callable[[R], None],
) -> tuple[R, bool]:
    """The idempotent PUT: insert `row` and record its event, or find the row that the same PUT made; whether it is new.

    Raises as `find_same` does.
    """
    new = cast("dict[str, Any]", row)
    if uow.insert_new(
        resource.table, new, type, data, version=new["version"], municipality=new["municipality"]
    ):
        return row, True
    found = find_same(uow.connection, resource, new["id"], new["content_hash"], require_access)
    if found is None:
        raise NotFound(resource.name, new["id"])
    return found, False


def require_version(row: Mapping[str, Any], expected: int | None) -> None:
    """Raise StaleVersion when the caller changes another version than the current one."""
    if expected is not None and expected != row["version"]:
        raise StaleVersion(row["version"])


def require_same(row: Mapping[str, Any], fingerprint: str, resource: str) -> None:
    """Raise Conflict unless the row was made from the same content."""
    if row["content_hash"] != fingerprint:
        raise Conflict(f"There is another {resource} under this id.")


def raise_if(issues: list[Issue]) -> None:
    """Raise InvalidInput when there is any issue, with all of them."""
    if issues:
        raise InvalidInput(issues)
