"""The papers of a loan, and what an older loan says of its agreement."""

from __future__ import annotations

from datetime import date

import orjson
import sqlalchemy as sa

from chassis.storage.tables import journal
from contracts.events import event_type, subject_of
from services.loans.model.rows import LoanPaperRow, LoanRow
from services.loans.tables import PAPERS, loan_papers

HANDED_OVER = event_type("loans", "loans", "handedOver")


def find_paper(connection: sa.Connection, loan: str, number: int) -> LoanPaperRow | None:
    """The agreement of a loan (number 0), or one of its extensions."""
    statement = sa.select(loan_papers).where(loan_papers.c.loan == loan, loan_papers.c.number == number)
    return next(iter(PAPERS.select(connection, statement)), None)


def list_extensions(connection: sa.Connection, loan: str) -> list[LoanPaperRow]:
    """The extensions of a loan, the first one first."""
    statement = (
        sa.select(loan_papers)
        .where(loan_papers.c.loan == loan, loan_papers.c.number > 0)
        .order_by(loan_papers.c.number)
    )
    return PAPERS.select(connection, statement)


def due_on_at_handover(connection: sa.Connection, row: LoanRow) -> date:
    """Until when a loan was agreed when it was handed over, as the journal tells; as it is now when that is gone."""
    told = sa.select(journal.c.data).where(
        journal.c.type == HANDED_OVER, journal.c.subject == subject_of(HANDED_OVER, row["id"])
    )
    data = connection.execute(told.order_by(journal.c.seq).limit(1)).scalar()
    return date.fromisoformat(orjson.loads(data)["loan"]["dueOn"]) if data else row["due_on"]
