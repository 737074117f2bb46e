"""Routes of the rights of a helper."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from chassis.errors import NotFound
from chassis.fingerprint import drop_empty
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Who
from common.access import Caller, scope
from common.person_keys import cipher_of
from common.persons import ErasePersonRoutes, Kept
from services.desk.handlers import helpers
from services.desk.model.helpers import to_api
from services.desk.queries.helpers import digipunts_of, municipalities_of
from services.desk.service.common import Routes
from services.desk.tables import HELPERS


class PersonRoutes(ErasePersonRoutes, Routes):
    """Helpers. Visits keep their code, from which nothing leads to them."""

    def kept_of(self, connection: Connection, caller: Caller, id: str) -> Iterable[Kept]:
        row = HELPERS.find(connection, id)
        own = municipalities_of(connection, [id], scope(caller))
        if row is None or not own:
            return
        personal = helpers.personal_of(cipher_of(connection, self.cipher, id), row)
        places = digipunts_of(connection, [id], scope(caller))
        data = to_api(row, personal, places[id], self.app.clock.now()) | {"pinSetAt": row["pin_set_at"]}
        yield {"kind": "helper", "municipality": own[0][1], "data": drop_empty(data)}

    def stays_elsewhere(self, connection: Connection, id: str) -> bool:
        return HELPERS.find(connection, id) is not None

    def erase_person(self, uow: UnitOfWork, caller: Caller, by: Who, id: str, reason: str) -> None:
        if HELPERS.find(uow.connection, id) is None:
            raise NotFound("person", id)
        helpers.remove_helper(uow, self.revocations, caller, by, id, reason)
