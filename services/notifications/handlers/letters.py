"""Letters go out in batches: what is printed together is marked as posted together."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.errors import Conflict
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import Caller, require_municipality
from services.notifications.handlers.transitions import lock_messages, mark_contacted_today, transition
from services.notifications.model.rows import LetterBatchRow
from services.notifications.model.states import WAITING
from services.notifications.tables import LETTER_BATCHES, letter_batches, messages

MOST = 500
"""Letters in one batch."""

TO_WRITE = (messages.c.state.in_(WAITING), messages.c.channel == "letter")


def make_batch(uow: UnitOfWork, caller: Caller, municipality: str) -> LetterBatchRow:
    """Gather the letters that wait in this municipality into a new batch. Raises Conflict when there is none."""
    require_municipality(caller, municipality, "municipality", municipality)
    rows = lock_messages(
        uow,
        messages.c.municipality == municipality,
        messages.c.batch.is_(None),
        *TO_WRITE,
        order_by=(messages.c.person, messages.c.id),
        limit=MOST,
    )
    if not rows:
        raise Conflict("noLetterWaits")
    batch: LetterBatchRow = {
        "id": uow.new_id(),
        "municipality": municipality,
        "made_at": uow.clock.now(),
        "posted_at": None,
        "version": 1,
    }
    uow.connection.execute(sa.insert(letter_batches).values(batch))
    for row in rows:
        transition(uow, row, row["state"], reason=row["reason"], silent=True, batch=batch["id"])
    return batch


def post_batch(uow: UnitOfWork, caller: Caller, id: str) -> LetterBatchRow:
    """Record that the letters of this batch are in the post. Recording it again changes nothing."""
    batch = LETTER_BATCHES.get(uow.connection, id, lock=True)
    require_municipality(caller, batch["municipality"], "letterBatch", id)
    if batch["posted_at"] is not None:
        return batch
    for row in lock_messages(uow, messages.c.batch == id, *TO_WRITE):
        mark_contacted_today(uow, row["person"])
        transition(uow, row, "posted", next_at=None)
    posted: LetterBatchRow = {**batch, "posted_at": uow.clock.now()}
    return LETTER_BATCHES.update(uow.connection, batch, posted)
