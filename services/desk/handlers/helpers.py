"""Store helpers encrypted under a pseudonym, say where they help, and give them a PIN."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import sqlalchemy as sa

from chassis.errors import Forbidden, NotFound
from chassis.http.auth import Actor
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.revocations import Revocations
from chassis.storage.database import upsert
from chassis.storage.rows import require_version
from chassis.storage.trail import Entry, Who, record
from common.access import Caller, coordinates
from common.field_cipher import FieldCipher, Opens
from common.person_keys import destroy, own_cipher, unreadable, wrap_again
from services.desk.handlers.digipunts import digipunt_for
from services.desk.handlers.sessions import end
from services.desk.model import helpers as rules
from services.desk.model.rows import HelperDigipuntRow, HelperRow
from services.desk.tables import HELPERS, helper_digipunts, helpers, sessions

CODE_BYTES = 10


def personal_of(cipher: Opens, row: HelperRow) -> rules.Personal:
    """Who a helper is."""
    return cast("rules.Personal", cipher.decrypt(row["sealed"]))


def put_helper(
    uow: UnitOfWork,
    revoked: Revocations,
    cipher: FieldCipher,
    caller: Caller,
    id: str,
    sent: Mapping[str, Any],
    expected: int | None,
    draw: Callable[[int], bytes],
) -> tuple[HelperRow, bool]:
    """Store a helper under the client's id, or replace the name and the digipunten; whether it is new.

    Digipunten in municipalities that are not the caller's stay as they are. Whoever loses one has to sign in again.
    """
    places = _places(uow, caller, id, sent["digipunts"], sent.get("municipality"))
    personal: rules.Personal = {"name": sent["name"]}
    own = own_cipher(uow.connection, cipher, id)
    row: HelperRow = {
        "id": id,
        "code": rules.new_code(draw(CODE_BYTES)),
        "sealed": own.encrypt(personal),
        "pin": None,
        "pin_set_at": None,
        "wrong_pins": 0,
        "locked_until": None,
        "version": 1,
    }
    new = upsert(uow.dialect, helpers).on_conflict_do_nothing(index_elements=[helpers.c.id])
    if uow.connection.execute(new, dict(row)).rowcount:
        uow.connection.execute(sa.insert(helper_digipunts), [dict(each) for each in places])
        return row, True
    before = HELPERS.get(uow.connection, id, lock=True)
    require_helper(uow.connection, caller, id)
    require_version(before, expected)
    moved = _move(uow, revoked, caller, id, places)
    if not moved and personal_of(own, before) == personal:
        return before, False
    return HELPERS.update(uow.connection, before, {**before, "sealed": row["sealed"]}), False


def remove_helper(
    uow: UnitOfWork, revoked: Revocations, caller: Caller, by: Who, id: str, reason: str
) -> None:
    """A helper who stops in the caller's municipalities; whoever helps nowhere else is erased."""
    HELPERS.get(uow.connection, id, lock=True)
    require_helper(uow.connection, caller, id)
    own = (helper_digipunts.c.helper == id) & helper_digipunts.c.municipality.in_(caller.municipalities)
    places = uow.connection.execute(sa.select(helper_digipunts.c.municipality).where(own)).scalars()
    entries = [Entry("erased", "helper", id, place, reason) for place in sorted(set(places))]
    record(uow.connection, uow.clock.now(), by, entries)
    _move(uow, revoked, caller, id, [])
    elsewhere = sa.select(helper_digipunts.c.helper).where(helper_digipunts.c.helper == id).limit(1)
    if uow.connection.execute(elsewhere).first() is None:
        uow.connection.execute(sa.delete(helpers).where(helpers.c.id == id))
        destroy(uow.connection, id)
        uow.wipe()


def remove_unreadable(uow: UnitOfWork) -> None:
    """After a restore: whoever was removed since the backup is removed again."""
    for id in uow.connection.execute(sa.select(helpers.c.id).where(unreadable(helpers))).scalars().all():
        uow.connection.execute(sa.delete(sessions).where(sessions.c.helper == id))
        uow.connection.execute(sa.delete(helper_digipunts).where(helper_digipunts.c.helper == id))
        uow.connection.execute(sa.delete(helpers).where(helpers.c.id == id))


