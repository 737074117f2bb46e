"""The one place that turns this process green.

nameko runs on eventlet, so every blocking call has to yield. `patch()` comes before any other import in a process that
runs services. `chassis.storage.database` has psycopg2 wait in the hub too, instead of freezing heartbeats and HTTP.
"""

import warnings

with warnings.catch_warnings():
    # eventlet says at every import that it is in maintenance mode; docs/adr/0001 says what we do about it.
    warnings.simplefilter("ignore")
    import eventlet
    from eventlet.hubs import trampoline

__all__ = ["is_patched", "patch", "trampoline"]


def patch() -> None:
    """Replace the blocking parts of the standard library by green ones. Safe to call again."""
    eventlet.monkey_patch()


def is_patched() -> bool:
    """Whether this process is green."""
    return bool(eventlet.patcher.is_monkey_patched("socket"))
