"""Imports files into a running Digipunt, and tells what became of their rows."""

from __future__ import annotations

import csv
import io
import re
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from digipunt.importing.command import import_visits
from tests.e2e.command import Desk

FILES = Path(__file__).parent / "files" / "import"
MAP = FILES / "map.yaml"
LAST_LINE = re.compile(r"accepted (\d+), refused (\d+), already there (\d+), skipped (\d+)")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The counts of the last line, what was said on standard error, and the refused rows by column."""

    counts: tuple[int, ...]
    said: str
    rejected: list[dict[str, str]]

    @property
    def reasons(self) -> list[str]:
        return [row["reden"] for row in self.rejected]


def take(desk: Desk, file: Path, mapping: Path | None = MAP, *, dry_run: bool = False) -> Outcome:
    """Import a file as the command does, in this process."""
    output, said = io.StringIO(), io.StringIO()
    with redirect_stdout(output), redirect_stderr(said):
        import_visits(file, mapping, None, dry_run=dry_run, url=desk.address, token=desk.token, data=None)
    found = LAST_LINE.fullmatch(output.getvalue().splitlines()[-1])
    assert found is not None
    rejected = file.with_name(file.name + ".rejected.csv")
    rows: list[dict[str, str]] = []
    if rejected.exists() and not dry_run:
        with rejected.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter=";"))
    return Outcome(tuple(map(int, found.groups())), said.getvalue(), rows)


def mended(file: Path, **cells: str) -> Path:
    """The rejected file of `file` with other cells, as somebody corrects it."""
    rejected = file.with_name(file.name + ".rejected.csv")
    with rejected.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    into = rejected.with_name(f"verbeterd-{rejected.name}")
    with into.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(row | cells for row in rows)
    return into
