"""The base of every service class: what each service has besides its own work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chassis.application import Application
from chassis.entrypoints.provider import ApplicationProvider
from chassis.entrypoints.rpc import rpc
from chassis.http.base import BaseRoutes
from chassis.personal import Vault
from chassis.unit_of_work import UnitOfWork


class Service(BaseRoutes):
    """A service with its routes of health, metrics and documentation, and the journal it owns.

    A subclass sets `name` and `migrations`, the folder with its revisions.
    """

    name: str
    migrations: Path
    app: Application = ApplicationProvider()

    @classmethod
    def reseal(cls, uow: UnitOfWork, vault: Vault, after: str | None, limit: int) -> tuple[str | None, int]:
        """Seal up to `limit` rows after this id with the newest key: the last id, None at the end, and how many changed.

        A service that keeps personal fields has some.
        """
        return None, 0

    @rpc
    def journal_head(self) -> dict[str, Any]:
        """Epoch and last position of this service's journal."""
        head = self.app.journal.head()
        return {"epoch": head.epoch, "position": head.position}

    @rpc
    def journal_page(self, after: int, limit: int) -> dict[str, Any]:
        """Up to `limit` events after position `after`, each encoded as it travels, and the head they belong to."""
        head, entries = self.app.journal.page(after, limit)
        return {"epoch": head.epoch, "position": head.position, "events": [entry.body for entry in entries]}
