"""What keeps a subscription from applying events, and since when, so that its readiness can say so.

An owner that is away is none: a subscriber does its work without it. The broker tells of itself, by the connection.
"""

from __future__ import annotations

from chassis.broker.connection import BROKER_ERRORS
from chassis.broker.rpc_client import RpcUnavailable
from chassis.clock import Clock
from chassis.storage.database import is_outage

PASSING = 5.0
"""Seconds for which a step may fail before it is told."""


class Trouble:
    """The steps of one session that fail."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failing: dict[str, tuple[float, str]] = {}

    def failed(self, step: str, error: BaseException) -> None:
        """The step failed, and is tried again."""
        if isinstance(error, (RpcUnavailable, *BROKER_ERRORS)):
            self.passed(step)
            return
        why = "the database does not take them" if is_outage(error) else type(error).__name__
        since, _ = self._failing.get(step, (self._clock.monotonic(), ""))
        self._failing[step] = since, why

    def passed(self, step: str) -> None:
        """The step does not fail any more."""
        self._failing.pop(step, None)

    def reason(self) -> str | None:
        """Why events are not applied, once that has lasted some seconds."""
        now = self._clock.monotonic()
        lasting = (why for since, why in self._failing.values() if now - since > PASSING)
        return next(lasting, None)
