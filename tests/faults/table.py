"""The table at the end of `scripts/faults`."""

from __future__ import annotations

import platform
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

versions = {"Python": platform.python_version()}
"""Of what the faults befell; the servers' are added when they run."""


def show(stats: dict[str, list[Any]]) -> None:
    """Print a row for each fault test that ran, in the order in which they ran."""
    table = Table("fault", "load", "result", "measured", box=box.MARKDOWN, show_lines=False)
    for outcome in ("passed", "failed", "skipped", "error"):
        for report in stats.get(outcome, []):
            if "tests/faults/" not in report.nodeid:
                continue
            name, load, figures = dict(report.user_properties).get(
                "fault", (report.nodeid.rpartition("::")[2], "", "")
            )
            reason = report.longrepr[2] if outcome == "skipped" else ""
            table.add_row(name, load, outcome, figures or reason)
    if table.row_count:
        console = Console(width=180)
        console.print()
        console.print(", ".join(f"{name} {version}" for name, version in versions.items()))
        console.print(table)
