"""A whole run leaves out no test, and no failure."""

import sys

import pytest

from tests.support import whole_run
from tests.support.whole_run import TESTS, Outcome, Part, beside_each_other, parts


def test_each_file_with_tests_is_in_one_part():
    """Wherever somebody puts it."""
    found = [file for files in parts().values() for file in files]
    assert sorted(found) == sorted(TESTS.rglob("test_*.py"))
    assert {part.name for part in beside_each_other()} == set(parts())


@pytest.mark.parametrize("name", whole_run.LONGEST + whole_run.WITH_FOLDERS)
def test_what_is_named_is_there(name):
    """A folder that was renamed is named anew."""
    assert name in parts()


@pytest.mark.parametrize(
    ("ending", "holds"),
    [
        ("sys.exit(0)", True),
        ("sys.exit(5)", True),
        ("sys.exit(1)", False),
        ("os._exit(1)", False),
        ("os.kill(os.getpid(), 9)", False),
    ],
)
def test_a_part_that_ends_badly_does_not_hold(ending, holds):
    """Also one that is killed, while what it started goes on and holds its output."""
    script = (
        f"import os, subprocess, sys; print('said', flush=True); subprocess.Popen(['sleep', '30']); {ending}"
    )
    outcome = Part("some", (), (sys.executable, "-c", script)).run()
    assert (outcome.holds, outcome.output) == (holds, "said\n")
    assert outcome.seconds < 30
    assert ("failed" in outcome.line()) is not holds


def test_what_failed_or_was_tried_again_is_told_once_more():
    """At the end of the run, where people look."""
    said = "FAILED tests/a.py::b - it\nRERUN tests/a.py::c\n1 failed, 1 rerun in 2 s\n"
    assert Outcome(Part("some", ()), 1, said, 2.0).told() == [
        "FAILED tests/a.py::b - it",
        "RERUN tests/a.py::c",
    ]
