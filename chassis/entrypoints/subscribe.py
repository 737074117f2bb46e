"""`@subscribe("visits")`: a method that applies another service's events.

The method gets a `chassis.subscription.Batch` and runs inside the transaction that also advances the checkpoint, in a nameko
worker. It raises when it cannot apply an event; that event is then parked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any

import eventlet
import sqlalchemy as sa
import structlog
from eventlet import Event, Timeout
from nameko.extensions import Entrypoint

from chassis import checkpoints
from chassis.broker import BROKER_ERRORS
from chassis.database import is_outage
from chassis.entrypoints.provider import STOP_DEADLINE, application_of
from chassis.follower import Follower
from chassis.rebuild import Rebuild
from chassis.subscription import Batch, Project, Subscription
from chassis.tables import parked

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 5.0


class Subscribe(Entrypoint):
    """Follows the journal of `source` for as long as the service runs."""

    def __init__(self, source: str, read_models: Sequence[sa.Table] = (), **kwargs: Any) -> None:
        self.source = source
        self.read_models = read_models
        super().__init__(**kwargs)

    def setup(self) -> None:
        self._application = application_of(self.container)
        self._subscription = Subscription(
            self._application.database,
            subscriber=self._application.name,
            source=self.source,
            clock=self._application.clock,
            faults=self._application.faults,
            read_models=self.read_models,
        )
        self._rebuild = Rebuild(self._subscription, self._application.clock)
        self._follower: Follower | None = None
        self._stop = Event()
        self._application.subscriptions[self.source] = self
        self._application.add_readiness(f"subscription {self.source}", self._ready)

    def start(self) -> None:
        self._thread = self.container.spawn_managed_thread(
            self._run, identifier=f"subscription {self.source}"
        )

    def stop(self) -> None:
        self._stop.send()
        if self._follower is not None:
            self._follower.stop()
        self._thread.wait()

    def status(self) -> dict[str, Any]:
        with self._application.database.read() as connection:
            row = checkpoints.read(connection, self.source)
            rebuilding = checkpoints.read(connection, self.source, active=False)
            aside = connection.execute(
                sa.select(sa.func.count()).select_from(parked).where(parked.c.source == self.source)
            ).scalar_one()
        head = max(row.head or 0, row.position) if row else 0
        return {
            "source": self.source,
            "state": row.state if row else "starting",
            "reason": row.reason if row else None,
            "connected": self._follower is not None,
            "epoch": row.epoch if row else None,
            "position": row.position if row else 0,
            "head": head,
            "lag": head - row.position if row else 0,
            "parked": aside,
            "eventTime": row.event_time.isoformat() if row and row.event_time else None,
            "headSeenAt": row.head_seen_at.isoformat() if row and row.head_seen_at else None,
            "rebuilding": {"position": rebuilding.position} if rebuilding else None,
        }

    def retry(self, subject: str | None) -> tuple[int, int]:
        outcome: tuple[int, int] = self._in_worker(lambda project: self._subscription.retry(project, subject))
        return outcome

    def request_rebuild(self) -> int:
        self._subscription.prepare()
        generation = self._rebuild.request()
        if self._follower is not None:
            self._follower.wake()
        return generation

    def _ready(self) -> bool | str:
        if self._follower is None:
            return f"not following {self.source} yet: the broker does not answer"
        return True

    def _run(self) -> None:
        pause = 0.2
        while not self._stop.ready():
            try:
                self._rebuild.sweep()
                self._follow()
                pause = 0.2
            except Exception as error:
                expected = isinstance(error, BROKER_ERRORS) or is_outage(error)
                log.warning(
                    "subscription starts over", source=self.source, error=repr(error), exc_info=not expected
                )
                with Timeout(pause, False):
                    self._stop.wait()
                pause = min(pause * 2, LONGEST_PAUSE)

    def _follow(self) -> None:
        """Follow over one connection until it fails or the service stops."""
        follower = Follower(
            self._subscription,
            url=self._application.settings.broker_url,
            run=self._in_worker,
            clock=self._application.clock,
            new_id=self._application.new_id,
        )
        threads = [eventlet.spawn(each) for each in (follower.work, follower.watch, follower.rebuild)]
        self._follower = follower
        try:
            while not self._stop.ready() and not any(thread.dead for thread in threads):
                follower.drain(1.0)
        finally:
            self._follower = None
            follower.stop()
            for thread in threads:
                with Timeout(STOP_DEADLINE, False):
                    thread.wait()
                thread.kill()
            follower.link.close()

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
    source: str, read_models: Sequence[sa.Table] = ()
) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Apply the events of `source` with the decorated method; `read_models` are the tables that a rebuild fills anew."""

    def decorate(project: Callable[[Any, Batch], None]) -> Callable[..., Any]:
        @wraps(project)
        def work_in(service: Any, work: Callable[[Project], Any]) -> Any:
            return work(partial(project, service))

        decorated: Callable[..., Any] = Subscribe.decorator(source, read_models)(work_in)
        return decorated

    return decorate
