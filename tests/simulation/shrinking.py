"""Leaves out of a failing run what it fails without: whole stretches first, then step by step."""

from __future__ import annotations

import re

from tests.simulation.simulate import Result, run_steps

MOST_RUNS = 600
"""What is left by then is short enough to read."""

_PARTICULARS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]+|\d+|visits|loans|registered|\[.*|\{.*")


def kind(violation: str) -> str:
    """What was violated, without the numbers and names of this run."""
    return _PARTICULARS.sub("*", violation)[:60]


def shrink(result: Result) -> Result:
    """A run that violates the same in as few steps as can be found."""
    assert result.violation is not None, "only what fails is shrunk"
    wanted, best, runs = kind(result.violation), result, 0
    size = max(1, len(best.steps) // 2)
    while runs < MOST_RUNS:
        first, shorter = 0, False
        while first < len(best.steps) and runs < MOST_RUNS:
            steps = best.steps[:first] + best.steps[first + size :]
            tried, runs = run_steps(result.seed, steps), runs + 1
            if tried.violation is not None and kind(tried.violation) == wanted:
                best, shorter = tried, True
            else:
                first += size
        if size == 1 and not shorter:
            break
        size = max(1, size // 2)
    return best
