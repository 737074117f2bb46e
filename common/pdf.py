"""PDF from HTML, rendered by WeasyPrint in a process of its own: a slow or broken page never blocks a service.

Pages load nothing: pictures are `data:` URLs, and the fonts are those of the machine, embedded in the PDF.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import structlog

from chassis.errors import Unavailable
from common.workers import Workers

log = structlog.get_logger(__name__)

TIMEOUT = 60.0
"""Seconds that one document may take."""

AT_ONCE = 2
"""Documents rendered at the same time; each takes a core and about 100 MB."""

WORKER = (sys.executable, "-m", "common.pdf_worker")
PARTS_MISSING = 3
"""The exit code of a worker that did not find Pango."""

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-droid-fallback"


class PdfRenderer:
    """Makes PDFs, a few at a time. One per service."""

    def __init__(
        self, *, timeout: float = TIMEOUT, at_once: int = AT_ONCE, worker: Sequence[str] = WORKER
    ) -> None:
        self._workers = Workers(
            worker,
            timeout=timeout,
            at_once=at_once,
            busy="tooManyDocuments",
            late="documentTooSlow",
        )

    def render(self, html: str) -> bytes:
        """The PDF of an HTML document.

        Raises Unavailable when it cannot be made now: too busy, too slow, or Pango is missing on this machine.
        """
        return self.render_from(html.encode())

    def render_from(self, sent: bytes) -> bytes:
        """The PDF that the worker makes of what it is sent. Raises as `render` does."""
        made = self._workers.run(sent)
        if made.code == PARTS_MISSING:
            log.error("pdf.pangoMissing", install=f"sudo apt-get install {PACKAGES}")
            raise Unavailable("documentsNotPossible", retry_after=3600, packages=PACKAGES)
        if made.code:
            raise RuntimeError(f"the PDF worker exited with {made.code}: {made.error}")
        return made.output
