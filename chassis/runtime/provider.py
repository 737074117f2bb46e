"""Gives a service class its `Application`, and runs the relay of its journal."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from chassis.outbox.relay import Relay
from chassis.runtime.application import Application

STOP_DEADLINE = 5.0
"""Seconds that a stopping relay or subscription gets to finish the batch in work."""


def application_of(container: Any) -> Application:
    """The application that the runner built for this container."""
    application: Application = container.config["application"]
    return application


class ApplicationProvider(DependencyProvider):
    """`self.app` in a service class."""

    def setup(self) -> None:
        self.application = application_of(self.container)
        self._relay = Relay(
            self.application.journal,
            broker_url=self.application.settings.broker_url,
            service=self.application.name,
            clock=self.application.clock,
            new_id=self.application.new_id,
            faults=self.application.faults,
        )
        self.application.wake_relay = self._relay.wake
        self.application.add_readiness("relay", self._ready)

    def start(self) -> None:
        self._thread = self.container.spawn_managed_thread(self._relay.run, identifier="relay")

    def stop(self) -> None:
        self._relay.stop()
        self._thread.wait()

    def get_dependency(self, worker_ctx: Any) -> Application:
        return self.application

    def _ready(self) -> bool | str:
        return (
            True if self._relay.state in ("running", "standby") else "events wait: the broker does not answer"
        )
