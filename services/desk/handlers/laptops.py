"""Pair laptops, hear how they are, and take them back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from chassis.errors import DigipuntError, TooManyRequests, Unauthenticated, WrongSecret
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.revocations import Revocations, revocation
from chassis.storage.database import for_update, upsert
from chassis.storage.rows import require_version
from common.access import Caller, require_municipality
from services.desk.handlers.digipunts import digipunt_for
from services.desk.model import laptops as rules
from services.desk.model.rows import GuessesRow, LaptopRow, PairingRow
from services.desk.tables import LAPTOPS, guesses, laptops, pairings, sessions

PAIRING = "pairing"
"""The kind of guesses that pairing counts."""

CODES = 1_000_000


def begin_pairing(
    uow: UnitOfWork,
    key: bytes,
    caller: Caller,
    digipunt: str,
    municipality: str | None,
    below: Callable[[int], int],
) -> tuple[PairingRow, str]:
    """Open a digipunt for one laptop; the pairing and its code, which is told this once."""
    point = digipunt_for(uow, caller, digipunt, municipality)
    open_codes = {row["code_hash"] for row in _open_pairings(uow)}
    code = rules.new_code(below(CODES))
    while rules.code_hash(key, code) in open_codes:
        code = rules.new_code(below(CODES))
    row: PairingRow = {
        "id": uow.new_id(),
        "code_hash": rules.code_hash(key, code),
        "digipunt": point["id"],
        "municipality": point["municipality"],
        "expires_at": uow.clock.now() + rules.PAIRING_LIFE,
    }
    _make_room(uow, point["id"])
    uow.connection.execute(sa.insert(pairings), dict(row))
    return row, code


def pair(
    uow: UnitOfWork, key: bytes, code: str, name: str, secret: str, check: str
) -> LaptopRow | DigipuntError:
    """The new laptop of the pairing with this code, which is used up; or a refusal whose count is to be committed.

    All wrong codes count together, wherever they come from: after some of them nothing that is open can be guessed.
    """
    now = uow.clock.now()
    counted = _counted(uow, now)
    if counted["wrong"] >= rules.WRONG_CODES:
        waits = (counted["since"] + rules.PAIRING_LIFE - now).total_seconds()
        return TooManyRequests("tooManyWrongPairingCodes", retry_after=max(1, round(waits)))
    given = rules.code_hash(key, code)
    found = [row for row in _open_pairings(uow) if rules.same(row["code_hash"], given)]
    if not found:
        wrong = counted["wrong"] + 1
        this = guesses.c.kind == PAIRING
        uow.connection.execute(sa.update(guesses).where(this).values(wrong=wrong))
        if wrong >= rules.WRONG_CODES:
            uow.connection.execute(sa.delete(pairings))
        return WrongSecret("pairingCodeWrong")
    pairing = found[0]
    uow.connection.execute(sa.delete(pairings).where(pairings.c.id == pairing["id"]))
    row: LaptopRow = {
        "id": uow.new_id(),
        "name": name,
        "digipunt": pairing["digipunt"],
        "municipality": pairing["municipality"],
        "secret_hash": rules.secret_hash(secret),
        "check_digits": check,
        "paired_at": now,
        "last_seen_at": now,
        "waiting": None,
        "parked": None,
        "app_version": None,
        "storage": None,
        "browser": None,
        "wrong_pins": 0,
        "wrong_since": None,
        "version": 1,
    }
    uow.connection.execute(sa.insert(laptops), dict(row))
    return row


def recognise(uow: UnitOfWork, id: str, secret: str) -> LaptopRow:
    """The laptop that shows its secret. Raises Unauthenticated when it was taken back, or shows another."""
    row = LAPTOPS.find(uow.connection, id)
    if row is None or not rules.same(row["secret_hash"], rules.secret_hash(secret)):
        raise Unauthenticated("laptopTakenBack")
    seen = {"last_seen_at": uow.clock.now()}
    uow.connection.execute(sa.update(laptops).where(laptops.c.id == id).values(seen))
    return row


def hear(uow: UnitOfWork, id: str, told: Mapping[str, Any]) -> LaptopRow:
    """Keep how a laptop is. Its version stays: a coordinator who changes its name is in nobody's way."""
    values: dict[str, Any] = {
        "last_seen_at": uow.clock.now(),
        "waiting": told["waiting"],
        "parked": told["parked"],
        "app_version": told["version"],
        "storage": told.get("storage"),
        "browser": told.get("browser"),
    }
    uow.connection.execute(sa.update(laptops).where(laptops.c.id == id).values(values))
    return LAPTOPS.get(uow.connection, id)


def change_laptop(
    uow: UnitOfWork, caller: Caller, id: str, expected: int, changes: Mapping[str, Any]
) -> LaptopRow:
    """Name a laptop, or open it again after too many wrong PINs."""
    row = _locked(uow, caller, id)
    require_version(row, expected)
    after: LaptopRow = {**row, "name": changes.get("name", row["name"])}
    if "locked" in changes:
        after["wrong_pins"], after["wrong_since"] = 0, None
    return row if after == row else LAPTOPS.update(uow.connection, row, after)


def take_back(uow: UnitOfWork, revoked: Revocations, caller: Caller, id: str) -> None:
    """From now on neither the laptop nor who is signed in on it counts: all their tokens name the laptop."""
    _locked(uow, caller, id)
    revoked.add(uow.connection, uow.dialect, [revocation("laptop", id, 2 * rules.TOKEN_LIFE)])
    uow.connection.execute(sa.delete(sessions).where(sessions.c.laptop == id))
    uow.connection.execute(sa.delete(laptops).where(laptops.c.id == id))


def _locked(uow: UnitOfWork, caller: Caller, id: str) -> LaptopRow:
    row = LAPTOPS.get(uow.connection, id, lock=True)
    require_municipality(caller, row["municipality"], "laptop", id)
    return row


def _counted(uow: UnitOfWork, now: datetime) -> GuessesRow:
    """The wrong codes of the last minutes, locked: one code is looked at at a time."""
    fresh: GuessesRow = {"kind": PAIRING, "wrong": 0, "since": now}
    uow.connection.execute(upsert(uow.dialect, guesses).on_conflict_do_nothing(), dict(fresh))
    this = guesses.c.kind == PAIRING
    [found] = uow.connection.execute(for_update(uow.dialect, sa.select(guesses).where(this))).mappings()
    if now - found["since"] < rules.PAIRING_LIFE:
        return {"kind": PAIRING, "wrong": found["wrong"], "since": found["since"]}
    uow.connection.execute(sa.update(guesses).where(this).values(wrong=0, since=now))
    return fresh


def _open_pairings(uow: UnitOfWork) -> list[PairingRow]:
    statement = sa.select(pairings).where(pairings.c.expires_at > uow.clock.now())
    return [cast("PairingRow", dict(row)) for row in uow.connection.execute(statement).mappings()]


def _make_room(uow: UnitOfWork, digipunt: str) -> None:
    """Leave room for one more code of this digipunt, by taking back the oldest."""
    uow.connection.execute(sa.delete(pairings).where(pairings.c.expires_at <= uow.clock.now()))
    theirs = (
        sa.select(pairings.c.id)
        .where(pairings.c.digipunt == digipunt)
        .order_by(pairings.c.expires_at.desc())
        .offset(rules.LIVE_PAIRINGS - 1)
    )
    oldest = uow.connection.execute(theirs).scalars().all()
    if oldest:
        uow.connection.execute(sa.delete(pairings).where(pairings.c.id.in_(oldest)))
