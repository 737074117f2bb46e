"""Who may see and change which rows: a helper those of own digipunts, a coordinator those of own municipalities.

Rows of another municipality are answered as if they did not exist (docs/adr/0014).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import Forbidden, NotFound


class Caller(Protocol):
    """The part of the caller's token that these rules read."""

    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def municipalities(self) -> frozenset[str]: ...
    @property
    def digipunts(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows a caller may list: those of these municipalities and those of these digipunts."""

    municipalities: Collection[str]
    digipunts: Collection[str]


def scope(caller: Caller) -> Scope:
    """The rows with visits, follow-ups and the like that the caller may list."""
    return Scope(
        caller.municipalities if coordinates(caller) else frozenset(),
        [id for id in caller.digipunts if is_uuid(id)] if "helper" in caller.roles else (),
    )


def within(table: sa.Table, scope: Scope) -> sa.ColumnElement[bool]:
    """The rows of the caller's municipalities and digipunts."""
    return sa.or_(table.c.municipality.in_(scope.municipalities), table.c.digipunt.in_(scope.digipunts))


def is_uuid(text: str) -> bool:
    """A claim may contain anything; a value that is not a UUID would make PostgreSQL refuse the whole query."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def coordinates(caller: Caller) -> bool:
    """Whether the caller decides for own municipalities as a whole: every digipunt, and days that are over."""
    return "coordinator" in caller.roles


def require_municipality(caller: Caller, municipality: str, resource: str, id: str) -> None:
    """Raise NotFound unless the row's municipality is the caller's own."""
    if municipality not in caller.municipalities:
        raise NotFound(resource, id)


def require_digipunt(caller: Caller, digipunt: str | None, municipality: str, resource: str, id: str) -> None:
    """Raise NotFound or Forbidden unless the caller works where the row belongs."""
    if coordinates(caller) and municipality in caller.municipalities:
        return
    if "helper" in caller.roles and digipunt in caller.digipunts:
        return
    require_municipality(caller, municipality, resource, id)
    raise Forbidden("otherDigipunt")
