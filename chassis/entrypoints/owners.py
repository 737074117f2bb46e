"""`self.owners` in a service class: asks other services over RPC, and every question ends.

nameko's own proxy knows no timeout; this speaks the same messages (`chassis.owner`) over one connection of its own, made for
the first question and made anew after an error.
"""

from __future__ import annotations

import threading
from typing import Any

import eventlet
from nameko.extensions import DependencyProvider

from chassis.broker import BROKER_ERRORS, Link
from chassis.entrypoints.provider import application_of
from chassis.owner import Owner, OwnerAway


class _Line:
    """One connection, and who can be asked over it."""

    def __init__(self, url: str, new_id: Any) -> None:
        self._link = Link(url)
        self._guard = threading.Lock()
        self._new_id = new_id
        self._owners: dict[str, Owner] = {}
        self.broken = False
        eventlet.spawn(self._drain)

    def owner(self, service: str) -> Owner:
        if service not in self._owners:
            with self._guard:
                self._owners[service] = Owner(self._link, service, new_id=self._new_id, guard=self._guard)
        return self._owners[service]

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


class Owners(DependencyProvider):
    """Whom this service asks."""

    def setup(self) -> None:
        self._application = application_of(self.container)
        self._line: _Line | None = None

    def stop(self) -> None:
        if self._line is not None:
            self._line.hang_up()

    def get_dependency(self, worker_ctx: Any) -> Owners:
        return self

    def ask(self, service: str, method: str, *args: Any) -> Any:
        """What `service` answers. Raises OwnerAway when it, or the broker, does not answer within seconds."""
        try:
            if self._line is None or self._line.broken:
                self._line = _Line(self._application.settings.broker_url, self._application.new_id)
            return self._line.owner(service).call(method, *args)
        except BROKER_ERRORS as error:
            if self._line is not None:
                self._line.hang_up()
            raise OwnerAway(f"the broker is away: {type(error).__name__}") from None
