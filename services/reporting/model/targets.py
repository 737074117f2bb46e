"""Numbers to reach, such as the steps of a grant: how far it has come, and which steps are certainly reached.

A grant pays by steps, so a step is *reached* only where the lower bound says so. Between the bounds it is *maybe* reached, and
nobody is told so in an event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, Literal, NamedTuple, TypedDict
from uuid import UUID, uuid5

from chassis.errors import Issue
from services.reporting.model.definitions import definition
from services.reporting.model.periods import Period

EVENTS_OF_TARGETS = UUID("0199c7a4-5f5e-5d0c-9b1e-7461726765ff")
"""The namespace of the ids of their events: the same target and step give the same id, in each database and for ever."""

BY_AGE = "reach"
"""The measure that is known of adults apart."""

State = Literal["reached", "maybe", "notReached"]


class TargetRow(TypedDict):
    """A row of `targets`. `steps` go up; both days belong to it."""

    id: str
    name: str
    measure: str
    audience: str
    first: date
    last: date
    municipalities: list[str]
    steps: list[int]
    version: int


class Bounds(NamedTuple):
    """What was counted: certainly, and perhaps; the same where a count is exact."""

    at_least: int
    at_most: int


def issues(content: Mapping[str, Any]) -> list[Issue]:
    """What does not fit together in a target that was sent."""
    found = []
    if content["audience"] != "all" and content["measure"] != BY_AGE:
        found.append(Issue("adultsOfReachOnly", "audience", value=content["audience"], type="invalidInput"))
    steps = content["steps"]
    if any(step >= following for step, following in pairwise(steps)):
        found.append(Issue("stepsGoUp", "steps", type="invalidInput"))
    return found


def period_of(row: TargetRow) -> Period:
    """The days of a target."""
    return Period(row["first"], row["last"])


def state_of(step: int, bounds: Bounds) -> State:
    """How it stands with one step."""
    if bounds.at_least >= step:
        return "reached"
    return "maybe" if bounds.at_most >= step else "notReached"


def reached(steps: Sequence[int], bounds: Bounds) -> list[int]:
    """The steps that are certainly reached."""
    return [step for step in steps if state_of(step, bounds) == "reached"]


def sentence(step: int, bounds: Bounds, language: str) -> str:
    """How it stands with one step, in words."""
    state = state_of(step, bounds)
    text = definition(state, language, step=step)
    if state == "reached":
        return text
    low, high = bounds
    if low == high:
        return f"{text} {definition('exactly', language, low=low, step=step, missing=step - low)}"
    return f"{text} {definition('between', language, low=low, high=high, step=step)}"


def to_api(row: TargetRow) -> dict[str, Any]:
    """A target as it was set, without how far it has come."""
    return {
        "id": row["id"],
        "name": row["name"],
        "measure": row["measure"],
        "audience": row["audience"],
        "from": row["first"],
        "to": row["last"],
        "municipalities": row["municipalities"],
        "steps": row["steps"],
    }


def progress(row: TargetRow, bounds: Bounds, means: str, language: str) -> dict[str, Any]:
    """How far it has come, in numbers and in words; `means` says what is counted."""
    return {
        "atLeast": bounds.at_least,
        "atMost": bounds.at_most,
        "definition": means,
        "steps": [
            {
                "value": step,
                "state": state_of(step, bounds),
                "missing": max(0, step - bounds.at_least),
                "sentence": sentence(step, bounds, language),
            }
            for step in row["steps"]
        ],
    }


def to_event(row: TargetRow, step: int) -> dict[str, Any]:
    """The data of the event that a step is reached. The name stays here: somebody typed it."""
    target = {
        "id": row["id"],
        "measure": row["measure"],
        "audience": row["audience"],
        "firstDay": row["first"].isoformat(),
        "lastDay": row["last"].isoformat(),
        "municipalities": row["municipalities"],
    }
    return {"target": target, "step": step}


def event_id(target: str, step: int) -> str:
    """The id of the one event about this step of this target."""
    return str(uuid5(EVENTS_OF_TARGETS, f"{target}/{step}"))
