"""The process that `common.pdf` starts: an HTML page on stdin, a PDF on stdout."""

from __future__ import annotations

import logging
import resource
import sys
from typing import Any

from common.pdf import PARTS_MISSING

MAX_MEMORY = 2 * 1024**3
"""Bytes of address space; a page that needs more is wrong."""


def main() -> int:
    """Render one page. Returns the exit code that `common.pdf` expects."""
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

    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=OnlyData())
    page.write_pdf(sys.stdout.buffer)
    return 0


if __name__ == "__main__":
    sys.exit(main())
