"""Borrowers, found without decrypting them: by equal blind indexes of name, phone number and e-mail address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window
from common.access import Scope, within
from common.field_cipher import FieldCipher, words
from services.loans.model.rows import BorrowerRow
from services.loans.tables import BORROWERS, borrower_tokens, borrowers


def find_borrowers(
    connection: sa.Connection, cipher: FieldCipher, scope: Scope, asked: Mapping[str, Any], window: Window
) -> tuple[list[BorrowerRow], int]:
    """Borrowers in scope whose names have all of these words, with this phone and e-mail; all of them when none is given."""
    conditions = [within(borrowers, scope), borrowers.c.state == "active"]
    wanted = [("name", word) for word in words(asked.get("name", ""))]
    wanted += [(kind, asked[kind]) for kind in ("phone", "email") if asked.get(kind)]
    for kind, value in wanted:
        matching = sa.select(borrower_tokens.c.borrower).where(
            borrower_tokens.c.token.in_(cipher.blind_indexes(kind, value))
        )
        conditions.append(borrowers.c.id.in_(matching))
    statement = sa.select(borrowers).where(*conditions).order_by(borrowers.c.id)
    return BORROWERS.page(connection, statement, window)
