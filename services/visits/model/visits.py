"""The rules of a visit: what may be registered, when, and what of it may travel in events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from chassis.clock import local_day
from chassis.errors import Forbidden, Issue
from chassis.fingerprint import drop_empty, utc_text
from common import free_text
from contracts.refdata import active
from services.visits.model.digipunts import Point

EARLIEST = date(2015, 1, 1)
CLOCK_SKEW = timedelta(minutes=5)
"""How far a desk's clock may run ahead before its visits count as being in the future."""

DEFAULTS = {"place": "point", "contact": "unknown"}

LISTS = {
    "help": "help",
    "outcome": "outcome",
    "self_reliance": "selfReliance",
    "place": "place",
    "contact": "contact",
    "referred_from": "party",
    "referred_to": "party",
    "age_band": "ageBand",
    "device": "deviceKind",
}
"""Fields with one code, and the reference list of each."""

CODE_LISTS = {"themes": "theme", "situation": "situation"}

NAMES = {
    "self_reliance": "selfReliance",
    "referred_from": "referredFrom",
    "referred_to": "referredTo",
    "age_band": "ageBand",
}
"""API names, where they are not the column's."""


def normalised(content: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, with the defaults that depend on nothing, and each code once."""
    result = DEFAULTS | dict(content)
    for name in CODE_LISTS:
        if name in result:
            result[name] = list(dict.fromkeys(result[name] or []))
    return drop_empty(result)


def time_issues(started_at: datetime, now: datetime) -> list[Issue]:
    """A visit lies between 2015 and now."""
    if started_at > now + CLOCK_SKEW:
        return [
            Issue(
                "A visit cannot be in the future.",
                "startedAt",
                value=utc_text(started_at),
                type="invalidInput",
            )
        ]
    if local_day(started_at) < EARLIEST:
        return [
            Issue(
                "A visit cannot be before 2015.", "startedAt", value=utc_text(started_at), type="invalidInput"
            )
        ]
    return []


def point_issues(point: Point | None, digipunt: str, day: date) -> list[Issue]:
    """The digipunt exists and was open for visits on that day."""
    if point is None:
        detail = "There is no such digipunt."
        return [Issue(detail, "digipunt", value=digipunt, type="referencedResourceNotFound")]
    if not point.takes_visits_on(day):
        return [
            Issue(f"This digipunt is not open on {day}.", "digipunt", value=digipunt, type="invalidInput")
        ]
    return []


def retired_issues(content: Mapping[str, Any]) -> list[Issue]:
    """Retired codes stay readable in old visits and are not taken for new ones."""
    coded = [(NAMES.get(field, field), list_name, content.get(field)) for field, list_name in LISTS.items()]
    for field, list_name in CODE_LISTS.items():
        coded += [(f"{field}[{i}]", list_name, code) for i, code in enumerate(content.get(field) or [])]
    for i, bottleneck in enumerate(content.get("bottlenecks") or []):
        coded.append((f"bottlenecks[{i}].service", "onlineService", bottleneck["service"]))
        coded.append((f"bottlenecks[{i}].cause", "bottleneckCause", bottleneck["cause"]))
    return [
        Issue(
            f"This code is retired; choose another of refData/{list_name}.",
            name,
            value=code,
            type="invalidInput",
        )
        for name, list_name, code in coded
        if code is not None and code not in active(list_name)
    ]


def text_issues(content: Mapping[str, Any]) -> list[Issue]:
    """Free text identifies nobody."""
    found = free_text.issues("note", content.get("note"))
    for i, bottleneck in enumerate(content.get("bottlenecks") or []):
        found += free_text.issues(f"bottlenecks[{i}].note", bottleneck.get("note"))
    return found


def require_correctable(days: Iterable[date], today: date, *, coordinator: bool) -> None:
    """Raise Forbidden when a helper corrects, or moves a visit to, another day than today."""
    if not coordinator and any(day != today for day in days):
        raise Forbidden("A helper corrects visits of today only; ask the coordinator.")


def facts(row: Mapping[str, Any]) -> dict[str, Any]:
    """What of a visit travels in events: no note, no helper, no card code."""
    return drop_empty(
        {
            "id": row["id"],
            "digipunt": row["digipunt"],
            "municipality": row["municipality"],
            "startedAt": utc_text(row["started_at"]),
            "durationMinutes": row["duration"],
            "themes": row["themes"],
            "help": row["help"],
            "outcome": row["outcome"],
            "selfReliance": row["self_reliance"],
            "place": row["place"],
            "contact": row["contact"],
            "visitor": row["visitor"],
            "bottlenecks": [
                {"service": each["service"], "cause": each["cause"]} for each in row["bottlenecks"]
            ],
            "referredFrom": row["referred_from"],
            "referredTo": row["referred_to"],
            "ageBand": row["age_band"],
            "situation": row["situation"],
            "residence": row["residence"],
            "device": row["device"],
        }
    )


def body(row: Mapping[str, Any]) -> dict[str, Any]:
    """A visit as the API shows it to those who may read it."""
    return facts(row) | drop_empty(
        {
            "bottlenecks": row["bottlenecks"],
            "helper": row["helper"],
            "note": row["note"],
            "state": row["state"],
            "voidReason": row["void_reason"],
            "version": row["version"],
        }
    )
