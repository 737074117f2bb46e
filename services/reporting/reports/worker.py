"""The process that writes a report down: its form as the argument, the packed report on stdin, the file on stdout."""

from __future__ import annotations

import sys

from common.pdf_worker import run
from services.reporting.reports.paper import html_of
from services.reporting.reports.spreadsheet import workbook_of
from services.reporting.reports.wire import unpacked


def main(form: str) -> int:
    """Write one file. Returns the exit code that `common.pdf` expects."""
    if form == "pdf":
        return run(lambda sent: html_of(unpacked(sent)), tagged=True)
    sys.stdout.buffer.write(workbook_of(unpacked(sys.stdin.buffer.read())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
