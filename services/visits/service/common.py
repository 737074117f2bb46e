"""What the routes of several resources share."""

from __future__ import annotations

from typing import Any

from nameko.extensions import DependencyProvider

from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from services.visits.digipunt_cache import DigipuntCache
from services.visits.handlers.common import RegistrationContext

OK = {200: "OK"}
TOO_MANY_CODES = {429: "Too many codes that are on no visitor card."}


class RegistrationContextProvider(DependencyProvider):
    """`self.context` in a service class."""

    def setup(self) -> None:
        application = application_of(self.container)
        settings = application.settings
        cache = DigipuntCache(application.database, application.clock)
        # The oldest key, so that a helper keeps the same id when a new one is put before it.
        helper_key = settings.data_keys[-1] if settings.data_keys else settings.signing_key
        self.context = RegistrationContext(cache, helper_key)

    def get_dependency(self, worker_ctx: Any) -> RegistrationContext:
        return self.context


class Routes:
    """Base of the routes of a resource."""

    app: Application
    context: RegistrationContext = RegistrationContextProvider()
