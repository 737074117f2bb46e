"""What the routes of several resources share."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from common.field_cipher import FieldCipher
from common.pdf import PdfRenderer
from common.pdf_provider import PdfProvider

PDF = "application/pdf"


class FieldCipherProvider(DependencyProvider):
    """`self.cipher` in a service class. Without `DIGIPUNT_DATA_KEY` the service does not start."""

    def setup(self) -> None:
        self._cipher = FieldCipher(application_of(self.container).settings.data_keys)

    def get_dependency(self, worker_ctx: Any) -> FieldCipher:
        return self._cipher


class Routes:
    """Base of the routes of a resource."""

    app: Application
    cipher: FieldCipher = FieldCipherProvider()
    pdf: PdfRenderer = PdfProvider()
