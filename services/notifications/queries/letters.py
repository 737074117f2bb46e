"""Letters to write, and batches of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window, matching
from services.notifications.model.rows import LetterBatchRow, MessageRow
from services.notifications.model.states import WAITING
from services.notifications.tables import LETTER_BATCHES, MESSAGES, letter_batches, messages

MOST = 500


def list_to_write(
    connection: sa.Connection, municipalities: Collection[str], args: Mapping[str, Any]
) -> list[MessageRow]:
    """The messages to write as letters: those of one batch, or those that are in none yet; at most 500."""
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
    own = letter_batches.c.municipality.in_(municipalities)
    statement = sa.select(letter_batches).where(own, *matching(letter_batches, args, "municipality"))
    newest = statement.order_by(letter_batches.c.made_at.desc(), letter_batches.c.id)
    return LETTER_BATCHES.page(connection, newest, window)
