"""Borrowers, found without reading them: by equal tokens of name, phone number and e-mail address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from chassis.access import Scope
from chassis.personal import Vault, words
from chassis.queries import Rows, Window, page, within
from services.loans.tables import borrower_tokens, borrowers


def find_borrowers(
    connection: sa.Connection, vault: Vault, scope: Scope, asked: Mapping[str, Any], window: Window
) -> Rows:
    """Borrowers within the caller's area whose names have all of these words, and this phone and e-mail; all when none."""
    conditions = [within(borrowers, scope), borrowers.c.state == "active"]
    wanted = [("name", word) for word in words(asked.get("name", ""))]
    wanted += [(kind, asked[kind]) for kind in ("phone", "email") if asked.get(kind)]
    for kind, value in wanted:
        having = sa.select(borrower_tokens.c.borrower).where(
            borrower_tokens.c.token.in_(vault.tokens(kind, value))
        )
        conditions.append(borrowers.c.id.in_(having))
    return page(connection, sa.select(borrowers).where(*conditions).order_by(borrowers.c.id), window)
