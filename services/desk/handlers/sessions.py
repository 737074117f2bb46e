"""Sign a helper in on a laptop, for a while.

A try is counted as wrong before the PIN is looked at, and taken back when it was right: however many are sent at once, no
more are looked at than there are tries. Between counting and taking back nothing is locked, because looking takes long.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from chassis.errors import Conflict, DigipuntError, Forbidden, Locked, NotFound, Unauthenticated
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.revocations import Revocations, revocation
from services.desk.model import helpers as rules
from services.desk.model import laptops as laptop_rules
from services.desk.model.rows import HelperRow, LaptopRow, SessionRow
from services.desk.tables import HELPERS, LAPTOPS, SESSIONS, helper_digipunts, helpers, laptops, sessions


@dataclass(frozen=True, slots=True)
class Try:
    """A PIN that may be looked at, of a helper as they were when it was counted; how many are left if it is wrong."""

    helper: HelperRow
    laptop: LaptopRow
    left: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A helper who signed in on a laptop."""

    session: SessionRow
    helper: HelperRow
    laptop: LaptopRow


def count_try(uow: UnitOfWork, laptop_id: str, helper_id: str) -> Try | DigipuntError:
    """Count one more try of this helper on this laptop; a refusal when there is none left."""
    laptop, helper = _lock(uow, laptop_id, helper_id)
    here = sa.select(helper_digipunts.c.helper).where(
        helper_digipunts.c.helper == helper_id, helper_digipunts.c.digipunt == laptop["digipunt"]
    )
    if uow.connection.execute(here).first() is None:
        raise Forbidden("helperElsewhere")
    if helper["pin"] is None:
        raise Conflict("pinNotSet")
    now = uow.clock.now()
    if laptop_rules.is_locked(laptop):
        return Locked("laptopLocked")
    if rules.is_locked(helper, now):
        return Locked("helperLocked", members={"lockedUntil": helper["locked_until"]})
    # Who waited until the lock was over begins again.
    wrong = 1 if helper["locked_until"] is not None else helper["wrong_pins"] + 1
    until = now + rules.LOCKED_FOR if wrong >= rules.WRONG_PINS else None
    _count_helper(uow, helper_id, wrong, until)
    on_laptop = laptop["wrong_pins"] + 1
    _count_laptop(uow, laptop_id, on_laptop, laptop["wrong_since"] or now)
    left = min(rules.WRONG_PINS - wrong, laptop_rules.WRONG_PINS - on_laptop)
    return Try(helper, laptop, left)


def sign_in(uow: UnitOfWork, tried: Try) -> SignedIn:
    """The session of a helper whose PIN was right; the try is taken back, and the helper's count begins again.

    The laptop's does not before an hour has passed: who knows one PIN shall not guess others with it.
    """
    laptop, helper = _lock(uow, tried.laptop["id"], tried.helper["id"])
    if helper["pin_set_at"] != tried.helper["pin_set_at"]:
        raise Conflict("pinChangedMeanwhile")
    now = uow.clock.now()
    _count_helper(uow, helper["id"], 0, None)
    wrong, since = max(0, laptop["wrong_pins"] - 1), laptop["wrong_since"]
    if wrong == 0 or since is None or now - since >= laptop_rules.FORGOTTEN_AFTER:
        wrong, since = 0, None
    _count_laptop(uow, laptop["id"], wrong, since)
    session: SessionRow = {
        "id": uow.new_id(),
        "laptop": laptop["id"],
        "helper": helper["id"],
        "started_at": now,
        "expires_at": now + rules.SESSION_LIFE,
    }
    uow.connection.execute(sa.insert(sessions), dict(session))
    return SignedIn(session, helper, laptop)


def renew(uow: UnitOfWork, id: str) -> SignedIn:
    """A session that goes on, up to twelve hours after the PIN. Raises Unauthenticated when it has ended."""
    session = SESSIONS.find(uow.connection, id, lock=True)
    now = uow.clock.now()
    if session is None or session["expires_at"] <= now:
        raise session_ended()
    until = min(now + rules.SESSION_LIFE, session["started_at"] + rules.LONGEST_SESSION)
    if until <= now:
        raise session_ended()
    uow.connection.execute(sa.update(sessions).where(sessions.c.id == id).values(expires_at=until))
    helper = HELPERS.get(uow.connection, session["helper"])
    laptop = LAPTOPS.get(uow.connection, session["laptop"])
    return SignedIn({**session, "expires_at": until}, helper, laptop)


def end(uow: UnitOfWork, revoked: Revocations, which: sa.ColumnElement[bool]) -> None:
    """Nobody is signed in with these sessions any more, in no service. Ending them again changes nothing."""
    ended = uow.connection.execute(sa.delete(sessions).where(which).returning(sessions.c.id)).scalars().all()
    # The longest that a token of a session lives, and a little for clocks that differ.
    over = [revocation("session", id, 2 * rules.SESSION_LIFE) for id in ended]
    revoked.add(uow.connection, uow.dialect, over)


def end_one(uow: UnitOfWork, revoked: Revocations, id: str) -> None:
    """As `end`, of one session, whether or not it is there any more."""
    end(uow, revoked, sessions.c.id == id)
    revoked.add(uow.connection, uow.dialect, [revocation("session", id, 2 * rules.SESSION_LIFE)])


def session_ended() -> Unauthenticated:
    """What a session that is over is answered."""
    return Unauthenticated("sessionEnded", expired=True)


def _lock(uow: UnitOfWork, laptop_id: str, helper_id: str) -> tuple[LaptopRow, HelperRow]:
    """Both rows, locked in this order everywhere. Raises Unauthenticated when the laptop was taken back."""
    laptop = LAPTOPS.find(uow.connection, laptop_id, lock=True)
    if laptop is None:
        raise Unauthenticated("laptopTakenBack")
    helper = HELPERS.find(uow.connection, helper_id, lock=True)
    if helper is None:
        raise NotFound("helper", helper_id)
    return laptop, helper


def _count_helper(uow: UnitOfWork, id: str, wrong: int, until: datetime | None) -> None:
    values = {"wrong_pins": wrong, "locked_until": until}
    uow.connection.execute(sa.update(helpers).where(helpers.c.id == id).values(values))


def _count_laptop(uow: UnitOfWork, id: str, wrong: int, since: datetime | None) -> None:
    values = {"wrong_pins": wrong, "wrong_since": since}
    uow.connection.execute(sa.update(laptops).where(laptops.c.id == id).values(values))
