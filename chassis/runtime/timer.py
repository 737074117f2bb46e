"""`every(seconds)`: a timer that follows the monotonic clock.

nameko's own follows the wall clock: a jump makes a burst or a stall (docs/adr/0001).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import structlog
from eventlet import Event, Timeout
from nameko.extensions import Entrypoint

log = structlog.get_logger(__name__)

Method = TypeVar("Method", bound=Callable[..., Any])


class Every(Entrypoint):
    """Runs the method when the service starts, and again `seconds` after each run has begun; never two at once."""

    def __init__(self, seconds: float, **kwargs: Any) -> None:
        self.seconds = seconds
        super().__init__(**kwargs)

    def setup(self) -> None:
        self._clock = self.container.config["application"].clock
        self._stop = Event()

    def start(self) -> None:
        self._thread = self.container.spawn_behind_the_door(self._run, f"every {self.seconds} s")

    def stop(self) -> None:
        self._stop.send()
        self._thread.wait()

    def _run(self) -> None:
        while not self._stop.ready():
            begun = self._clock.monotonic()
            done = Event()
            self.container.spawn_worker(self, (), {}, handle_result=partial(_finish, done))
            done.wait()
            self._rest(max(0.0, begun + self.seconds - self._clock.monotonic()))

    def _rest(self, seconds: float) -> None:
        with Timeout(seconds, False):
            self._stop.wait()


def _finish(done: Event, worker_ctx: Any, result: Any, error: Any) -> tuple[Any, Any]:
    done.send()
    return result, error


def every(seconds: float) -> Callable[[Method], Method]:
    """Run the decorated method when the service starts, and every `seconds` after."""
    decorated: Callable[[Method], Method] = Every.decorator(seconds)
    return decorated
