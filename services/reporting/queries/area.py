"""Whose figures: the municipalities of a caller, narrowed by the query."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from chassis.errors import Forbidden, InvalidInput, Issue, NotFound
from chassis.inbox.checkpoints import active_generations
from services.reporting.model.fold import BY_POINT, BY_RESIDENCE
from services.reporting.model.rows import DigipuntRow
from services.reporting.tables import digipunts

VISITS = "visits"
"""The source of these read models."""


def current(table: sa.Table) -> sa.ColumnElement[bool]:
    """The rows of the active generation; in a region, of that of each deployment."""
    return table.c.generation.in_(active_generations(VISITS))


@dataclass(frozen=True, slots=True)
class Area:
    """Figures by municipality of the point (`scope` P), perhaps of one digipunt, or by residence (R)."""

    scope: str
    municipalities: tuple[str, ...]
    digipunt: str | None = None

    @property
    def by_point(self) -> bool:
        return self.scope == BY_POINT


def area(connection: sa.Connection, own: Collection[str], args: Mapping[str, Any]) -> Area:
    """The area that `municipality`, `digipunt` or `residence` of the query ask for.

    Raises NotFound for what is not the caller's own, InvalidInput for residence and place together.
    """
    if not own:
        raise Forbidden("noMunicipality")
    residence, asked, digipunt = args.get("residence"), args.get("municipality"), args.get("digipunt")
    if residence and (asked or digipunt):
        raise InvalidInput([Issue("residenceOrPlace", "residence", where="query")])
    for municipality in [*(residence or ()), *(asked or ())]:
        if municipality not in own:
            raise NotFound("municipality", municipality)
    if residence:
        return Area(BY_RESIDENCE, _ordered(residence))
    if digipunt is None:
        return Area(BY_POINT, _ordered(asked or own))
    municipality = _municipality_of(connection, digipunt)
    if municipality is None or municipality not in (asked or own):
        raise NotFound("digipunt", digipunt)
    return Area(BY_POINT, (municipality,), digipunt)


def points(connection: sa.Connection, area: Area) -> list[DigipuntRow]:
    """The digipunts of an area by point, by name."""
    statement = (
        sa.select(*(digipunts.c[name] for name in DigipuntRow._fields))
        .where(current(digipunts), digipunts.c.municipality.in_(area.municipalities))
        .order_by(digipunts.c.name, digipunts.c.id)
    )
    if area.digipunt is not None:
        statement = statement.where(digipunts.c.id == area.digipunt)
    return [DigipuntRow(*row) for row in connection.execute(statement)]


def _ordered(municipalities: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(set(municipalities)))


def _municipality_of(connection: sa.Connection, digipunt: str) -> str | None:
    return connection.execute(
        sa.select(digipunts.c.municipality).where(current(digipunts), digipunts.c.id == digipunt)
    ).scalar()
