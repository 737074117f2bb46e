"""Keeps a service's list of revoked tokens up to date: from its own database, and from the service that takes tokens back.

While that one is away, or is not part of the deployment, the list stays as it is, and what somebody writes into the database
(`digipunt token revoke`) is followed all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from eventlet import Event, Timeout
from nameko.extensions import DependencyProvider

from chassis.broker.rpc_client import RpcUnavailable
from chassis.revocations import Revocations, heard
from chassis.runtime.provider import application_of
from chassis.runtime.rpc_clients import RpcClients

log = structlog.get_logger(__name__)

EVERY = 15.0
"""Seconds between two looks; asking the other service takes ten at most, so that all know within a minute."""


class RevocationsProvider(DependencyProvider):
    """`self.revocations` in a service class, which names in `revocations_from` whom it asks."""

    others = RpcClients()

    def setup(self) -> None:
        self._application = application_of(self.container)
        self._list = self._application.revocations
        asked = getattr(self.container.service_cls, "revocations_from", None)
        self._asked = None if asked == self._application.name else asked
        self._stop = Event()

    def start(self) -> None:
        self._look(self._list.refresh)
        self._thread = self.container.spawn_behind_the_door(self._run, "revocations")

    def stop(self) -> None:
        self._stop.send()
        self._thread.kill()

    def get_dependency(self, worker_ctx: Any) -> Revocations:
        return self._list

    def _run(self) -> None:
        while not self._stop.ready():
            self._look(self._list.refresh)
            if self._asked is not None:
                self._look(partial(self._ask, self._asked))
            with Timeout(EVERY, False):
                self._stop.wait()

    def _ask(self, service: str) -> None:
        try:
            told = self.others.call(service, "revoked_tokens")
        except RpcUnavailable:
            return
        self._list.learn([heard(each) for each in told])
        self._list.refresh()

    def _look(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:
            log.warning("revocations.later", error=type(error).__name__)
