"""Borrowers, found without decrypting them: by equal blind indexes of name, phone number and e-mail address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from chassis.storage.queries import Window
from common.access import Scope, within
from common.field_cipher import FieldCipher
from common.name_words import joined_words, without_accents, words
from services.loans.model.rows import BorrowerRow
from services.loans.tables import BORROWERS, borrower_tokens, borrowers


def find_borrowers(
    connection: sa.Connection, cipher: FieldCipher, scope: Scope, asked: Mapping[str, Any], window: Window
) -> tuple[list[BorrowerRow], int]:
    """Borrowers in scope whose names have these words, apart or together, with this phone and e-mail; all of them without."""
    conditions = [within(borrowers, scope), borrowers.c.state == "active"]
    if name := asked.get("name"):
        # Written apart, together, and as earlier checkouts indexed it.
        ways = (words(name), joined_words(name), words(name, without_accents))
        conditions.append(sa.or_(*(_has_words(cipher, way) for way in {tuple(way) for way in ways})))
    conditions += [_known_by(cipher, kind, asked[kind]) for kind in ("phone", "email") if asked.get(kind)]
    statement = sa.select(borrowers).where(*conditions).order_by(borrowers.c.id)
    return BORROWERS.page(connection, statement, window)


def _has_words(cipher: FieldCipher, words: Iterable[str]) -> sa.ColumnElement[bool]:
    return sa.and_(sa.true(), *(_known_by(cipher, "name", word) for word in words))


def _known_by(cipher: FieldCipher, kind: str, value: str) -> sa.ColumnElement[bool]:
    tokens = borrower_tokens.c.token.in_(cipher.blind_indexes(kind, value))
    return borrowers.c.id.in_(sa.select(borrower_tokens.c.borrower).where(tokens))
