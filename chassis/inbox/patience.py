"""How often a step is tried again that fails for no reason that passes by itself: a bounded number of times."""

from __future__ import annotations

from chassis.broker.connection import BROKER_ERRORS
from chassis.broker.rpc_client import RpcUnavailable
from chassis.storage.database import is_outage

TRIES = 3


class Patience:
    """Counts the failures of one step in a row. A database, a broker or an owner that is away is waited for without end."""

    def __init__(self) -> None:
        self._failures = 0

    def is_spent(self, error: BaseException) -> bool:
        """Whether this failure is one too many; it is counted, unless it passes by itself."""
        if isinstance(error, (RpcUnavailable, *BROKER_ERRORS)) or is_outage(error):
            return False
        self._failures += 1
        return self._failures >= TRIES

    def renew(self) -> None:
        """The step was done."""
        self._failures = 0
