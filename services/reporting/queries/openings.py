"""On how many days each digipunt was open, as far as that shows: days on which somebody came."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from services.reporting.model.periods import Period
from services.reporting.queries.area import Area, current
from services.reporting.tables import facts


def openings(connection: sa.Connection, area: Area, period: Period) -> Counter[tuple[str, str]]:
    """Days with at least one contact, by municipality and digipunt. They add up."""
    columns = facts.c
    statement = (
        sa.select(columns.municipality, columns.digipunt, sa.func.count(columns.day.distinct()))
        .where(
            current(facts),
            columns.municipality.in_(area.municipalities),
            columns.day.between(period.first, period.last),
        )
        .group_by(columns.municipality, columns.digipunt)
    )
    return Counter({(place, digipunt): days for place, digipunt, days in connection.execute(statement)})
