"""PDF from HTML, rendered by WeasyPrint in a process of its own: a slow or broken page never blocks a service.

A process per document starts in about a second, frees its memory when it ends, and can be killed when it hangs. The page
goes in and the PDF comes out over pipes, so nothing is written to disk. Pages load nothing: pictures are `data:` URLs, and
the fonts are those of the machine, embedded in the PDF.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from signal import SIGKILL
from threading import BoundedSemaphore, Timer

import structlog

from chassis.errors import Unavailable

log = structlog.get_logger(__name__)

TIMEOUT = 60.0
"""Seconds that one document may take."""

AT_ONCE = 2
"""Documents rendered at the same time; each takes a core and about 100 MB."""

WAIT = 30.0
"""Seconds that a document waits for its turn."""

WORKER = (sys.executable, "-m", "common.pdf_worker")
PARTS_MISSING = 3
"""The exit code of a worker that did not find Pango."""

PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"


class PdfRenderer:
    """Makes PDFs, a few at a time. One per service."""

    def __init__(
        self, *, timeout: float = TIMEOUT, at_once: int = AT_ONCE, worker: Sequence[str] = WORKER
    ) -> None:
        self._timeout = timeout
        self._turns = BoundedSemaphore(at_once)
        self._worker = list(worker)

    def render(self, html: str) -> bytes:
        """The PDF of an HTML document.

        Raises Unavailable when it cannot be made now: too busy, too slow, or Pango is missing on this machine.
        """
        if not self._turns.acquire(timeout=WAIT):
            raise Unavailable("tooManyDocuments")
        try:
            return self._run(html.encode())
        finally:
            self._turns.release()

    def _run(self, page: bytes) -> bytes:
        pipe = subprocess.PIPE
        worker = subprocess.Popen(self._worker, stdin=pipe, stdout=pipe, stderr=pipe)  # noqa: S603 - our own command
        late = Timer(self._timeout, worker.kill)
        late.start()
        try:
            pdf, stderr = worker.communicate(page)
        finally:
            late.cancel()
            worker.kill()
        if worker.returncode == -SIGKILL:
            log.warning("pdf.timedOut", seconds=self._timeout)
            raise Unavailable("documentTooSlow")
        if worker.returncode == PARTS_MISSING:
            log.error("pdf.pangoMissing", install=f"sudo apt-get install {PACKAGES}")
            raise Unavailable("documentsNotPossible", retry_after=3600, packages=PACKAGES)
        if worker.returncode:
            # The last line names the error; the lines above may quote the page, which is about a person.
            raise RuntimeError(f"the PDF worker exited with {worker.returncode}: {_error_name(stderr)}")
        return pdf


def _error_name(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0] if lines else "no message"
