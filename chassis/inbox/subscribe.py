"""`@subscribe("visits")`: a method that applies another service's events.

The method gets a `chassis.inbox.projection.Batch` and runs inside the transaction that also advances the checkpoint, in a
nameko worker. It raises when it cannot apply an event; that event is then parked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

import eventlet
import sqlalchemy as sa
from eventlet import Event
from nameko.extensions import Entrypoint

from chassis.inbox.consumer import Feed
from chassis.inbox.projection import Batch, Project
from chassis.runtime.provider import application_of
from contracts.events import queue


class Subscribe(Entrypoint):
    """Follows the journal of `source`, or with `regional` and DIGIPUNT_SOURCES those of several deployments."""

    def __init__(
        self, source: str, read_models: Sequence[sa.Table] = (), *, regional: bool = False, **kwargs: Any
    ) -> None:
        self.source = source
        self.read_models = read_models
        self.regional = regional
        super().__init__(**kwargs)

    def setup(self) -> None:
        application = application_of(self.container)
        sources = application.settings.sources if self.regional else {}
        self._feeds = [
            self._feed(
                f"{name}/{self.source}",
                url,
                queue(application.name, self.source, application.settings.deployment),
            )
            for name, url in sources.items()
        ] or [self._feed(self.source, application.settings.broker_url, queue(application.name, self.source))]
        for feed in self._feeds:
            application.subscriptions[feed.source] = feed
            # A municipality that is down makes the region no less ready.
            if not sources:
                application.add_readiness(f"subscription {feed.source}", feed.ready)

    def _feed(self, source: str, url: str, queue: str) -> Feed:
        return Feed(
            application_of(self.container),
            self.container,
            source=source,
            url=url,
            queue=queue,
            read_models=self.read_models,
            run_in_worker=self._in_worker,
        )

    def start(self) -> None:
        for feed in self._feeds:
            feed.start()

    def stop(self) -> None:
        for stopping in [eventlet.spawn(feed.stop) for feed in self._feeds]:
            stopping.wait()

    def _in_worker(self, work: Callable[[Project], Any]) -> Any:
        """Run `work` in a nameko worker, whose service instance has the projection."""
        done = Event()

        def finish(worker_ctx: Any, result: Any, error: Any) -> tuple[Any, Any]:
            if error is None:
                done.send(result)
            else:
                done.send_exception(*error)
            return result, error

        self.container.spawn_worker(self, (work,), {}, handle_result=finish)
        return done.wait()


def subscribe(
    source: str, read_models: Sequence[sa.Table] = (), *, regional: bool = False
) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Apply the events of `source` with the decorated method; `read_models` are the tables that a rebuild fills anew.

    With `regional`, DIGIPUNT_SOURCES names the deployments whose events of that kind are applied instead.
    """

    def decorate(project: Callable[[Any, Batch], None]) -> Callable[..., Any]:
        @wraps(project)
        def work_in(service: Any, work: Callable[[Project], Any]) -> Any:
            return work(partial(project, service))

        decorated: Callable[..., Any] = Subscribe.decorator(source, read_models, regional=regional)(work_in)
        return decorated

    return decorate
