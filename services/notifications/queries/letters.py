"""Letters that wait, and batches of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from services.notifications.model.rows import LetterBatchRow, MessageRow
from services.notifications.model.states import WAITING
from services.notifications.tables import LETTER_BATCHES, MESSAGES, letter_batches, messages

MOST = 500


def to_write(
    connection: sa.Connection, municipalities: Collection[str], args: Mapping[str, Any]
) -> list[MessageRow]:
    """The messages that are to be written, of one batch or those in none yet; at most 500."""
    batch = messages.c.batch == args["batch"] if "batch" in args else messages.c.batch.is_(None)
    statement = (
        sa.select(messages)
        .where(
            messages.c.municipality.in_(municipalities),
            messages.c.state.in_((*WAITING, "posted") if "batch" in args else WAITING),
            messages.c.channel == "letter",
            batch,
            *matching(messages, args, "municipality", "digipunt"),
        )
        .order_by(messages.c.person, messages.c.id)
        .limit(MOST)
    )
    return MESSAGES.select(connection, statement)


def list_batches(
    connection: sa.Connection, municipalities: Collection[str], args: Mapping[str, Any], window: Window
) -> tuple[list[LetterBatchRow], int]:
    """Batches, the latest first."""
    mine = letter_batches.c.municipality.in_(municipalities)
    statement = sa.select(letter_batches).where(mine, *matching(letter_batches, args, "municipality"))
    return LETTER_BATCHES.page(
        connection, statement.order_by(letter_batches.c.made_at.desc(), letter_batches.c.id), window
    )
