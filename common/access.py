"""Who may see and change which rows: a desk and a helper those of own digipunts, a coordinator those of own municipalities.

Rows of another municipality are answered as if they did not exist (docs/adr/0014).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from chassis.errors import Forbidden, InvalidInput, NotFound

AT_A_DIGIPUNT = frozenset({"desk", "helper"})
"""The roles that reach what is at the digipunten of the token, and no further."""

SEE_PERSONS = frozenset({"helper", "coordinator"})


class Caller(Protocol):
    """The part of the caller's token that these rules read."""

    @property
    def subject(self) -> str: ...
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
    at_digipunts = not caller.roles.isdisjoint(AT_A_DIGIPUNT)
    return Scope(
        caller.municipalities if coordinates(caller) else frozenset(),
        [id for id in caller.digipunts if is_uuid(id)] if at_digipunts else (),
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


def sees_persons(caller: Caller) -> bool:
    """Whether the caller may see who somebody is, where the caller works."""
    return not caller.roles.isdisjoint(SEE_PERSONS)


def reaches(caller: Caller, digipunt: str | None, municipality: str) -> bool:
    """Whether the caller works where a row belongs."""
    if coordinates(caller) and municipality in caller.municipalities:
        return True
    return not caller.roles.isdisjoint(AT_A_DIGIPUNT) and digipunt in caller.digipunts


def require_municipality(caller: Caller, municipality: str, resource: str, id: str) -> None:
    """Raise NotFound unless the row's municipality is the caller's own."""
    if municipality not in caller.municipalities:
        raise NotFound(resource, id)


def require_digipunt(caller: Caller, digipunt: str | None, municipality: str, resource: str, id: str) -> None:
    """Raise NotFound or Forbidden unless the caller works where the row belongs."""
    if not reaches(caller, digipunt, municipality):
        require_municipality(caller, municipality, resource, id)
        raise Forbidden("otherDigipunt")


def municipality_of(caller: Caller, digipunt: str, known: str | None, named: str | None) -> str:
    """Where the digipunt is that a body names, and the caller has to work.

    One that visits has not published yet (`known` is None) has to be placed: by the body, or by a token of one municipality.
    """
    municipality = known or named or (min(caller.municipalities) if len(caller.municipalities) == 1 else None)
    if municipality is None:
        raise InvalidInput.at("municipality", "municipalityMissing")
    if known is None and municipality not in caller.municipalities:
        raise Forbidden("otherMunicipality")
    require_digipunt(caller, digipunt, municipality, "digipunt", digipunt)
    if named not in (None, municipality):
        raise InvalidInput.at("municipality", "digipuntElsewhere", value=named)
    return municipality


def require_any_municipality(caller: Caller) -> None:
    """Raise Forbidden for a token without a municipality: it reaches nothing that belongs to all of the deployment."""
    if not caller.municipalities:
        raise Forbidden("noMunicipality")


def require_place(caller: Caller, digipunt: str | None, municipality: str, resource: str, id: str) -> None:
    """As `require_digipunt`; what is at no digipunt belongs to all who work in its municipality."""
    if digipunt is None:
        require_municipality(caller, municipality, resource, id)
    else:
        require_digipunt(caller, digipunt, municipality, resource, id)


def at_places(table: sa.Table, caller: Caller) -> sa.ColumnElement[bool]:
    """The rows that `require_place` lets through."""
    at_none = sa.and_(table.c.digipunt.is_(None), table.c.municipality.in_(caller.municipalities))
    return sa.or_(within(table, scope(caller)), at_none)
