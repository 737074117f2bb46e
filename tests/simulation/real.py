"""Has the real modules of the spine use simulated threads and connections, for as long as a run takes."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog

from chassis.broker import rpc_client
from tests.simulation.tasks import Event, Threading, Time
from tests.simulation.wire import Connection

_Call = rpc_client.Call


def _call(id: str, method: str, read: Callable[[Any], Any]) -> Any:
    return _Call(id, method, read, replied=Event())  # type: ignore[arg-type]


REPLACED: dict[str, dict[str, Any]] = {
    "chassis.outbox.relay": {"threading": Threading, "BATCH": 3, "POLL": 1.0},
    "chassis.inbox.session": {"threading": Threading, "BATCH": 4, "PREFETCH": 6, "PAGE": 3},
    "chassis.inbox.consumer": {"threading": Threading, "Connection": Connection},
    "chassis.inbox.remote_journal": {"in_turns": iter},
    "chassis.broker.publisher": {"Connection": Connection},
    "chassis.broker.connection": {"time": Time},
    "chassis.broker.rpc_server": {"threading": Threading, "time": Time, "Connection": Connection},
    "chassis.broker.rpc_client": {"threading": Threading, "Call": _call},
}
"""Small batches and pages, so that a few events make many of them."""


@contextmanager
def simulated(heard: Callable[[str, dict[str, Any]], None]) -> Iterator[None]:
    """Within, the spine is simulated; `heard` is told what it logs as a warning or an error."""
    found = [(importlib.import_module(name), values) for name, values in REPLACED.items()]
    before = [(module, {key: getattr(module, key) for key in values}) for module, values in found]
    config = structlog.get_config()

    def hear(logger: Any, level: str, fields: Any) -> Any:
        heard(fields.pop("event"), fields)
        raise structlog.DropEvent

    structlog.configure(
        processors=[hear],
        wrapper_class=structlog.make_filtering_bound_logger(30),
        cache_logger_on_first_use=False,
    )
    try:
        for module, values in found:
            for key, value in values.items():
                setattr(module, key, value)
        yield
    finally:
        for module, values in before:
            for key, value in values.items():
                setattr(module, key, value)
        structlog.configure(**config)
