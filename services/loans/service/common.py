"""What the routes of several resources share."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from chassis.application import Application
from chassis.entrypoints.provider import application_of
from chassis.pdf import PdfRenderer
from chassis.personal import Vault

PDF = "application/pdf"


class VaultProvider(DependencyProvider):
    """`self.vault` in a service class. Without `DIGIPUNT_DATA_KEY` the service does not start."""

    def setup(self) -> None:
        self._vault = Vault(application_of(self.container).settings.data_keys)

    def get_dependency(self, worker_ctx: Any) -> Vault:
        return self._vault


class PdfProvider(DependencyProvider):
    """`self.pdf` in a service class."""

    def setup(self) -> None:
        self._renderer = PdfRenderer()

    def get_dependency(self, worker_ctx: Any) -> PdfRenderer:
        return self._renderer


class Routes:
    """Base of the routes of a resource."""

    app: Application
    vault: Vault = VaultProvider()
    pdf: PdfRenderer = PdfProvider()
