"""One journal that a service follows: over one broker, with one checkpoint, until the service stops."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Protocol

import structlog

from chassis.backoff import retrying
from chassis.broker.connection import BROKER_ERRORS, Connection
from chassis.broker.rpc_client import RpcClient
from chassis.clock import Clock
from chassis.inbox import checkpoints, dead_letters
from chassis.inbox.checkpoints import Checkpoint
from chassis.inbox.origin import Origin
from chassis.inbox.projection import Projection
from chassis.inbox.rebuild import Rebuild
from chassis.inbox.remote_journal import RemoteJournal
from chassis.inbox.session import ConsumerSession
from chassis.storage.database import is_outage

log = structlog.get_logger(__name__)

FIRST_PAUSE = 0.2
STOP_DEADLINE = 5.0
"""Seconds that a session's threads get to finish the batch in work."""

SILENT = timedelta(minutes=1)
"""An owner that has not told its head for so long is away; it is asked every 15 s (`chassis.inbox.session`)."""


class Thread(Protocol):
    """A running thread."""

    def is_alive(self) -> bool: ...

    def join(self, timeout: float | None = None) -> None:
        """Return when it has ended, or after `timeout` seconds."""

    def kill(self) -> None:
        """End it wherever it is."""


RENEW_AFTER, RENEW_SELDOM = 60.0, 3600.0
"""Seconds of an owner's silence after which the connection is made anew, for it may be that; each time twice as many."""

Spawn = Callable[[Callable[[], None]], Thread]
"""Runs a function in a thread of its own."""


class Consumer:
    """Follows the journal of the projection's source, which is that of `deployment`, over the broker at `url`."""

    def __init__(
        self,
        projection: Projection,
        *,
        url: str,
        queue: str,
        deployment: str,
        clock: Clock,
        new_id: Callable[[], str],
        spawn: Spawn,
    ) -> None:
        self.source = projection.source
        self._projection = projection
        self._url = url
        self._queue = queue
        self._origin = Origin(deployment, checkpoints.service_of(self.source))
        self._clock = clock
        self._new_id = new_id
        self._spawn = spawn
        self._rebuild = Rebuild(projection, clock)
        self._session: ConsumerSession | None = None
        self._renew_after = RENEW_AFTER
        self._why = "the broker does not answer"
        self._stopping = threading.Event()

    def run(self) -> None:
        """Follow until `stop`, over one connection after the other."""
        start_over = retrying(
            FIRST_PAUSE, stopped=self._stopping.is_set, sleep=self._stopping.wait, on_error=self._report
        )
        while not self._stopping.is_set():
            start_over(self._consume)

    def stop(self) -> None:
        """End `run` after the batch in work."""
        self._stopping.set()
        if self._session is not None:
            self._session.stop()

    def status(self) -> dict[str, Any]:
        """Position, head, lag and state, for people and for metrics; no head and no lag while the owner is silent."""
        with self._projection.database.read() as connection:
            checkpoint = checkpoints.find(connection, self.source)
            rebuilding = checkpoints.find(connection, self.source, active=False)
            parked = dead_letters.count(connection, self.source)
        position = checkpoint.position if checkpoint else 0
        head = _head(checkpoint) if checkpoint and not self._silent(checkpoint) else None
        return {
            "source": self.source,
            "state": self._state(checkpoint),
            "reason": checkpoint.reason if checkpoint else None,
            "connected": self._session is not None,
            "epoch": checkpoint.epoch if checkpoint else None,
            "position": position,
            "head": head,
            "lag": None if head is None else head - position,
            "parked": parked,
            "eventTime": _iso(checkpoint.event_time) if checkpoint else None,
            "headSeenAt": _iso(checkpoint.head_seen_at) if checkpoint else None,
            "rebuilding": {"position": rebuilding.position, "reason": rebuilding.reason}
            if rebuilding
            else None,
        }

    def retry(self, subject: str | None) -> tuple[int, int]:
        """Apply dead letters again; how many were applied, how many stay."""
        return self._projection.retry(subject)

    def request_rebuild(self) -> int:
        """Begin to rebuild the read models; the generation that is being filled."""
        self._projection.prepare()
        generation = self._rebuild.request()
        if self._session is not None:
            self._session.rebuild_requested()
        return generation

    def ready(self) -> bool | str:
        """Whether events can be received and applied, or a sentence that says why not."""
        session = self._session
        if session is None:
            return f"not following {self.source} yet: {self._why}"
        reason = session.trouble.reason()
        return True if reason is None else f"events of {self.source} are not applied: {reason}"

    def is_behind(self) -> bool:
        """Whether the journal is known to be ahead of what was applied, or cannot be applied."""
        with self._projection.database.read() as connection:
            checkpoint = checkpoints.find(connection, self.source)
        if checkpoint is None:
            return False
        return _head(checkpoint) > checkpoint.position or checkpoint.state == checkpoints.STOPPED

    def _state(self, checkpoint: Checkpoint | None) -> str:
        """What the checkpoint says, or `waiting` where it follows an owner that is away or was never there."""
        if checkpoint is None:
            return "starting"
        waiting = self._silent(checkpoint) and checkpoint.state == checkpoints.FOLLOWING
        return "waiting" if waiting else checkpoint.state

    def _silent(self, checkpoint: Checkpoint | None) -> bool:
        seen = checkpoint.head_seen_at if checkpoint else None
        return seen is None or self._clock.now() - seen > SILENT

    def _consume(self) -> None:
        """Consume over one connection until it fails or the service stops."""
        self._rebuild.sweep()
        connection = Connection(self._url)
        try:
            client = RpcClient(connection, self._origin.service, new_id=self._new_id)
            session = ConsumerSession(
                self._projection,
                connection,
                RemoteJournal(client, self._origin, self._projection.fold),
                self._origin,
                queue=self._queue,
                clock=self._clock,
            )
            self._run_session(session)
        finally:
            connection.close()

    def _run_session(self, session: ConsumerSession) -> None:
        threads = [self._spawn(each) for each in (session.work, session.watch, session.rebuild)]
        self._session = session
        try:
            while not self._stopping.is_set() and all(thread.is_alive() for thread in threads):
                session.drain(1.0)
                if self._may_be_the_connection(session):
                    break
        finally:
            self._session = None
            session.stop()
            for thread in threads:
                thread.join(STOP_DEADLINE)
                thread.kill()

    def _may_be_the_connection(self, session: ConsumerSession) -> bool:
        """Whether the owner was not heard of for so long that a new connection is worth a try."""
        silent = session.owner_silent()
        if session.owner_heard:
            self._renew_after = RENEW_AFTER
        if silent < self._renew_after:
            return False
        log.info("consumer.renewing", source=self.source, silent=round(silent))
        self._renew_after = min(2 * self._renew_after, RENEW_SELDOM)
        return True

    def _report(self, error: BaseException) -> None:
        expected = isinstance(error, BROKER_ERRORS) or is_outage(error)
        away = "database" if is_outage(error) else "broker"
        self._why = f"the {away} does not answer"
        log.warning(
            "consumer.restarting",
            source=self.source,
            error=repr(error),
            exc_info=None if expected else error,
        )


def _head(checkpoint: Checkpoint) -> int:
    """The last head that the owner told, or what was applied since."""
    return max(checkpoint.head or 0, checkpoint.position)


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None
