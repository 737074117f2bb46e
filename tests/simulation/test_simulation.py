"""Whatever the schedule, every promise of the spine holds; and what does not hold is found, run again and made short."""

import pytest

from tests.simulation.bugs import BUGS, put_in
from tests.simulation.shrinking import kind, shrink
from tests.simulation.simulate import run_seed, run_steps

SEEDS = 200
BLOCK = 25
WITHIN = 1000
"""Seeds in which each bug that was put in has to be found."""


@pytest.mark.parametrize("first", range(0, SEEDS, BLOCK))
def test_every_promise_is_kept(first):
    """Journal, read models and clients agree after every schedule, and everything comes to rest."""
    results = [run_seed(seed) for seed in range(first, first + BLOCK)]
    assert [(each.seed, each.violation) for each in results if each.violation] == []
    assert sum(each.events for each in results) > BLOCK, "something happened"


def test_a_run_is_the_same_each_time():
    """The same seed, and the same steps without their seed, end in the same tables at the same time."""
    for seed in (3, 14, 40, 44):
        result = run_seed(seed)
        assert run_seed(seed).fingerprint == result.fingerprint
        assert run_steps(seed, result.steps).fingerprint == result.fingerprint


def test_a_failing_run_is_made_short():
    """What is left breaks the same promise, and its trace says where."""
    with put_in("mark-before-confirm"):
        result = run_seed(0)
        short = shrink(result)
        assert kind(short.violation) == kind(result.violation)
        assert len(short.steps) < len(result.steps) / 2
        told = run_steps(0, short.steps, tell=True)
    assert "VIOLATION" in told.lines[-1]
    assert run_steps(0, short.steps).violation is None, "the bug is out again"


@pytest.mark.slow
@pytest.mark.parametrize("bug", BUGS)
def test_a_bug_that_is_put_in_is_found(bug):
    """The simulation is worth what it finds."""
    with put_in(bug):
        assert any(run_seed(seed).violation for seed in range(WITHIN))
