"""What the routes of several resources share."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from services.visits.handlers.common import RegistrationContext
from services.visits.points import KnownDigipunts


class RegistrationContextProvider(DependencyProvider):
    """`self.registering` in a service class."""

    def setup(self) -> None:
        application = application_of(self.container)
        settings = application.settings
        known = KnownDigipunts(application.database, application.clock)
        # The oldest key, so that a helper keeps the same id when a new one is put before it.
        self.registering = RegistrationContext(
            known, settings.data_keys[-1] if settings.data_keys else settings.signing_key
        )

    def get_dependency(self, worker_ctx: Any) -> RegistrationContext:
        return self.registering


class Routes:
    """Base of the routes of a resource."""

    app: Application
    registering: RegistrationContext = RegistrationContextProvider()
