"""The one place that turns this process green.

nameko runs on eventlet, so every blocking call has to yield. `patch()` comes before any other import in a process that
runs services. `chassis.storage.database` has psycopg2 wait in the hub too, instead of freezing heartbeats and HTTP.
"""

import warnings
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import TypeVar

with warnings.catch_warnings():
    # eventlet says at every import that it is in maintenance mode; docs/adr/0001 says what we do about it.
    warnings.simplefilter("ignore")
    import eventlet
    from eventlet import tpool
    from eventlet.hubs import trampoline

__all__ = ["in_thread", "in_turns", "is_patched", "patch", "trampoline"]

T = TypeVar("T")

TURN_SECONDS = 0.01


def patch() -> None:
    """Replace the blocking parts of the standard library by green ones. Safe to call again."""
    eventlet.monkey_patch()


def in_turns(items: Iterable[T]) -> Iterator[T]:
    """`items`, with a turn for everybody else whenever the work on them has taken a while.

    One thread serves all: who computes for a second makes everybody wait for a second.
    """
    since = perf_counter()
    for item in items:
        yield item
        if perf_counter() - since > TURN_SECONDS:
            eventlet.sleep(0)
            since = perf_counter()


def in_thread(work: Callable[[], T]) -> T:
    """What `work` gives, computed in a real thread while everybody else goes on.

    For what computes long and lets go of Python's lock meanwhile, as the libraries of cryptography do. It may touch nothing
    green: no socket, no database, no log.
    """
    result: T = tpool.execute(work)
    return result


def is_patched() -> bool:
    """Whether this process is green."""
    return bool(eventlet.patcher.is_monkey_patched("socket"))
