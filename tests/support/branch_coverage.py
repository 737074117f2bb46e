"""Branch coverage of a whole run, held against the table in `pyproject.toml` (`[tool.digipunt.coverage]`).

`scripts/test` starts each of its parts under `coverage run`; a run of some tests is not measured.
"""

from __future__ import annotations

import io
import json
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import coverage

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".coverage"
INCOMPLETE = FOLDER / "incomplete"


@dataclass
class Part:
    """A folder or file of the table, and what was measured in it."""

    name: str
    least: float
    code: int = 0
    """Lines and branches that can run."""
    ran: int = 0
    missing: dict[str, str] = field(default_factory=dict)
    """By file, the lines and branches that did not."""

    @property
    def percent(self) -> float:
        return 100 * self.ran / self.code if self.code else 100.0

    @property
    def holds(self) -> bool:
        return self.percent >= self.least

    def add(self, name: str, file: Mapping[str, Any]) -> None:
        """Count a file of coverage's JSON report."""
        summary = file["summary"]
        self.code += summary["num_statements"] + summary["num_branches"]
        self.ran += summary["covered_lines"] + summary["covered_branches"]
        lines = [str(line) for line in file["missing_lines"]]
        branches = [f"{start}->{end if end > 0 else 'exit'}" for start, end in file["missing_branches"]]
        if lines or branches:
            self.missing[name] = ", ".join(lines + branches)


def least() -> dict[str, float]:
    """The table: the least percentage of each folder or file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, float] = project["tool"]["digipunt"]["coverage"]
    return table


def assign(files: Mapping[str, Mapping[str, Any]], table: Mapping[str, float]) -> list[Part]:
    """Each file counts in the most precise entry of the table that holds it. Raises when none does."""
    parts = {name: Part(name, percent) for name, percent in table.items()}
    for name, file in files.items():
        holders = [each for each in parts if name == each or name.startswith(f"{each}/")]
        parts[max(holders, key=len)].add(name, file)
    return list(parts.values())


def incomplete() -> None:
    """Tests were skipped because a server is missing: if this run is measured, nothing is asked of it."""
    if coverage.Coverage.current() is not None:
        INCOMPLETE.touch()


def hold() -> bool:
    """Add up what all processes measured, print it, and say whether it is what `pyproject.toml` asks."""
    whole = coverage.Coverage(config_file=str(ROOT / "pyproject.toml"))
    whole.combine()
    whole.save()
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        whole.json_report(outfile=report.name)
        files = json.loads(Path(report.name).read_text(encoding="utf-8"))["files"]
    parts = assign(files, least())
    print(table(parts), end="")
    if INCOMPLETE.exists():
        print("Servers are missing and their tests were skipped, so nothing is asked.")
        return True
    return all(part.holds for part in parts)


def table(parts: list[Part]) -> str:
    """What was measured beside what is asked, and what is missing where that is not reached."""
    text = io.StringIO()
    for part in parts:
        note = "" if part.holds else "  too little"
        text.write(f"{part.name:<24}{part.percent:>7.2f} %   at least {part.least:g} %{note}\n")
    for part in parts:
        if not part.holds and part.least == 100:
            text.writelines(f"{name}: {lines}\n" for name, lines in part.missing.items())
    return text.getvalue()
