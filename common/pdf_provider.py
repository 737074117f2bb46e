"""`self.pdf` in a service class whose documents are printed."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from common.pdf import PdfRenderer


class PdfProvider(DependencyProvider):
    """Gives a service the renderer of PDFs."""

    def setup(self) -> None:
        self._renderer = PdfRenderer()

    def get_dependency(self, worker_ctx: Any) -> PdfRenderer:
        return self._renderer
