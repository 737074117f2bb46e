"""The process that `common.pdf` starts: an HTML page on stdin, a PDF on stdout.

Other processes that write PDFs, of what is no page yet, stand on `run` too.
"""

from __future__ import annotations

import logging
import resource
import sys
from collections.abc import Callable
from typing import Any

from common.pdf import PARTS_MISSING

MAX_MEMORY = 2 * 1024**3
"""Bytes of address space; a page that needs more is wrong."""


def run(html_of: Callable[[bytes], str], *, tagged: bool) -> int:
    """Render the page that `html_of` makes of stdin. Returns the exit code that `common.pdf` expects.

    `tagged` is a PDF that can be listened to: PDF/UA-1.
    """
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    for name in ("weasyprint", "fontTools"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except OSError:
        return PARTS_MISSING

    class OnlyData(URLFetcher):
        """A page is complete in itself: it loads nothing from files or from the network."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:"):
                raise ValueError("a page loads nothing")
            return super().fetch(url, headers)

    page = HTML(string=html_of(sys.stdin.buffer.read()), url_fetcher=OnlyData())
    if not tagged:
        page.write_pdf(sys.stdout.buffer)
        return 0
    from common.pdf_tags import finish

    sys.stdout.buffer.write(finish(page.write_pdf(pdf_variant="pdf/ua-1")))
    return 0


if __name__ == "__main__":
    sys.exit(run(bytes.decode, tagged=False))
