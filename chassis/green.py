"""The one place that turns this process green.

nameko runs on eventlet, so every blocking call has to yield. `patch()` comes before any other import in a process that
runs services. `chassis.storage.database` has psycopg2 wait in the hub too, instead of freezing heartbeats and HTTP.
"""

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any, TypeVar

with warnings.catch_warnings():
    # eventlet says at every import that it is in maintenance mode; docs/adr/0001 says what we do about it.
    warnings.simplefilter("ignore")
    # Its resolver is a third of what a bare process loads; ours comes with the first name that somebody looks up.
    os.environ["EVENTLET_NO_GREENDNS"] = "yes"
    import eventlet
    from eventlet import tpool
    from eventlet.green import socket
    from eventlet.hubs import trampoline

    del os.environ["EVENTLET_NO_GREENDNS"]

__all__ = ["in_thread", "in_turns", "is_patched", "patch", "trampoline"]

T = TypeVar("T")

TURN_SECONDS = 0.001
"""Short beside a statement of a database, so that who waits for one after the other has work done meanwhile each time."""

_getaddrinfo = socket.getaddrinfo


def patch() -> None:
    """Replace the blocking parts of the standard library by green ones. Safe to call again."""
    socket.getaddrinfo = getaddrinfo
    for name in ("gethostbyname", "gethostbyname_ex", "getnameinfo"):
        setattr(socket, name, _looked_up(name))
    # psycopg2 is loaded where it is used, and made green there.
    eventlet.monkey_patch(psycopg=False)


def getaddrinfo(host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0) -> Any:
    """As in the standard library; who else waits for something goes on while a name is looked up."""
    try:
        return _getaddrinfo(host, port, family, type, proto, flags | socket.AI_NUMERICHOST)
    except socket.gaierror:  # It is no address but a name.
        return _looked_up("getaddrinfo")(host, port, family, type, proto, flags)


def _looked_up(function: str) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        from eventlet.support import greendns

        return getattr(greendns, function)(*args)

    return call


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
