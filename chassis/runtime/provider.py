"""Gives a service class its `Application`, runs the relay of its journal, and a consumer for each journal it follows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import eventlet
from eventlet import Timeout
from nameko.extensions import DependencyProvider

from chassis.broker.publisher import Publisher
from chassis.inbox.checkpoints import deployment_of
from chassis.inbox.consumer import Consumer
from chassis.inbox.projection import Projection
from chassis.inbox.subscribe import Subscription
from chassis.outbox.relay import Relay
from chassis.runtime.application import Application
from contracts.events import exchange, queue


def application_of(container: Any) -> Application:
    """The application that the runner built for this container."""
    application: Application = container.config["application"]
    return application


class GreenThread:
    """A running green thread, as `chassis.inbox.consumer` wants one."""

    def __init__(self, function: Callable[[], None]) -> None:
        self._thread = eventlet.spawn(function)

    def is_alive(self) -> bool:
        return not self._thread.dead

    def join(self, timeout: float | None = None) -> None:
        """Return when it has ended, or after `timeout` seconds."""
        with Timeout(timeout, False):
            self._thread.wait()

    def kill(self) -> None:
        """End it wherever it is."""
        self._thread.kill()


class ApplicationProvider(DependencyProvider):
    """`self.app` in a service class."""

    def setup(self) -> None:
        self.application = application_of(self.container)
        events = exchange(self.application.name)
        self._relay = Relay(
            self.application.journal,
            exchange=events,
            connect=partial(Publisher, self.application.settings.broker_url, events),
            clock=self.application.clock,
            new_id=self.application.new_id,
            faults=self.application.faults,
        )
        self.application.wake_relay = self._relay.wake
        self.application.add_readiness("relay", self._relay_ready)
        for subscription in self.container.service_cls.projections:
            self._follow(subscription)

    def start(self) -> None:
        spawn = self.container.spawn_behind_the_door
        self._threads = [spawn(self._relay.run, "relay")]
        for consumer in self.application.consumers.values():
            self._threads.append(spawn(consumer.run, f"consumer {consumer.source}"))

    def stop(self) -> None:
        self._relay.stop()
        for consumer in self.application.consumers.values():
            consumer.stop()
        for thread in self._threads:
            thread.wait()

    def get_dependency(self, worker_ctx: Any) -> Application:
        return self.application

    def _follow(self, subscription: Subscription) -> None:
        """Make a consumer for the journal, or for that of each deployment which a regional service follows."""
        settings = self.application.settings
        if subscription.regional and settings.sources:
            for deployment, url in settings.sources.items():
                source = f"{deployment}/{subscription.source}"
                queue_name = queue(self.application.name, subscription.source, settings.deployment)
                # Its readiness does not count: a municipality that is down makes the region no less ready.
                self._add_consumer(subscription, source, url, queue_name)
        else:
            queue_name = queue(self.application.name, subscription.source)
            consumer = self._add_consumer(subscription, subscription.source, settings.broker_url, queue_name)
            self.application.add_readiness(f"subscription {consumer.source}", consumer.ready)

    def _add_consumer(self, subscription: Subscription, source: str, url: str, queue_name: str) -> Consumer:
        app = self.application
        projection = Projection(
            app.database,
            subscriber=app.name,
            source=source,
            project=partial(subscription.project, app),
            fold=subscription.fold,
            clock=app.clock,
            faults=app.faults,
            read_models=subscription.read_models,
            version=subscription.version,
            mirrors=subscription.mirrors,
        )
        consumer = Consumer(
            projection,
            url=url,
            queue=queue_name,
            deployment=deployment_of(source) or app.settings.deployment,
            clock=app.clock,
            new_id=app.new_id,
            spawn=GreenThread,
        )
        app.consumers[source] = consumer
        return consumer

    def _relay_ready(self) -> bool | str:
        return True if self._relay.state in ("running", "standby") else f"events wait: {self._relay.why}"
