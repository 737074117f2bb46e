"""Gives a service class its renderer of PDFs.

Apart from `common.pdf`, which the process that renders imports too: that one needs no nameko.
"""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from common.pdf import PdfRenderer


class PdfProvider(DependencyProvider):
    """`self.pdf` in a service class."""

    def setup(self) -> None:
        self._renderer = PdfRenderer()

    def get_dependency(self, worker_ctx: Any) -> PdfRenderer:
        return self._renderer