def set_pin(
    uow: UnitOfWork,
    revoked: Revocations,
    cipher: FieldCipher,
    caller: Actor,
    id: str,
    pin_hash: Mapping[str, str],
) -> HelperRow:
    """Give a helper a new PIN, which also opens a name that was locked; who signed in with the old one is signed out.

    Helpers do so for themselves, and stay signed in.
    """
    row = HELPERS.get(uow.connection, id, lock=True)
    require_may_set_pin(uow.connection, caller, row)
    others = sessions.c.helper == id
    if not coordinates(caller):
        others &= sessions.c.id != caller.session
    end(uow, revoked, others)
    after: HelperRow = {
        **row,
        "pin": own_cipher(uow.connection, cipher, id).encrypt(pin_hash),
        "pin_set_at": uow.clock.now(),
        "wrong_pins": 0,
        "locked_until": None,
    }
    return HELPERS.update(uow.connection, row, after)


def require_may_set_pin(connection: sa.Connection, caller: Actor, row: HelperRow) -> None:
    """Raise NotFound or Forbidden unless the caller is the helper in a session of their own, or coordinates them."""
    require_helper(connection, caller, row["id"])
    if coordinates(caller):
        return
    if caller.session is None or caller.helper != row["code"]:
        raise Forbidden("pinOfSomebodyElse")


def require_helper(connection: sa.Connection, caller: Caller, id: str) -> None:
    """Raise NotFound unless the helper helps in one of the caller's municipalities."""
    theirs = sa.select(helper_digipunts.c.municipality).where(helper_digipunts.c.helper == id)
    if caller.municipalities.isdisjoint(connection.execute(theirs).scalars()):
        raise NotFound("helper", id)


def reencrypt(uow: UnitOfWork, cipher: FieldCipher, after: str | None, limit: int) -> tuple[str | None, int]:
    """Encrypt up to `limit` helpers with the newest key; the last id, if any, and how many changed."""
    statement = sa.select(helpers.c.id).order_by(helpers.c.id).limit(limit)
    if after is not None:
        statement = statement.where(helpers.c.id > after)
    ids = uow.connection.execute(statement).scalars().all()
    changed = sum(_reencrypt_one(uow, cipher, id) for id in ids)
    return (ids[-1] if ids else None), changed


def _reencrypt_one(uow: UnitOfWork, cipher: FieldCipher, id: str) -> bool:
    row = HELPERS.find(uow.connection, id, lock=True)
    if row is None:
        return False
    changed = wrap_again(uow.connection, cipher, id)
    own = own_cipher(uow.connection, cipher, id)
    found = {"sealed": own.again(row["sealed"]), "pin": own.again(row["pin"])}
    if values := {name: text for name, text in found.items() if text is not None}:
        # The content does not change, so the version does not either.
        uow.connection.execute(sa.update(helpers).where(helpers.c.id == id).values(values))
    return changed


def _places(
    uow: UnitOfWork, caller: Caller, id: str, digipunts: Iterable[str], municipality: str | None
) -> list[HelperDigipuntRow]:
    found = [digipunt_for(uow, caller, each, municipality) for each in dict.fromkeys(digipunts)]
    return [{"helper": id, "digipunt": each["id"], "municipality": each["municipality"]} for each in found]


def _move(
    uow: UnitOfWork, revoked: Revocations, caller: Caller, id: str, places: list[HelperDigipuntRow]
) -> bool:
    """Let a locked helper help at these places of the caller's municipalities; whether that changes anything."""
    own = (helper_digipunts.c.helper == id) & helper_digipunts.c.municipality.in_(caller.municipalities)
    before = set(uow.connection.execute(sa.select(helper_digipunts.c.digipunt).where(own)).scalars())
    after = {each["digipunt"] for each in places}
    if before == after:
        return False
    uow.connection.execute(sa.delete(helper_digipunts).where(own))
    if places:
        uow.connection.execute(sa.insert(helper_digipunts), [dict(each) for each in places])
    if before - after:
        end(uow, revoked, sessions.c.helper == id)
    return True
