"""Letters go out in batches: what is printed together is marked as posted together."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.errors import Conflict
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import for_update
from common.access import Caller, require_municipality
from services.notifications.handlers.messages import contacted_today, transition
from services.notifications.model.rows import LetterBatchRow
from services.notifications.model.states import WAITING
from services.notifications.tables import LETTER_BATCHES, MESSAGES, letter_batches, messages

MOST = 500
"""Letters in one batch."""

TO_WRITE = (messages.c.state.in_(WAITING), messages.c.channel == "letter")


def make_batch(uow: UnitOfWork, caller: Caller, municipality: str) -> LetterBatchRow:
    """Gather the letters that wait in this municipality into a new batch. Raises Conflict when there is none."""
    require_municipality(caller, municipality, "municipality", municipality)
    mine = (messages.c.municipality == municipality, messages.c.batch.is_(None), *TO_WRITE)
    statement = sa.select(messages).where(*mine).order_by(messages.c.person, messages.c.id).limit(MOST)
    rows = MESSAGES.select(uow.connection, for_update(uow.dialect, statement))
    if not rows:
        raise Conflict("No letter waits in this municipality.")
    batch: LetterBatchRow = {
        "id": uow.new_id(),
        "municipality": municipality,
        "made_at": uow.clock.now(),
        "posted_at": None,
        "version": 1,
    }
    uow.connection.execute(sa.insert(letter_batches), batch)
    for row in rows:
        transition(uow, row, row["state"], {"batch": batch["id"]}, reason=row["reason"], silent=True)
    return batch


def post_batch(uow: UnitOfWork, caller: Caller, id: str) -> LetterBatchRow:
    """The letters of this batch are in the post. Saying so again changes nothing."""
    batch = LETTER_BATCHES.get(uow.connection, id, lock=True)
    require_municipality(caller, batch["municipality"], "batch of letters", id)
    if batch["posted_at"] is not None:
        return batch
    statement = sa.select(messages).where(messages.c.batch == id, *TO_WRITE)
    for row in MESSAGES.select(uow.connection, for_update(uow.dialect, statement)):
        contacted_today(uow, row["person"])
        transition(uow, row, "posted", {"next_at": None})
    return LETTER_BATCHES.update(uow.connection, batch, {**batch, "posted_at": uow.clock.now()})
