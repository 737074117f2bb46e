"""The desk's day: what is to come back, late, ready, to check or to wipe, and who waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from common.access import Scope, within
from services.loans.model.rows import DeviceRow, LoanRow, RequestRow
from services.loans.tables import DEVICES, LOANS, REQUESTS, devices, loans, requests

MOST_ROWS = 200
"""Rows of each part; the counts are of all."""


@dataclass(frozen=True, slots=True)
class Today:
    """The rows of each part, and how many there are of each in all."""

    loans: dict[str, list[LoanRow]]
    devices: dict[str, list[DeviceRow]]
    requests: dict[str, list[RequestRow]]
    counts: dict[str, int]


def today(connection: sa.Connection, scope: Scope, digipunt: str | None, day: date) -> Today:
    """The day of one digipunt, or of all in scope. A device belongs to where it is."""
    lent = [within(loans, scope)]
    here = [sa.or_(devices.c.municipality.in_(scope.municipalities), devices.c.at.in_(scope.digipunts))]
    asked = [within(requests, scope), requests.c.state == "requested"]
    if digipunt is not None:
        lent.append(loans.c.digipunt == digipunt)
        here.append(devices.c.at == digipunt)
        asked.append(requests.c.digipunt == digipunt)
    out = loans.c.state == "handedOver"
    counts: dict[str, int] = {}

    def first(name: str, table: sa.Table, conditions: Iterable[Any], *order: Any) -> sa.Select[Any]:
        conditions = list(conditions)
        number = sa.select(sa.func.count()).select_from(table).where(*conditions)
        counts[name] = int(connection.execute(number).scalar_one())
        return sa.select(table).where(*conditions).order_by(*order, table.c.id).limit(MOST_ROWS)

    by_day = (loans.c.due_on,)
    by_label = (devices.c.kind, devices.c.label)
    return Today(
        loans={
            name: LOANS.select(connection, first(name, loans, [*lent, *conditions], *by_day))
            for name, conditions in {
                "toComeBack": (out, loans.c.due_on == day),
                "late": (out, loans.c.due_on < day),
                "ready": (loans.c.state == "ready",),
            }.items()
        },
        devices={
            name: DEVICES.select(
                connection, first(name, devices, [*here, devices.c.state == state], *by_label)
            )
            for name, state in {"toCheck": "returnedUnchecked", "toWipe": "toWipe"}.items()
        },
        requests={
            "waiting": REQUESTS.select(
                connection, first("waiting", requests, asked, requests.c.digipunt, requests.c.number)
            )
        },
        counts=counts,
    )


def labels_of(connection: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """The label of each of these devices."""
    statement = sa.select(devices.c.id, devices.c.label).where(devices.c.id.in_(set(ids)))
    return {row.id: row.label for row in connection.execute(statement)}
