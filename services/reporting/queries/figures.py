"""The figures of a summary, a series, and the registers of bottlenecks and referrals."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

import sqlalchemy as sa

from services.reporting.model.definitions import definition
from services.reporting.model.dimensions import FIGURES, NOT_ASKED, OPTIONAL
from services.reporting.model.fold import Counts
from services.reporting.model.numbers import percent
from services.reporting.model.periods import Period
from services.reporting.model.signs import NOT_APPLICABLE, PLAIN
from services.reporting.queries.area import Area, points
from services.reporting.queries.completeness import completeness
from services.reporting.queries.loans import loan_figures
from services.reporting.queries.newcomers import newcomers, people_figures
from services.reporting.queries.people import recognised
from services.reporting.queries.sessions import session_figures
from services.reporting.queries.sources import by_service, filled
from services.reporting.queries.sums import Sums, parts, sums, sums_by_part, together

POSITIVE = ("yes", "aLittle")

FEWEST_ASKED = 20
"""A share of fewer answers says nothing."""

MEASURES = {
    "contacts": "contacts|",
    "firstContacts": "contact|first",
    "minutes": "minutes|",
    "feedback": "feedback|",
}
"""Measures of a series that are one sum."""

THEME = "theme"
PEOPLE_RECOGNISED = "peopleRecognised"


def as_of(connection: sa.Connection) -> dict[str, Any]:
    """How many events of each service the figures hold, and up to when; in a region, up to when of all deployments."""
    return {
        service: {
            "position": sum(row.position for row in found),
            "time": min((row.event_time for row in found if row.event_time), default=None),
        }
        for service, found in by_service(connection).items()
    }


def summary(
    connection: sa.Connection, area: Area, period: Period, language: str, today: date
) -> dict[str, Any]:
    """All figures of one area and period, as they are today."""
    rows = parts(connection, area, period)
    total = together(rows)
    figures = {
        "from": period.first,
        "to": period.last,
        "contacts": total["contacts|"],
        "definition": definition("contacts", language),
        "people": _people(connection, area, period, rows, language),
        "minutes": {"total": total["minutes|"], "contacts": total["minutesKnown|"]},
        "themesDefinition": definition("severalThemes", language),
        **{figure: _with_not_asked(total, dimension) for figure, dimension in FIGURES.items()},
        "selfReliance": _self_reliance(total, language),
        "referrals": {"in": _coded(total, "referredFrom"), "out": _coded(total, "referredTo")},
        "bottlenecks": [
            {"service": service, "cause": cause, "count": count}
            for (service, cause), count in _ranked(_bottlenecks(total))
        ],
        "completeness": completeness(total, period, language) if filled(connection) else None,
    }
    if area.by_point:
        figures |= {
            "digipunts": _digipunts(connection, area, period, rows),
            "sessions": session_figures(connection, area, period),
            "loans": loan_figures(connection, area, period, today),
            "feedback": _feedback(total),
            "followUps": {"planned": total["followUp|planned"], "done": total["followUp|done"]},
        }
    return figures


def series(
    connection: sa.Connection, area: Area, period: Period, by: str, measure: str, theme: str | None
) -> list[dict[str, Any]]:
    """One measure in each part of the period, parts with nothing in them too."""
    parts = list(period.cut(by))
    if measure == PEOPLE_RECOGNISED:
        values = {part.first: recognised(connection, area, part) for part in parts}
    else:
        key = f"theme|{theme}" if measure == THEME else MEASURES[measure]
        values = sums_by_part(connection, area, period, by, key)
    return [{"from": part.first, "to": part.last, "count": values.get(part.first, 0)} for part in parts]


def bottlenecks(connection: sa.Connection, area: Area, period: Period) -> list[dict[str, Any]]:
    """Each online service that stopped somebody, most often first, with why and, by point, what came of it."""
    causes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    outcomes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for key, count in sums(connection, area, period).items():
        dimension, *codes = key.split("|")
        if dimension == "bottleneck":
            service, cause, outcome = codes
            causes[service][cause] += count
            outcomes[service][outcome or NOT_ASKED] += count
    found = []
    for service, count in _ranked({service: sum(counts.values()) for service, counts in causes.items()}):
        entry = {"service": service, "count": count, "causes": _items(causes[service])}
        if area.by_point:
            entry["outcomes"] = _items(outcomes[service])
        found.append(entry)
    return found


def referrals(connection: sa.Connection, area: Area, period: Period) -> dict[str, Any]:
    """From where people were sent, and on to where."""
    total = sums(connection, area, period)
    return {"in": _coded(total, "referredFrom"), "out": _coded(total, "referredTo")}


def _people(
    connection: sa.Connection, area: Area, period: Period, rows: list[Sums], language: str
) -> dict[str, Any]:
    return {
        "recognised": recognised(connection, area, period),
        "recognisedDefinition": definition("peopleRecognised", language),
    } | people_figures(newcomers(connection, area, period, rows), period, language)


def _digipunts(
    connection: sa.Connection, area: Area, period: Period, rows: list[Sums]
) -> list[dict[str, Any]]:
    """The contacts of each digipunt; none, not 0, of one that was not open."""
    contacts: Counter[str] = Counter()
    for row in rows:
        contacts[row.digipunt] += row.counts.get("contacts|", 0)
    found = []
    for point in points(connection, area):
        count = contacts[point.id] or (0 if point.was_open(period) else None)
        status = NOT_APPLICABLE if count is None else PLAIN
        named = {name: getattr(point, name) for name in ("id", "name", "municipality", "state")}
        found.append(named | {"contacts": count, "status": status})
    return found


def _with_not_asked(total: Counts, dimension: str) -> list[dict[str, Any]]:
    """How often each code was recorded and, last, of how many contacts none was, where one may be left out."""
    items = [each for each in _coded(total, dimension) if each["code"] != NOT_ASKED]
    left_out = not_asked(total, dimension) if dimension in OPTIONAL else 0
    return [*items, {"code": NOT_ASKED, "count": left_out}] if left_out else items


def not_asked(total: Counts, dimension: str) -> int:
    """Of how many contacts this was not asked; a desk may say so, or leave it out."""
    explicit = f"{dimension}|{NOT_ASKED}"
    if OPTIONAL[dimension]:
        return total[explicit]
    recorded: int = sum(each["count"] for each in _coded(total, dimension) if each["code"] != NOT_ASKED)
    return total["contacts|"] - recorded


def _self_reliance(total: Counts, language: str) -> dict[str, Any]:
    """Answers after help; `share` is the part of those asked who feel more self-reliant, None when few were asked."""
    answers = _with_not_asked(total, "selfReliance")
    counts = {each["code"]: each["count"] for each in answers}
    asked = sum(count for code, count in counts.items() if code != NOT_ASKED)
    positive = sum(counts.get(code, 0) for code in POSITIVE)
    enough = asked >= FEWEST_ASKED
    return {
        "answers": answers,
        "asked": asked,
        "share": round(positive / asked, 4) if enough else None,
        "definition": definition("selfReliance", language, asked=asked, percent=percent(positive, asked))
        if enough
        else definition("selfRelianceFew", language, asked=asked),
    }


def _feedback(total: Counts) -> dict[str, Any]:
    marks = {int(each["code"]): each["count"] for each in _coded(total, "satisfaction")}
    given = sum(marks.values())
    mean = round(sum(mark * count for mark, count in marks.items()) / given, 2) if given else None
    return {
        "count": total["feedback|"],
        "satisfaction": {"count": given, "mean": mean},
        "wouldReturn": _coded(total, "wouldReturn"),
        "selfReliance": _coded(total, "feedbackSelfReliance"),
    }


def _bottlenecks(total: Counts) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for key, count in total.items():
        dimension, *codes = key.split("|")
        if dimension == "bottleneck":
            found[codes[0], codes[1]] += count
    return found


def _coded(total: Counts, dimension: str) -> list[dict[str, Any]]:
    prefix = f"{dimension}|"
    return _items({key[len(prefix) :]: count for key, count in total.items() if key.startswith(prefix)})


def _items(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"code": code, "count": count} for code, count in _ranked(counts)]


def _ranked(counts: dict[Any, int]) -> list[tuple[Any, int]]:
    """What counts at all, most often first."""
    return sorted(
        ((key, count) for key, count in counts.items() if count), key=lambda pair: (-pair[1], pair[0])
    )
