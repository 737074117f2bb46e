"""Asks other services over RPC, and every question ends.

nameko's own proxy knows no timeout; this speaks the same messages (`chassis.broker.rpc_client`) over a connection of its own
for each service, opened at the first call and opened again after an error.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import eventlet
from nameko.extensions import SharedExtension

from chassis.broker.connection import BROKER_ERRORS, Link
from chassis.broker.rpc_client import Owner, RpcUnavailable
from chassis.runtime.provider import application_of


class _Line:
    """One connection, over which one service is asked."""

    def __init__(self, url: str, service: str, new_id: Callable[[], str]) -> None:
        self._link = Link(url)
        self._guard = threading.Lock()
        self.broken = False
        try:
            # All that waits for the broker's answer comes before somebody else reads from the line.
            self.owner = Owner(self._link, service, new_id=new_id, guard=self._guard)
        except BaseException:
            self._link.close()
            raise
        eventlet.spawn(self._drain)

    def hang_up(self) -> None:
        self.broken = True

    def _drain(self) -> None:
        try:
            while not self.broken:
                self._link.drain(1.0)
                with self._guard:
                    self._link.connection.heartbeat_check()
        except BROKER_ERRORS:
            self.broken = True
        finally:
            self._link.close()


class RpcClients(SharedExtension):
    """Whom this service asks; a part of any extension of it that names one as an attribute."""

    def setup(self) -> None:
        self._application = application_of(self.container)
        self._lines: dict[str, _Line] = {}

    def stop(self) -> None:
        for line in self._lines.values():
            line.hang_up()

    def ask(self, service: str, method: str, *args: Any) -> Any:
        """What `service` answers. Raises RpcUnavailable when it, or the broker, does not answer within seconds."""
        line = self._lines.get(service)
        try:
            if line is None or line.broken:
                settings = self._application.settings
                line = self._lines[service] = _Line(settings.broker_url, service, self._application.new_id)
            return line.owner.call(method, *args)
        except BROKER_ERRORS as error:
            if line is not None:
                line.hang_up()
            raise RpcUnavailable(f"the broker is away: {type(error).__name__}") from None
