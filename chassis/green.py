"""The one place that turns this process green.

nameko runs on eventlet, so every blocking call has to yield. `patch()` comes before any other import in a process that
runs services; psycopg2 then waits in the hub instead of freezing heartbeats and HTTP.
"""

import warnings

with warnings.catch_warnings():
    # eventlet says at every import that it is in maintenance mode; docs/adr/0001 says what we do about it.
    warnings.simplefilter("ignore")
    import eventlet
    from eventlet.hubs import trampoline

__all__ = ["patch", "trampoline"]


def patch() -> None:
    """Replace the blocking parts of the standard library by green ones. Safe to call again."""
    eventlet.monkey_patch()
    from psycopg2.extensions import set_wait_callback

    from chassis.patience import wait

    set_wait_callback(wait)
