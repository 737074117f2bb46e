"""The base of every service class: what each service has besides its own work."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chassis.http.descriptions import DescriptionRoutes
from chassis.http.operations import OperationsRoutes
from chassis.http.tickets import TicketRoutes
from chassis.http.trail import TrailRoutes
from chassis.inbox.subscribe import Subscription
from chassis.refusals import REFUSALS, Catalogue
from chassis.revocations import Revocations, live, told
from chassis.runtime.application import Application
from chassis.runtime.provider import ApplicationProvider
from chassis.runtime.revocations import RevocationsProvider
from chassis.runtime.rpc import rpc
from chassis.settings import Settings


class Service(OperationsRoutes, DescriptionRoutes, TicketRoutes, TrailRoutes):
    """A service with its routes of health, metrics and documentation, its trail, and the journal it owns.

    A subclass sets `name`, `migrations`, the folder with its revisions, and `refusals`, the texts of its own errors. One that
    takes tokens back has `require_current(cls, app, actor)` too: it is asked at every request with a valid token, and raises
    Unauthenticated when that does not count any more.
    """

    name: str
    migrations: Path
    refusals: Catalogue = REFUSALS
    app: Application = ApplicationProvider()
    revocations: Revocations = RevocationsProvider()
    revocations_from: str | None = None
    """The service that is asked which tokens were taken back."""
    projections: Sequence[Subscription] = ()
    """The journals that this service follows (`chassis.inbox.subscribe`)."""

    @classmethod
    def check(cls, settings: Settings) -> None:
        """Raise ConfigurationError when the service cannot work with these settings; asked before anything starts."""

    @rpc
    def revoked_tokens(self) -> list[Any]:
        """Which tokens were taken back (`chassis.revocations.told`); no name, id or secret can be read from it."""
        with self.app.database.read() as connection:
            return [told(each) for each in live(connection)]

    @rpc
    def journal_head(self) -> dict[str, Any]:
        """Whose journal it is, its epoch, its last position and the id there."""
        journal = self.app.journal
        head = journal.head()
        return {"source": journal.source, "epoch": head.epoch, "position": head.position, "id": head.id}

    @rpc
    def journal_page(self, after: int, limit: int) -> dict[str, Any]:
        """Up to `limit` events after position `after`, each encoded as it travels, and the journal and head they are of."""
        journal = self.app.journal
        head, entries = journal.page(after, limit)
        return {
            "source": journal.source,
            "epoch": head.epoch,
            "position": head.position,
            "events": [entry.body for entry in entries],
        }
