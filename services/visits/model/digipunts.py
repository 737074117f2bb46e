"""The rules of a digipunt: a place that is open on a pattern, from one day until another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chassis.errors import Issue
from chassis.fingerprint import drop_empty
from common.openings import WEEKDAYS, Opening
from services.visits.model.rows import Address, DigipuntRow


@dataclass(frozen=True, slots=True)
class Digipunt:
    """What registering a visit needs to know of a digipunt. The municipality never changes."""

    id: str
    municipality: str
    opened_on: date | None = None
    closed_on: date | None = None

    def takes_visits_on(self, day: date) -> bool:
        """Open from `opened_on` on, or always; closed from `closed_on` on, or never."""
        return not (self.opened_on and day < self.opened_on) and not (
            self.closed_on and day >= self.closed_on
        )


def opening_issues(opening: Sequence[Opening]) -> list[Issue]:
    """Each part of the opening pattern ends after it begins; one that skips weeks says from which day to count."""
    found = []
    for i, part in enumerate(opening):
        at = f"opening[{i}]"
        if part["closes"] <= part["opens"]:
            found.append(
                Issue("closesBeforeItOpens", f"{at}.closes", value=part["closes"], type="invalidInput")
            )
        first = part.get("first")
        if part["every"] > 1 and first is None:
            found.append(Issue("firstDayMissing", f"{at}.first"))
        elif first is not None and WEEKDAYS[date.fromisoformat(first).weekday()] != part["weekday"]:
            found.append(Issue("otherWeekday", f"{at}.first", value=first, type="invalidInput"))
    return found


def day_issues(opened_on: date | None, closed_on: date | None, today: date) -> list[Issue]:
    """A digipunt closes after it opened, and a closing is recorded when it has come."""
    if closed_on is None:
        return []
    if opened_on and closed_on < opened_on:
        return [Issue("closedBeforeItOpened", "closedOn", value=closed_on.isoformat(), type="invalidInput")]
    if closed_on > today:
        return [
            Issue(
                "closingToCome",
                "closedOn",
                value=closed_on.isoformat(),
                type="invalidInput",
            )
        ]
    return []


def _complete_address(address: Address | None) -> dict[str, Any] | None:
    """An address that people find their way with, or none."""
    known = drop_empty(address or {})
    return known if {"street", "town"} <= set(known) else None


def to_event(row: DigipuntRow) -> dict[str, Any]:
    """What of a digipunt travels in events."""
    return drop_empty(
        {
            "id": row["id"],
            "name": row["name"],
            "municipality": row["municipality"],
            "organisation": row["organisation"],
            "address": _complete_address(row["address"]),
            "phone": row["phone"],
            "opening": row["opening"],
            "state": row["state"],
            "openedOn": row["opened_on"] and row["opened_on"].isoformat(),
            "closedOn": row["closed_on"] and row["closed_on"].isoformat(),
        }
    )


def to_api(row: DigipuntRow) -> dict[str, Any]:
    """A digipunt as the API shows it."""
    return to_event(row) | drop_empty({"address": row["address"], "version": row["version"]})
