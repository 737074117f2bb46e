"""Letters go out in batches: what is printed together is marked as posted together."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chassis.errors import Conflict
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from chassis.storage.rows import Row, get, update
from common.access import Caller, require_municipality
from services.notifications.handlers.messages import move, told
from services.notifications.model.states import WAITING
from services.notifications.tables import LETTER_BATCHES, letter_batches, messages

MOST = 500
"""Letters in one batch."""

TO_WRITE = (messages.c.state.in_(WAITING), messages.c.channel == "letter")


def make_batch(uow: UnitOfWork, caller: Caller, municipality: str) -> Row:
    """Gather the letters that wait in this municipality into a new batch. Raises Conflict when there is none."""
    require_municipality(caller, municipality, "municipality", municipality)
    mine = (messages.c.municipality == municipality, messages.c.batch.is_(None), *TO_WRITE)
    statement = sa.select(messages).where(*mine).order_by(messages.c.person, messages.c.id).limit(MOST)
    rows = uow.connection.execute(for_update(uow.dialect, statement)).mappings().all()
    if not rows:
        raise Conflict("No letter waits in this municipality.")
    batch: dict[str, Any] = {
        "id": uow.new_id(),
        "municipality": municipality,
        "made_at": uow.clock.now(),
        "posted_at": None,
        "version": 1,
    }
    uow.connection.execute(sa.insert(letter_batches), batch)
    for row in rows:
        move(uow, dict(row), row["state"], reason=row["reason"], silent=True, batch=batch["id"])
    return batch


def post_batch(uow: UnitOfWork, caller: Caller, id: str) -> Row:
    """The letters of this batch are in the post. Saying so again changes nothing."""
    batch = get(uow.connection, LETTER_BATCHES, id, lock=True)
    require_municipality(caller, batch["municipality"], "batch of letters", id)
    if batch["posted_at"] is not None:
        return batch
    statement = sa.select(messages).where(messages.c.batch == id, *TO_WRITE)
    for row in uow.connection.execute(for_update(uow.dialect, statement)).mappings().all():
        told(uow, row["person"])
        move(uow, dict(row), "posted", next_at=None)
    return update(uow.connection, LETTER_BATCHES, batch, {**batch, "posted_at": uow.clock.now()})
