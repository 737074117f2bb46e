"""Borrowers, found without reading them: by equal tokens of name, phone number and e-mail address."""

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
    """Borrowers within the caller's area whose names have all of these words, and this phone and e-mail; all when none."""
    conditions = [within(borrowers, scope), borrowers.c.state == "active"]
    wanted = [("name", word) for word in words(asked.get("name", ""))]
    wanted += [(kind, asked[kind]) for kind in ("phone", "email") if asked.get(kind)]
    for kind, value in wanted:
        having = sa.select(borrower_tokens.c.borrower).where(
            borrower_tokens.c.token.in_(cipher.blind_indexes(kind, value))
        )
        conditions.append(borrowers.c.id.in_(having))
    return BORROWERS.page(
        connection, sa.select(borrowers).where(*conditions).order_by(borrowers.c.id), window
    )
