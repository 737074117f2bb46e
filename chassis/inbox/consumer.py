"""One journal that a service follows: over one broker, with one checkpoint, until the service stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import eventlet
import sqlalchemy as sa
import structlog
from eventlet import Event, Timeout

from chassis.broker.connection import BROKER_ERRORS
from chassis.inbox import checkpoints
from chassis.inbox.projection import Subscription
from chassis.inbox.rebuild import Rebuild
from chassis.inbox.session import Follower, Run
from chassis.runtime.application import Application
from chassis.runtime.provider import STOP_DEADLINE
from chassis.storage.database import is_outage
from chassis.storage.tables import parked

log = structlog.get_logger(__name__)

LONGEST_PAUSE = 5.0

SILENT = timedelta(minutes=1)
"""An owner that has not told its head for so long is away; it is asked every 15 s (chassis/inbox/session.py)."""


class Feed:
    """Follows the journal `source` over the broker at `url`; `run_in_worker` lends the projection of the service class."""

    def __init__(
        self,
        application: Application,
        container: Any,
        *,
        source: str,
        url: str,
        queue: str,
        read_models: Sequence[sa.Table],
        run_in_worker: Run,
    ) -> None:
        self.source = source
        self._application = application
        self._container = container
        self._url = url
        self._queue = queue
        self._in_worker: Callable[..., Any] = run_in_worker
        self._subscription = Subscription(
            application.database,
            subscriber=application.name,
            source=source,
            clock=application.clock,
            faults=application.faults,
            read_models=read_models,
        )
        self._rebuild = Rebuild(self._subscription, application.clock)
        self._follower: Follower | None = None
        self._stop = Event()

    def start(self) -> None:
        """Begin to follow, in a thread of its own."""
        self._thread = self._container.spawn_managed_thread(
            self._run, identifier=f"subscription {self.source}"
        )

    def stop(self) -> None:
        """End after the batch in work."""
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
            "state": self._state(row),
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

    def _state(self, row: Any) -> str:
        """What the checkpoint says, or `waiting` where it follows an owner that is away or was never there."""
        if row is None:
            return "starting"
        silent = row.head_seen_at is None or self._application.clock.now() - row.head_seen_at > SILENT
        return "waiting" if silent and row.state == checkpoints.FOLLOWING else str(row.state)

    def retry(self, subject: str | None) -> tuple[int, int]:
        outcome: tuple[int, int] = self._in_worker(lambda project: self._subscription.retry(project, subject))
        return outcome

    def request_rebuild(self) -> int:
        self._subscription.prepare()
        generation = self._rebuild.request()
        if self._follower is not None:
            self._follower.wake()
        return generation

    def ready(self) -> bool | str:
        """Whether there is a connection to the broker, or a sentence that says so."""
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
            url=self._url,
            queue=self._queue,
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
