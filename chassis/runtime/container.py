"""nameko's container without what it spends on debug logs.

nameko draws up a call id and times every step of every worker for logs that are off in production; measured, that was
a fifth of the CPU of a request that does nothing. The steps and their order are nameko's own (2.14.1).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from logging import getLogger
from typing import Any

from nameko.containers import ServiceContainer, WorkerContext

log = getLogger("nameko.containers")


FEW = 4
"""How many requests of a service that take long are at work or waiting at once: two documents are made, two wait."""


class Container(ServiceContainer):
    """Runs one service class."""

    def __init__(self, service_cls: type, config: dict[str, Any]) -> None:
        super().__init__(service_cls, config)
        self._few = 0

    @contextmanager
    def few(self) -> Iterator[bool]:
        """Whether one more request that takes long may begin; it is counted until the end of the block."""
        free = self._few < FEW
        self._few += free
        try:
            yield free
        finally:
            self._few -= free

    def spawn_behind_the_door(self, work: Callable[[], None], identifier: str) -> Any:
        """Run `work` in a managed thread, once the HTTP server is open: at a start, people come first."""
        opened = self.config["http_server"].opened

        def run() -> None:
            opened.wait()
            work()

        return self.spawn_managed_thread(run, identifier=identifier)

    def _run_worker(self, worker_ctx: WorkerContext, handle_result: Callable[..., Any] | None) -> None:
        self._inject_dependencies(worker_ctx)
        self._worker_setup(worker_ctx)
        result = exc_info = None
        method = getattr(worker_ctx.service, worker_ctx.entrypoint.method_name)
        try:
            result = method(*worker_ctx.args, **worker_ctx.kwargs)
        except Exception as error:
            expected = isinstance(error, worker_ctx.entrypoint.expected_exceptions)
            log.log(30 if expected else 40, "error handling worker %s: %s", worker_ctx, error, exc_info=True)
            exc_info = sys.exc_info()
        if handle_result is not None:
            result, exc_info = handle_result(worker_ctx, result, exc_info)
        self._worker_result(worker_ctx, result, exc_info)
        del exc_info
        self._worker_teardown(worker_ctx)
