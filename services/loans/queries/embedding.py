"""Borrowers beside the rows of a list, so that nobody has to ask for them one by one.

As the BelGIF REST guide has it: `embedded` holds each of them once, under its address.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from common.access import Scope, within
from common.field_cipher import FieldCipher
from common.person_keys import ciphers_of
from services.loans.model.borrowers import personal_of, to_api
from services.loans.tables import BORROWERS, borrowers, loans

ADDRESS = "/loans/v1/borrowers/{}"


def embedded_borrowers(
    connection: sa.Connection, cipher: FieldCipher, ids: Iterable[str | None]
) -> dict[str, dict[str, Any]]:
    """These borrowers by address, read and decrypted in one go; those who were erased are left out."""
    theirs = borrowers.c.id.in_({id for id in ids if id}) & (borrowers.c.state == "active")
    rows = BORROWERS.select(connection, sa.select(borrowers).where(theirs))
    own = ciphers_of(connection, cipher, (row["id"] for row in rows))
    return {ADDRESS.format(row["id"]): to_api(row, personal_of(own[row["id"]], row)) for row in rows}


def borrower_by_loan(connection: sa.Connection, scope: Scope, ids: Iterable[str | None]) -> dict[str, str]:
    """Who has each of these loans, as far as the loan is in scope."""
    theirs = loans.c.id.in_({id for id in ids if id}) & within(loans, scope)
    rows = connection.execute(sa.select(loans.c.id, loans.c.borrower).where(theirs))
    return {row.id: row.borrower for row in rows}
