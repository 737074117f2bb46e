"""Trying again, with growing pauses, what a broker or a database that is away makes fail."""

from __future__ import annotations

from collections.abc import Callable

import tenacity

LONGEST_PAUSE = 5.0
"""Seconds between two attempts, at most."""


def retrying(
    first_pause: float,
    *,
    stopped: Callable[[], bool],
    sleep: Callable[[float], object],
    on_error: Callable[[BaseException], None],
) -> tenacity.Retrying:
    """Call a function until it returns: `retrying(...)(function)`.

    The pauses double from `first_pause` to LONGEST_PAUSE seconds; `sleep` makes them. `on_error` is told of every failure.
    Once `stopped`, no further attempt is made and the call returns None.
    """

    def report(state: tenacity.RetryCallState) -> None:
        assert state.outcome is not None, "an attempt has ended"
        error = state.outcome.exception()
        assert error is not None, "only failures are reported"
        on_error(error)

    def pause(seconds: float) -> None:
        sleep(seconds)

    return tenacity.Retrying(
        retry=tenacity.retry_if_exception_type(Exception),
        wait=tenacity.wait_exponential(multiplier=first_pause, max=LONGEST_PAUSE),
        stop=lambda state: stopped(),
        sleep=pause,
        after=report,
        retry_error_callback=lambda state: None,
    )
