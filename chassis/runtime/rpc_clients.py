"""Calls other services over RPC, and every call ends.

nameko's own proxy knows no timeout; this speaks the same messages (`chassis.broker.rpc_client`) over a connection of its own
for each service, opened at the first call and opened again after an error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import eventlet
from nameko.extensions import SharedExtension

from chassis.broker.connection import BROKER_ERRORS, Connection, Renewal
from chassis.broker.rpc_client import RpcClient, RpcUnavailable
from chassis.runtime.provider import application_of


class RpcConnection:
    """One connection, over which one service is called, drained in a green thread of its own."""

    def __init__(self, url: str, service: str, new_id: Callable[[], str]) -> None:
        self._connection = Connection(url)
        self.broken = False
        try:
            # All that waits for the broker's answer comes before the other thread reads from the connection.
            self.client = RpcClient(self._connection, service, new_id=new_id)
        except BaseException:
            self._connection.close()
            raise
        eventlet.spawn(self._drain)

    def close(self) -> None:
        """Have the thread end, and close the connection."""
        self.broken = True

    def _drain(self) -> None:
        renewal = Renewal()
        try:
            while not self.broken:
                self._connection.drain(1.0)
                self._connection.heartbeat()
                if renewal.due():
                    self.client.renew()
        except BROKER_ERRORS:
            self.broken = True
        finally:
            self._connection.close()


class RpcClients(SharedExtension):
    """The services that this one calls; a part of any extension of it that names one as an attribute."""

    def setup(self) -> None:
        self._application = application_of(self.container)
        self._connections: dict[str, RpcConnection] = {}

    def stop(self) -> None:
        for connection in self._connections.values():
            connection.close()

    def call(self, service: str, method: str, *args: Any) -> Any:
        """What `service` answers. Raises RpcUnavailable when it, or the broker, does not answer within seconds."""
        connection = self._connections.get(service)
        try:
            if connection is None or connection.broken:
                url = self._application.settings.broker_url
                connection = RpcConnection(url, service, self._application.new_id)
                self._connections[service] = connection
            return connection.client.call(method, *args)
        except BROKER_ERRORS as error:
            if connection is not None:
                connection.close()
            raise RpcUnavailable(f"the broker is away: {type(error).__name__}") from None
