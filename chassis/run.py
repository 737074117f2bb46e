"""Starts services in this process and stops them in time; the same for one service or for all.

Promise: after `start` returns, every service answers, and whoever waited at the door has been answered before the relays,
the subscriptions and the timers begin; after `stop` nothing half-done is left, and it takes no longer than its deadline. A
container that dies takes the process with it, so that whoever supervises it starts it again.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import eventlet
import structlog
from eventlet import Event, Timeout
from eventlet.green import socket

from chassis.broker import memory
from chassis.clock import Clock, SystemClock, new_id
from chassis.faults import NO_FAULTS, FaultPoints
from chassis.garbage import collect_seldom
from chassis.http.server import HttpServer
from chassis.runtime.application import Application
from chassis.runtime.container import Container
from chassis.service import Service
from chassis.settings import Settings
from chassis.storage import capacity, migrations
from chassis.storage.database import Database

log = structlog.get_logger(__name__)

STOP_DEADLINE = 10.0
READY_DEADLINE = 30.0


class Runner:
    """The services of one process, with one HTTP server in front of them."""

    def __init__(
        self,
        settings: Settings,
        services: Sequence[type[Service]],
        *,
        clock: Clock | None = None,
        new_id: Callable[[], str] = new_id,
        faults: FaultPoints = NO_FAULTS,
        migrate: bool = True,
        filled: float = 1.0,
    ) -> None:
        """`filled` is how far the data is with being made up when people are let in: 0 for a demo that has yet to look."""
        self.settings = settings
        self.services = services
        self.http = HttpServer(*settings.listen)
        self.applications: dict[str, Application] = {}
        self._clock = clock or SystemClock()
        self._new_id = new_id
        self._faults = faults
        self._migrate = migrate
        self._filled = filled
        self._containers: list[Container] = []
        self._ended = Event()
        self.stopping = False

    @property
    def address(self) -> str:
        """Where the services answer, such as `http://127.0.0.1:8000`."""
        return self.http.address

    def start(self) -> None:
        """Migrate, start every service, then open the door. Raises ConfigurationError before anything is touched."""
        for service in self.services:
            service.check(self.settings)
        memory.register()
        self.http.bind()
        for service in self.services:
            url = self.settings.database_url(service.name)
            if self._migrate:
                migrations.upgrade(url, service.migrations / "versions")
            workers = self.settings.max_workers
            database = Database(url, workers=workers, name=capacity.name(service.name, workers))
            self._containers.append(self._container(service, database))
        for container in self._containers:
            container.start()
            eventlet.spawn(self._watch, container)
        self.http.start()
        for application in self.applications.values():
            capacity.warn_if_short(application.database)
        collect_seldom()
        log.info(
            "services.started", services=[service.name for service in self.services], address=self.address
        )

    def instance(self, service: str) -> Any:
        """An instance of a service class with its dependencies, as a worker of nameko gets one."""
        container = next(each for each in self._containers if each.service_name == service)
        made = container.service_cls()
        for dependency in container.dependencies:
            setattr(made, dependency.attr_name, dependency.get_dependency(None))
        return made

    def readiness(self) -> dict[str, dict[str, bool | str]]:
        """Each service's readiness, part by part."""
        return {name: application.readiness() for name, application in self.applications.items()}

    def wait_until_ready(self, deadline: float = READY_DEADLINE) -> None:
        """Return when every part of every service is ready; raises TimeoutError, naming what is not."""
        until = self._clock.monotonic() + deadline
        while True:
            missing = [
                f"{name}: {answer}"
                for name, parts in self.readiness().items()
                for answer in parts.values()
                if answer is not True
            ]
            if not missing:
                return
            if self._clock.monotonic() > until:
                raise TimeoutError("; ".join(missing))
            eventlet.sleep(0.02)

    def stop(self, deadline: float = STOP_DEADLINE) -> None:
        """Stop accepting, end what is in flight, and be gone after `deadline` seconds at the latest."""
        self.stopping = True
        with Timeout(deadline, False):
            self.http.stop(deadline / 2)
            for stopping in [eventlet.spawn(container.stop) for container in self._containers]:
                stopping.wait()
        for container in self._containers:
            container.kill()
        for application in self.applications.values():
            application.database.close()
        self._end(None)

    def fail(self, error: Exception) -> None:
        """End `run` with `error`: something that belongs to this process cannot go on."""
        self._end(error)

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then stop. Raises when a service dies."""
        with _Signals() as signals:
            watching = eventlet.spawn(self._await_signal, signals)
            error = self._ended.wait()
            watching.kill()
        if error is not None:
            raise error

    def _await_signal(self, signals: _Signals) -> None:
        signals.wait()
        log.info("services.stopping")
        self.stop()

    def _container(self, service: type[Service], database: Database) -> Container:
        application = Application(
            service.name,
            self.settings,
            database,
            clock=self._clock,
            new_id=self._new_id,
            faults=self._faults,
        )
        self.applications[service.name] = application
        config: dict[str, Any] = {
            "filled": self._filled,
            "max_workers": self.settings.max_workers,
            "application": application,
            "http_server": self.http,
            "settings": self.settings,
            "services": [each.name for each in self.services],
        }
        return Container(service, config)

    def _watch(self, container: Container) -> None:
        try:
            container.wait()
        except Exception as error:
            log.critical("service.died", service=container.service_name, error=repr(error))
            self._end(error)

    def _end(self, error: Exception | None) -> None:
        if not self._ended.ready():
            self._ended.send(error)


class _Signals:
    """SIGTERM and SIGINT as something a green thread can wait for.

    eventlet's hub sleeps in `poll` and would notice a signal only when something else wakes it, up to a minute later; a
    byte on a socket wakes it at once (`signal.set_wakeup_fd`).
    """

    def __enter__(self) -> _Signals:
        self._reader, self._writer = socket.socketpair()
        self._writer.setblocking(False)
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        self._handlers = {each: signal.signal(each, _note) for each in (signal.SIGTERM, signal.SIGINT)}
        return self

    def wait(self) -> None:
        """Return when one of the signals has come."""
        while not set(self._reader.recv(64)) & {signal.SIGTERM, signal.SIGINT}:
            continue

    def __exit__(self, *error: object) -> None:
        for each, handler in self._handlers.items():
            signal.signal(each, handler)
        signal.set_wakeup_fd(self._wakeup)
        self._reader.close()
        self._writer.close()


def _note(number: int, frame: FrameType | None) -> None:
    """A handler must be there for the wake-up byte to be written."""
