"""Has reports written down in processes of their own, so that nobody else waits for one."""

from __future__ import annotations

import sys

from common.pdf import PdfRenderer
from common.workers import Workers
from services.reporting.reports.parts import Report
from services.reporting.reports.wire import packed

TIMEOUT = 90.0
"""Seconds that one file may take."""

WORKER = (sys.executable, "-m", "services.reporting.reports.worker")


class Renderer:
    """Writes PDFs and workbooks, one of each at a time. One per service."""

    def __init__(self) -> None:
        self._pdf = PdfRenderer(timeout=TIMEOUT, at_once=1, worker=(*WORKER, "pdf"))
        self._xlsx = Workers(
            (*WORKER, "xlsx"),
            timeout=TIMEOUT,
            at_once=1,
            busy="tooManyDocuments",
            late="documentTooSlow",
        )

    def pdf(self, report: Report) -> bytes:
        """Raises Unavailable as `common.pdf` does."""
        return self._pdf.render_from(packed(report))

    def xlsx(self, report: Report) -> bytes:
        """Raises Unavailable when it cannot be made now."""
        made = self._xlsx.run(packed(report))
        if made.code:
            raise RuntimeError(f"the process of reports exited with {made.code}: {made.error}")
        return made.output
