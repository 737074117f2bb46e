"""What the routes of several resources share."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from common.field_cipher import FieldCipher
from common.pdf import PdfRenderer

PDF = "application/pdf"


class CipherProvider(DependencyProvider):
    """`self.cipher` in a service class. Without `DIGIPUNT_DATA_KEY` the service does not start."""

    def setup(self) -> None:
        self._cipher = FieldCipher(application_of(self.container).settings.data_keys)

    def get_dependency(self, worker_ctx: Any) -> FieldCipher:
        return self._cipher


class PdfProvider(DependencyProvider):
    """`self.pdf` in a service class."""

    def setup(self) -> None:
        self._renderer = PdfRenderer()

    def get_dependency(self, worker_ctx: Any) -> PdfRenderer:
        return self._renderer


class Routes:
    """Base of the routes of a resource."""

    app: Application
    cipher: FieldCipher = CipherProvider()
    pdf: PdfRenderer = PdfProvider()
