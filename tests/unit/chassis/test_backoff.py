"""What a broker or a database that is away makes fail is tried again, with pauses that grow."""

import pytest

from chassis.backoff import LONGEST_PAUSE, retrying


class Flaky:
    """Fails so many times, and then returns."""

    def __init__(self, times, error=None):
        self.left, self.error = times, error or OSError("away")

    def __call__(self):
        if self.left:
            self.left -= 1
            raise self.error
        return "done"


def test_it_is_tried_until_it_works_with_pauses_that_double():
    """Each failure is reported; no pause is longer than the longest."""
    pauses, errors = [], []
    call = retrying(0.5, stopped=lambda: False, sleep=pauses.append, on_error=errors.append)
    assert call(Flaky(6)) == "done"
    assert pauses == [0.5, 1.0, 2.0, 4.0, LONGEST_PAUSE, LONGEST_PAUSE]
    assert len(errors) == 6


def test_the_pauses_start_over_with_the_next_call():
    """An outage of before does not make the next one longer."""
    pauses = []
    call = retrying(0.5, stopped=lambda: False, sleep=pauses.append, on_error=lambda error: None)
    call(Flaky(2))
    call(Flaky(1))
    assert pauses == [0.5, 1.0, 0.5]


def test_once_stopped_it_is_not_tried_again():
    """The call returns None, and the failure was reported."""
    errors = []
    call = retrying(0.5, stopped=lambda: bool(errors), sleep=lambda pause: None, on_error=errors.append)
    assert call(Flaky(3)) is None
    assert len(errors) == 1


def test_what_ends_the_process_is_not_held_up():
    """KeyboardInterrupt is not an outage."""
    call = retrying(0.5, stopped=lambda: False, sleep=lambda pause: None, on_error=lambda error: None)
    with pytest.raises(KeyboardInterrupt):
        call(Flaky(1, KeyboardInterrupt()))
