"""Rows with a version: read one, change it, and hold it against what the caller expects.

`version` is the entity version of events and the ETag of answers; `content_hash` that of the PUT that made the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.database import for_update
from chassis.errors import Conflict, InvalidInput, Issue, NotFound, StaleVersion
from chassis.unit_of_work import UnitOfWork

Row = dict[str, Any]


def stored(uow: UnitOfWork, table: sa.Table, id: str, resource: str, *, lock: bool = False) -> Row:
    """The row with this id, locked until the end of the unit of work if asked. Raises NotFound."""
    statement = sa.select(table).where(table.c.id == id)
    found = (
        uow.connection.execute(for_update(uow.dialect, statement) if lock else statement).mappings().first()
    )
    if found is None:
        raise NotFound(resource, id)
    return dict(found)


def kept(uow: UnitOfWork, table: sa.Table, id: str) -> Row | None:
    """The row with this id, if there is one."""
    found = uow.connection.execute(sa.select(table).where(table.c.id == id)).mappings().first()
    return dict(found) if found else None


def update(uow: UnitOfWork, table: sa.Table, row: Mapping[str, Any], **changes: Any) -> Row:
    """Write `changes` to a locked row as its next version; the row as it is now."""
    changes["version"] = row["version"] + 1
    uow.connection.execute(sa.update(table).where(table.c.id == row["id"]).values(changes))
    return {**row, **changes}


def demand_version(row: Mapping[str, Any], expected: int | None) -> None:
    """Raise StaleVersion when the caller changes another version than the current one."""
    if expected is not None and expected != row["version"]:
        raise StaleVersion(row["version"])


def demand_same(row: Mapping[str, Any], content_hash: str, resource: str) -> None:
    """Raise Conflict unless the row was made from the same content."""
    if row["content_hash"] != content_hash:
        raise Conflict(f"There is another {resource} under this id.")


def demand(issues: list[Issue]) -> None:
    """Raise InvalidInput when there is any issue, with all of them."""
    if issues:
        raise InvalidInput(issues)
