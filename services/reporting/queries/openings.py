"""On how many days each digipunt was open, as far as that shows: days on which somebody came."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa

from services.reporting.model.periods import Period
from services.reporting.queries.area import Area, current
from services.reporting.queries.sums import DAY
from services.reporting.tables import cells


def openings(connection: sa.Connection, area: Area, period: Period) -> Counter[tuple[str, str]]:
    """Days with at least one contact, by municipality and digipunt. They add up."""
    statement = sa.select(cells.c.municipality, cells.c.digipunt, cells.c.counts).where(
        current(cells),
        cells.c.scope == area.scope,
        cells.c.municipality.in_(area.municipalities),
        cells.c.grain == DAY,
        cells.c.start.between(period.first, period.last),
    )
    return Counter(
        (row.municipality, row.digipunt)
        for row in connection.execute(statement)
        if row.counts.get("contacts|", 0) > 0
    )
