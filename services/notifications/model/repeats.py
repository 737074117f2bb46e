"""When a day moves there and back and there again: who was told last of another day is told again, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from services.notifications.model.kinds import Kind
from services.notifications.model.plans import Plan
from services.notifications.model.states import OPEN, Reason, State

EARLIEST = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message about the same day of the same thing, for the same person, that is not caused later than a plan."""

    kind: Kind
    key: str
    state: State
    reason: Reason | None
    caused_at: datetime | None


def again(plan: Plan) -> str:
    """The key of a plan whose own key was used before."""
    return f"{plan.key}@{caused_at(plan).isoformat()}"


def caused_at(plan: Plan) -> datetime:
    """When what the plan is about became true."""
    return plan.at if plan.caused_at is None else plan.caused_at


def must_be_told_again(plan: Plan, earlier: Sequence[Earlier]) -> bool:
    """Whether a plan whose key was used before is news: the last that was said, or is about to be, was another day.

    The same event applied again is no news. What was withdrawn before it left has told nobody anything.
    """
    cause = caused_at(plan)
    same = [each for each in earlier if each.kind == plan.kind and _day(each.key) == _day(plan.key)]
    if any(each.caused_at in (None, cause) or each.state in OPEN for each in same):
        return False
    for each in sorted(earlier, key=lambda each: each.caused_at or EARLIEST, reverse=True):
        if (each.state, each.reason) == ("expired", "noLongerTrue"):
            continue
        if each in same:
            return False
        if _day(each.key) != _day(plan.key):
            return True
    return True


def _day(key: str) -> str:
    """What a key says beside kind and subject, such as a due date."""
    return key.split(":", 2)[2].partition("@")[0]
