"""Which bottleneck sheets are complete and still to be told of, and what a message may say of one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from contracts.message_context import LANGUAGES, answer, nothing_to_tell
from services.reporting.model.bottlenecks import outside
from services.reporting.model.fold import BY_POINT
from services.reporting.queries.area import Area, current
from services.reporting.queries.bottlenecks import trend_period
from services.reporting.queries.figures import bottlenecks
from services.reporting.queries.sources import deployments_of
from services.reporting.tables import digipunts, sheets

KINDS = frozenset({"bottleneckSheet"})
"""The kinds of messages that reporting answers for, as notifications' own table has them."""


def to_complete(connection: sa.Connection, month: date, behind: Collection[str]) -> list[str]:
    """The municipalities whose sheet of this month nobody was told of; not those of a deployment that is behind."""
    told = sa.select(sheets.c.municipality).where(sheets.c.month == month)
    statement = (
        sa.select(digipunts.c.municipality)
        .where(current(digipunts), digipunts.c.municipality.not_in(told))
        .distinct()
        .order_by(digipunts.c.municipality)
    )
    return [
        municipality
        for municipality in connection.execute(statement).scalars()
        if deployments_of(connection, [municipality]).isdisjoint(behind)
    ]


def message_context(connection: sa.Connection, kind: str, about: str) -> dict[str, Any]:
    """The answer to `message_context`, as the contract says; for whom it is, only notifications knows."""
    found = connection.execute(sa.select(sheets.c.municipality, sheets.c.month).where(sheets.c.id == about))
    row = found.first()
    if kind not in KINDS or row is None:
        return nothing_to_tell("notFound")
    area, year = Area(BY_POINT, (row.municipality,)), trend_period(row.month)
    services = bottlenecks(connection, area, year)
    return answer(
        {
            "true": True,
            "reason": None,
            "dueOn": None,
            "person": None,
            "facts": {"digipunt": None, "month": row.month.isoformat()},
            "words": {
                language: {"sentences": "\n".join(outside(services, language))} for language in LANGUAGES
            },
        }
    )
