"""Distinct visitors of calendar periods, kept as counts while events come in.

Distinct visitors do not add up: somebody who came in March and in April is one person of the half-year. So each month, quarter,
half-year and year has a count of its own, which changes when a visitor's first visit in it comes or the last one in it goes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from services.reporting.model.fold import BY_POINT, BY_RESIDENCE, VisitorDay

Group = tuple[str, str, date, str, str]
"""Scope, grain, first day, digipunt ('' for all of the municipality), municipality."""

Level = tuple[str, str, str]
"""Scope, digipunt and municipality of a group."""

GRAINS: dict[str, int] = {"M": 1, "Q": 3, "H": 6, "Y": 12}
"""Calendar periods from short to long, with their months."""

SHORT_TO_LONG = tuple(GRAINS)


def period_start(day: date, grain: str) -> date:
    """The first day of the calendar period of `grain` that `day` lies in."""
    months = GRAINS[grain]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def people_deltas(before: Mapping[VisitorDay, int], deltas: Mapping[VisitorDay, int]) -> Counter[Group]:
    """How the distinct visitors of each calendar period change.

    `before` holds, of each visitor in `deltas`, the days with visits in the years concerned; `deltas` what is added to them.
    """
    present: defaultdict[str, set[VisitorDay]] = defaultdict(set)
    for key, count in before.items():
        if count > 0:
            present[key[0]].add(key)
    people: Counter[Group] = Counter()
    for key, change in deltas.items():
        days = present[key[0]]
        comes = before.get(key, 0) + change > 0
        if comes == (key in days):
            continue
        days.discard(key)
        _count(people, key, days, 1 if comes else -1)
        if comes:
            days.add(key)
    return people


def _count(people: Counter[Group], key: VisitorDay, others: Collection[VisitorDay], change: int) -> None:
    """Add `change` to each period and place that has `key` and none of `others` of the same visitor."""
    levels = _levels(key)
    alone = dict.fromkeys(levels, len(GRAINS))
    for other in others:
        shared = _shortest_in_common(key[1], other[1])
        for level in levels if key[2:] == other[2:] else _levels(other):
            if alone.get(level, 0) > shared:
                alone[level] = shared
    for level, grains in alone.items():
        scope, digipunt, municipality = level
        for grain in SHORT_TO_LONG[:grains]:
            people[scope, grain, period_start(key[1], grain), digipunt, municipality] += change


def _shortest_in_common(day: date, other: date) -> int:
    """How many grains, from the shortest on, have a period for each of the two days instead of one for both."""
    one, two = day.year * 12 + day.month - 1, other.year * 12 + other.month - 1
    for number, months in enumerate(GRAINS.values()):
        if one // months == two // months:
            return number
    return len(GRAINS)


def _levels(key: VisitorDay) -> list[Level]:
    """In what places a visit makes its visitor one of the people."""
    _, _, municipality, digipunt, residence = key
    levels = [(BY_POINT, "", municipality), (BY_POINT, digipunt, municipality)]
    if residence:
        levels.append((BY_RESIDENCE, "", residence))
    return levels
