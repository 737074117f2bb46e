"""What the routes of several resources share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from nameko.extensions import DependencyProvider

from chassis.errors import DigipuntError, Forbidden
from chassis.http import Request, Response
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.revocations import Revocations
from chassis.runtime.application import Application
from chassis.runtime.provider import application_of
from common.field_cipher import FieldCipher
from services.desk import web_app

T = TypeVar("T")

OF_A_LAPTOP = frozenset({"desk", "helper"})
LAPTOP = frozenset({"desk"})
HELPER = frozenset({"helper"})
PEOPLE = frozenset({"helper", "coordinator", "policy", "ops"})
"""Who signs in, and so may sign out."""


@dataclass
class Surroundings:
    """What the process around the service is, for `about`."""

    services: list[str] | None = None
    filled: float = 1.0
    """How far the demo is with being filled, from 0 to 1; told by who fills it."""


class FieldCipherProvider(DependencyProvider):
    """`self.cipher` in a service class. Without `DIGIPUNT_DATA_KEY` the service does not start."""

    def setup(self) -> None:
        self._cipher = FieldCipher(application_of(self.container).settings.data_keys)

    def get_dependency(self, worker_ctx: Any) -> FieldCipher:
        return self._cipher


class SurroundingsProvider(DependencyProvider):
    """`self.surroundings` in a service class. Mounts the web app too, where it was built."""

    def setup(self) -> None:
        config = self.container.config
        beside = config["services"]
        # Alone in its process, without a folder that all share: then others answer behind the same edge.
        alone = len(beside) == 1 and config["settings"].data_dir is None
        self._surroundings = Surroundings(None if alone else list(beside), config["filled"])

    def start(self) -> None:
        config = self.container.config
        web_app.mount(config["http_server"], config["settings"].oidc_issuer)

    def get_dependency(self, worker_ctx: Any) -> Surroundings:
        return self._surroundings


def secret(body: dict[str, Any], status: int) -> Response:
    """A response with something to sign in with, which nobody on the way keeps."""
    return Response(body, status, {"Cache-Control": "no-store"})


def laptop_of(request: Request) -> str:
    """The paired laptop that asks. Raises Forbidden for a token that is of none."""
    if request.caller.laptop is None:
        raise Forbidden("laptopOnly")
    return request.caller.laptop


class Routes:
    """Base of the routes of a resource."""

    name: str
    app: Application
    revocations: Revocations
    cipher: FieldCipher = FieldCipherProvider()
    surroundings: Surroundings = SurroundingsProvider()

    @property
    def signing_key(self) -> bytes:
        key = self.app.settings.signing_key
        assert key is not None, "`DeskService.check` looked"
        return key

    def committed(self, request: Request, work: Callable[[UnitOfWork], T | DigipuntError]) -> T:
        """What `work` gives; a refusal that it returns is raised once what it counted is committed.

        Its route has unit=None: a response with a secret is not kept for an `Idempotency-Key`.
        """
        with self.app.unit_of_work(trace=request.trace) as uow:
            result = work(uow)
        if isinstance(result, DigipuntError):
            raise result
        return result
