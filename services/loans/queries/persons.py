"""All that lending keeps of a borrower, to be handed over to them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date

import sqlalchemy as sa

from common.access import Caller, reaches
from common.field_cipher import FieldCipher
from common.person_keys import PersonCipher, cipher_of
from common.persons import Kept
from services.loans.model import loans as loan_rules
from services.loans.model import requests as request_rules
from services.loans.model.borrowers import personal_of, to_api
from services.loans.model.rows import LoanRow
from services.loans.queries.lists import lent_by_loan
from services.loans.tables import BORROWERS, LOANS, PAPERS, REQUESTS, loan_papers, loans, requests


def kept_of(
    connection: sa.Connection, cipher: FieldCipher, caller: Caller, id: str, today: date
) -> Iterator[Kept]:
    """The borrower, what they asked for, what they were lent and what was agreed; nothing of one who was erased."""
    row = BORROWERS.find(connection, id)
    if row is None or row["state"] == "erased" or not reaches(caller, row["digipunt"], row["municipality"]):
        return
    place, own = row["municipality"], cipher_of(connection, cipher, id)
    yield {"kind": "borrower", "municipality": place, "data": to_api(row, personal_of(own, row))}
    asked = sa.select(requests).where(requests.c.borrower == id).order_by(requests.c.id)
    for request in REQUESTS.select(connection, asked):
        yield {"kind": "request", "municipality": place, "data": request_rules.to_api(request)}
    rows = LOANS.select(connection, sa.select(loans).where(loans.c.borrower == id).order_by(loans.c.id))
    lent = lent_by_loan(connection, [loan["id"] for loan in rows])
    for loan in rows:
        data = loan_rules.to_api(loan, lent[loan["id"]], today) | dict(loan_rules.handover_of(own, loan))
        yield {"kind": "loan", "municipality": place, "data": data}
    yield from _papers(connection, own, place, rows)


def _papers(
    connection: sa.Connection, own: PersonCipher, place: str, rows: Iterable[LoanRow]
) -> Iterator[Kept]:
    theirs = sa.select(loan_papers).where(loan_papers.c.loan.in_([row["id"] for row in rows]))
    for paper in PAPERS.select(connection, theirs.order_by(loan_papers.c.loan, loan_papers.c.number)):
        drawn, sealed = paper["pdf"] is not None, paper["pdf"] or paper["page"]
        if sealed is None:
            continue
        file = {
            "name": f"{paper['loan']}-{paper['number']}.{'pdf' if drawn else 'html'}",
            "type": "application/pdf" if drawn else "text/html",
            "base64": b64encode(own.decrypt_bytes(sealed)).decode(),
        }
        data = {"loan": paper["loan"], "madeOn": paper["made_on"], "dueOn": paper["due_on"]}
        yield {"kind": "agreement", "municipality": place, "data": data, "files": [file]}
