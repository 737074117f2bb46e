"""Named points where a fault test may strike.

Code that keeps a promise across a crash says where it stands (`faults.reach("relay.published")`). In production
nothing happens there; a fault test passes a `FaultPoints` of its own that kills the process or raises.
"""

from __future__ import annotations

POINTS = (
    "unit.beforeCommit",
    "unit.afterCommit",
    "relay.beforeStamp",
    "relay.stamped",
    "relay.beforePublish",
    "relay.published",
    "relay.confirmed",
    "relay.marked",
    "subscription.beforeApply",
    "subscription.applied",
    "subscription.committed",
    "subscription.acked",
)


class FaultPoints:
    """Does nothing at any point; the base of what tests pass in."""

    def reach(self, point: str) -> None:
        """Called when the code stands at `point`, one of `POINTS`."""


NO_FAULTS = FaultPoints()
