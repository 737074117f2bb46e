"""The desk service: its entrypoints, one module a resource. No SQL, no rules."""

from __future__ import annotations

from pathlib import Path

from chassis.errors import ConfigurationError, Unauthenticated
from chassis.http.auth import Actor
from chassis.keys import public_key
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.retention import Due
from chassis.runtime.application import Application
from chassis.runtime.timer import every
from chassis.service import Service
from chassis.settings import Settings
from common.field_cipher import FieldCipher
from common.retention import RetentionRoutes
from services.desk import REFUSALS
from services.desk.handlers.helpers import reencrypt, remove_unreadable
from services.desk.handlers.sessions import session_ended
from services.desk.handlers.sign_in import forget as forget_what_is_over
from services.desk.projections import on_visits
from services.desk.queries.laptops import is_paired, is_signed_in
from services.desk.service.helpers import HelperRoutes
from services.desk.service.laptops import LaptopRoutes
from services.desk.service.persons import PersonRoutes
from services.desk.service.sessions import SessionRoutes
from services.desk.service.sign_in import SignInRoutes

__all__ = ["DeskService"]


class DeskService(
    LaptopRoutes, HelperRoutes, SessionRoutes, SignInRoutes, PersonRoutes, RetentionRoutes, Service
):
    """Who sits at the desk: paired laptops, helpers with their PINs, and signing in. It publishes nothing."""

    name = "desk"
    migrations = Path(__file__).parent.parent / "migrations"
    refusals = REFUSALS
    revocations_from = "desk"
    projections = (on_visits,)

    @classmethod
    def check(cls, settings: Settings) -> None:
        if not settings.signing_key:
            raise ConfigurationError("the desk makes tokens itself, and DIGIPUNT_SIGNING_KEY is not set")
        if settings.verify_keys and public_key(settings.signing_key) not in settings.verify_keys:
            raise ConfigurationError(
                "DIGIPUNT_VERIFY_KEYS does not hold the public key of DIGIPUNT_SIGNING_KEY, so nobody would take the desk's"
                " tokens: `digipunt token keys` prints it"
            )
        FieldCipher(settings.data_keys)

    @classmethod
    def require_current(cls, app: Application, actor: Actor) -> None:
        """A laptop that was taken back, and a session that ended, count no more from the next request on."""
        if actor.laptop is None and actor.session is None:
            return
        with app.database.read() as connection:
            if actor.laptop is not None and not is_paired(connection, actor.laptop):
                raise Unauthenticated("laptopTakenBack")
            if actor.session is not None and not is_signed_in(connection, actor.session, app.clock.now()):
                raise session_ended()

    @classmethod
    def reencrypt(
        cls, uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int
    ) -> tuple[str | None, int]:
        return reencrypt(uow, cipher, after, limit)

    @classmethod
    def forget_unreadable(cls, uow: UnitOfWork) -> None:
        remove_unreadable(uow)

    @classmethod
    def due(cls, *asked: object) -> list[Due]:
        """Nothing but the trail goes by the clock: a helper is there until they stop."""
        return []

    take_away = due

    @every(3600)
    def forget(self) -> None:
        with self.app.database.begin() as connection:
            forget_what_is_over(connection, self.app.clock.now())
