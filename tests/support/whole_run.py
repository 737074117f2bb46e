"""All tests: folders of them beside each other, then alone the tests that hold a time, and how much of the code they ran.

Each is a plain pytest in a process of its own, with servers of its own. The workers of pytest-xdist will not do: they hear
what to run next in a real thread, which cannot wake up a process that `chassis.green` has made green.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.support import branch_coverage

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"

LONGEST = (
    "tests/e2e/desk",
    "tests/services/notifications",
    "tests/e2e",
    "tests/services/reporting",
    "tests/unit",
)
"""These begin first, so that none of them is left over at the end."""

WITH_FOLDERS = ("tests/e2e", "tests/services")
"""The folders in these are parts of their own."""

PYTEST = (sys.executable, "-m", "pytest")
MEASURED = (sys.executable, "-m", "coverage", "run", "-m", "pytest")
NOTHING_TO_RUN = 5
"""pytest's status when it found no test, such as where all of them hold a time."""

WORTH_TELLING = re.compile(r"^(?:FAILED|ERROR|RERUN) .*", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """Tests that run in one process."""

    name: str
    arguments: tuple[str, ...]
    pytest: tuple[str, ...] = MEASURED

    def run(self) -> Outcome:
        """Run it to its end."""
        begun = time.monotonic()
        # No pipe: what a process that was killed has left behind may hold its end, and would be waited for.
        with tempfile.TemporaryFile("w+", errors="replace") as said:
            status = subprocess.run(
                [*self.pytest, *self.arguments], cwd=ROOT, stdout=said, stderr=said, check=False
            ).returncode
            said.seek(0)
            return Outcome(self, status, said.read(), time.monotonic() - begun)


@dataclass(frozen=True)
class Outcome:
    """What came of a part; `seconds` is how long it took."""

    part: Part
    status: int
    output: str
    seconds: float

    @property
    def holds(self) -> bool:
        return self.status in (0, NOTHING_TO_RUN)

    def line(self) -> str:
        """One line about it: a process that was killed has no last word of pytest's, but a status."""
        last = self.output.strip().rpartition("\n")[2].strip("= ")
        note = "" if self.holds else f"  failed, status {self.status}"
        return f"{self.part.name:<32}{self.seconds:>6.0f} s  {last}{note}"

    def told(self) -> list[str]:
        """The lines about what failed or was tried again."""
        return WORTH_TELLING.findall(self.output)


def parts() -> dict[str, list[Path]]:
    """The files of each part; every file with tests is in one."""
    found: dict[str, list[Path]] = {}
    for file in sorted(TESTS.rglob("test_*.py")):
        folders = file.relative_to(ROOT).parts[:-1]
        name = "/".join(folders[:2])
        if name in WITH_FOLDERS:
            name = "/".join(folders[:3])
        found.setdefault(name, []).append(file)
    return found


def beside_each_other() -> list[Part]:
    """Whatever holds no time, the longest first."""
    found = {name: [str(file.relative_to(ROOT)) for file in files] for name, files in parts().items()}
    order = sorted(found, key=lambda name: (LONGEST.index(name) if name in LONGEST else len(LONGEST), name))
    return [Part(name, ("-m", "not slow and not timed", *found[name])) for name in order]


def main() -> int:
    """0 when every test passed and enough of the code ran."""
    shutil.rmtree(branch_coverage.FOLDER, ignore_errors=True)
    branch_coverage.FOLDER.mkdir()
    with ThreadPoolExecutor(max(2, len(os.sched_getaffinity(0)))) as pool:
        outcomes = list(pool.map(show, beside_each_other()))
    # To measure how much of the code runs makes it half as fast.
    outcomes.append(show(Part("what holds a time, alone", ("-m", "timed and not slow", "tests"), PYTEST)))
    title("summary")
    for each in outcomes:
        print(each.line())
    for line in (line for each in outcomes for line in each.told()):
        print(line)
    title("branch coverage")
    enough = branch_coverage.hold()
    return int(not (enough and all(each.holds for each in outcomes)))


def show(part: Part) -> Outcome:
    """Run a part, and print all it said at once: what runs beside it does not come between."""
    outcome = part.run()
    print(f"\n{f' {part.name} ':=^128}\n{outcome.output}", end="", flush=True)
    return outcome


def title(text: str) -> None:
    print(f"\n{f' {text} ':=^128}")


if __name__ == "__main__":
    sys.exit(main())
