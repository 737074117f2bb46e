"""Work that computes long holds up nobody."""

import time

import eventlet
import pytest

from chassis.green import in_thread


def test_others_go_on_while_a_thread_works():
    """Green threads run meanwhile, and what the work gives or raises comes back."""
    turns = []

    def others():
        while True:
            turns.append(time.monotonic())
            eventlet.sleep(0.005)

    running = eventlet.spawn(others)
    blocking = eventlet.patcher.original("time").sleep
    assert in_thread(lambda: blocking(0.2) or 7) == 7
    running.kill()
    assert len(turns) > 5


def test_what_a_thread_raises_comes_back():
    """As if it had been raised here."""
    with pytest.raises(ZeroDivisionError):
        in_thread(lambda: 1 // 0)
