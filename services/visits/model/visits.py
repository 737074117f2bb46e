"""The rules of a visit: what may be registered, when, and what of it may travel in events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from chassis.clock import local_day
from chassis.errors import Forbidden, Issue
from chassis.fingerprint import drop_empty, utc_text
from contracts.refdata import active
from services.visits.model.digipunts import Digipunt
from services.visits.model.fields import CODE_LISTS, CODES, FIELDS
from services.visits.model.rows import VisitRow

EARLIEST = date(2015, 1, 1)
CLOCK_SKEW = timedelta(minutes=5)
"""How far a desk's clock may run ahead before its visits count as being in the future."""

CORRECTABLE = timedelta(hours=24)
"""How long after it was registered a desk and a helper may correct a visit."""
ELSEWHERE = "other"
"""The residence of whoever lives in no municipality of Belgium."""

DEFAULTS = {"place": "point", "contact": "unknown"}


def normalised(content: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, with the defaults that depend on nothing, and each code once."""
    result = DEFAULTS | dict(content)
    for field in CODE_LISTS:
        if field.column in result:
            result[field.column] = distinct(result[field.column])
    return drop_empty(result)


def distinct(codes: Iterable[str] | None) -> list[str]:
    """Each code once, in the order in which they came."""
    return list(dict.fromkeys(codes or ()))


def time_issues(started_at: datetime, now: datetime) -> list[Issue]:
    """A visit lies between 2015 and now."""
    if started_at > now + CLOCK_SKEW:
        return [
            Issue(
                "visitInFuture",
                "startedAt",
                value=utc_text(started_at),
                type="invalidInput",
            )
        ]
    if local_day(started_at) < EARLIEST:
        return [Issue("visitTooEarly", "startedAt", value=utc_text(started_at), type="invalidInput")]
    return []


def digipunt_issues(digipunt: Digipunt, day: date) -> list[Issue]:
    """The digipunt was open for visits on that day."""
    if not digipunt.takes_visits_on(day):
        return [
            Issue("digipuntNotOpen", "digipunt", value=digipunt.id, type="invalidInput", params={"day": day})
        ]
    return []


def retired_issues(content: Mapping[str, Any]) -> list[Issue]:
    """Retired codes stay readable in old visits and are not taken for new ones."""
    coded = [(field.name, field.list_name, content.get(field.column)) for field in CODES]
    for field in CODE_LISTS:
        codes = content.get(field.column) or []
        coded += [(f"{field.name}[{i}]", field.list_name, code) for i, code in enumerate(codes)]
    for i, bottleneck in enumerate(content.get("bottlenecks") or []):
        coded.append((f"bottlenecks[{i}].service", "onlineService", bottleneck["service"]))
        coded.append((f"bottlenecks[{i}].cause", "bottleneckCause", bottleneck["cause"]))
    return [
        Issue(
            "codeRetired",
            name,
            value=code,
            type="invalidInput",
            params={"list": list_name},
        )
        for name, list_name, code in coded
        if code is not None and code not in active(list_name)
    ]


def require_correctable(row: VisitRow, now: datetime, *, coordinator: bool) -> None:
    """Raise Forbidden when somebody other than a coordinator corrects a visit that was not registered just now.

    It is the day of registering that counts, and not that of the visit: a desk without network sends a visit a day later.
    """
    registered = row["registered_at"]
    if not coordinator and (registered is None or now - registered > CORRECTABLE):
        raise Forbidden("correctionTooLate")


def to_event(row: VisitRow) -> dict[str, Any]:
    """What of a visit travels in events: no note, no helper, no card code."""
    values: Mapping[str, Any] = row
    data = {
        name: value
        for name, column in FIELDS.items()
        if (value := values[column]) is not None and value != []  # as drop_empty, in one pass
    }
    data["startedAt"] = utc_text(row["started_at"])
    if row["residence"] == ELSEWHERE:
        # Events and figures know municipalities only.
        del data["residence"]
    if row["bottlenecks"]:
        data["bottlenecks"] = [
            {"service": each["service"], "cause": each["cause"]} for each in row["bottlenecks"]
        ]
    return data


def to_api(row: VisitRow) -> dict[str, Any]:
    """A visit as the API shows it to those who may read it."""
    return to_event(row) | drop_empty(
        {
            "residence": row["residence"],
            "bottlenecks": row["bottlenecks"],
            "helper": row["helper"],
            "note": row["note"],
            "state": row["state"],
            "voidReason": row["void_reason"],
            "registeredAt": row["registered_at"] and utc_text(row["registered_at"]),
            "contactFollowsCard": True if row["visitor"] else None,
            "version": row["version"],
        }
    )
