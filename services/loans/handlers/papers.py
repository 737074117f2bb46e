"""Freeze what was agreed: the page at the hand-over and at each extension, and once it is drawn the bytes of the PDF.

The page is stored in the transaction of the hand-over, so neither is there without the other; it is drawn later, outside of
any transaction, and the first drawing stays (docs/adr/0017).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa

from chassis.errors import Conflict
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.database import upsert
from common.field_cipher import FieldCipher
from common.person_keys import PersonCipher, own_cipher
from services.loans.documents import agreement
from services.loans.handlers.common import lock_borrower, today
from services.loans.model.borrowers import Personal, personal_of
from services.loans.model.digipunts import digipunt_in_words
from services.loans.model.loans import handed_over_on
from services.loans.model.rows import DeviceRow, LoanPaperRow, LoanRow
from services.loans.tables import BORROWERS, LOANS, PAPERS, POINTS, loan_papers, loans


def freeze_agreement(
    uow: UnitOfWork,
    cipher: FieldCipher,
    row: LoanRow,
    lent: Iterable[DeviceRow],
    *,
    language: str | None,
    collected_by: str | None,
    signature: bytes | None,
) -> None:
    """Keep the page of a loan that is handed over just now, as it was agreed and signed."""
    own = own_cipher(uow.connection, cipher, row["borrower"])
    personal = personal_of(own, BORROWERS.get(uow.connection, row["borrower"]))
    page = agreement.html(
        agreement_of(
            uow.connection,
            row,
            personal,
            lent,
            language=language or personal["language"],
            day=handed_over_on(row),
            printed_on=today(uow),
            collected_by=collected_by,
            signature=signature,
        )
    )
    _freeze(uow, own, row, 0, page, made_on=handed_over_on(row), previously_due_on=None)


def freeze_extension(
    uow: UnitOfWork, cipher: FieldCipher, before: LoanRow, after: LoanRow, out: Iterable[DeviceRow]
) -> None:
    """Keep the page of the extension that turned `before` into `after`; `out` are the devices that are still out."""
    own = own_cipher(uow.connection, cipher, after["borrower"])
    personal = personal_of(own, BORROWERS.get(uow.connection, after["borrower"]))
    language = personal["language"]
    page = agreement.extension_html(
        agreement.Extension(
            language=language,
            borrower=personal["name"],
            place=_place(uow.connection, after["digipunt"], language, today(uow)),
            devices=_agreed(out),
            handed_over_on=handed_over_on(after),
            previously_due_on=before["due_on"],
            due_on=after["due_on"],
            extended_on=today(uow),
        )
    )
    _freeze(
        uow,
        own,
        after,
        after["extensions"],
        page,
        made_on=today(uow),
        previously_due_on=before["due_on"],
    )


def agreement_of(
    connection: sa.Connection,
    row: LoanRow,
    personal: Personal,
    lent: Iterable[DeviceRow],
    *,
    language: str,
    day: date,
    printed_on: date,
    due_on: date | None = None,
    collected_by: str | None = None,
    signature: bytes | None = None,
    made_later_on: date | None = None,
) -> agreement.Agreement:
    """What stands on the agreement of a loan, from what is known now, `printed_on`; `day` is that of the hand-over."""
    contact = personal.get("contact")
    return agreement.Agreement(
        language=language,
        borrower=personal["name"],
        place=_place(connection, row["digipunt"], language, printed_on),
        devices=_agreed(lent),
        handed_over_on=day,
        due_on=due_on or row["due_on"],
        contact=contact["name"] if contact else None,
        collected_by=collected_by,
        signature=signature,
        made_later_on=made_later_on,
    )


def keep_pdf(uow: UnitOfWork, cipher: FieldCipher, loan: str, number: int, pdf: bytes) -> LoanPaperRow:
    """Keep the drawing of a frozen page, unless one was kept already; the paper with the one that is kept.

    Raises Conflict when the borrower was erased while it was drawn.
    """
    this = (loan_papers.c.loan == loan) & (loan_papers.c.number == number)
    borrower = LOANS.get(uow.connection, loan)["borrower"]
    lock_borrower(uow, borrower)
    if BORROWERS.get(uow.connection, borrower)["state"] == "erased":
        raise Conflict("agreementErased")
    own = own_cipher(uow.connection, cipher, borrower)
    values = {"page": None, "pdf": own.encrypt_bytes(pdf), "sha256": hashlib.sha256(pdf).hexdigest()}
    uow.connection.execute(sa.update(loan_papers).where(this, loan_papers.c.page.is_not(None)).values(values))
    return _kept(uow.connection, loan, number)


def keep_reconstructed(
    uow: UnitOfWork, cipher: FieldCipher, row: LoanRow, due_on: date, pdf: bytes
) -> LoanPaperRow:
    """Keep the agreement of a loan that is older than this table, unless it was kept already; the one that is kept.

    Raises Conflict when the borrower was erased while it was drawn.
    """
    lock_borrower(uow, row["borrower"])
    if BORROWERS.get(uow.connection, row["borrower"])["state"] == "erased":
        raise Conflict("agreementErased")
    paper: LoanPaperRow = {
        "loan": row["id"],
        "number": 0,
        "made_on": today(uow),
        "due_on": due_on,
        "previously_due_on": None,
        "page": None,
        "pdf": own_cipher(uow.connection, cipher, row["borrower"]).encrypt_bytes(pdf),
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "reconstructed": True,
    }
    uow.connection.execute(upsert(uow.dialect, loan_papers).on_conflict_do_nothing(), dict(paper))
    return _kept(uow.connection, row["id"], 0)


def erase_papers(uow: UnitOfWork, borrower: str) -> int:
    """Nothing is left of what was agreed with a borrower but the days; of how many papers."""
    theirs = sa.select(loans.c.id).where(loans.c.borrower == borrower)
    values = {"page": None, "pdf": None, "sha256": None}
    statement = sa.update(loan_papers).where(loan_papers.c.loan.in_(theirs)).values(values)
    return uow.connection.execute(statement).rowcount


def reencrypt_papers(uow: UnitOfWork, own: PersonCipher, borrower: str) -> None:
    """Encrypt under the key of a borrower those of their papers that are from before there was one."""
    for column in (loan_papers.c.page, loan_papers.c.pdf):
        theirs = (
            sa.select(loan_papers.c.loan, loan_papers.c.number, column)
            .join(loans, loans.c.id == loan_papers.c.loan)
            .where(loans.c.borrower == borrower, column.is_not(None))
        )
        for loan, number, sealed in uow.connection.execute(theirs).all():
            if again := own.again(sealed):
                same = (loan_papers.c.loan == loan) & (loan_papers.c.number == number) & (column == sealed)
                uow.connection.execute(sa.update(loan_papers).where(same).values({column.name: again}))


def _freeze(
    uow: UnitOfWork,
    own: PersonCipher,
    row: LoanRow,
    number: int,
    page: str,
    *,
    made_on: date,
    previously_due_on: date | None,
) -> None:
    paper: LoanPaperRow = {
        "loan": row["id"],
        "number": number,
        "made_on": made_on,
        "due_on": row["due_on"],
        "previously_due_on": previously_due_on,
        "page": own.encrypt_bytes(page.encode()),
        "pdf": None,
        "sha256": None,
        "reconstructed": False,
    }
    uow.connection.execute(sa.insert(loan_papers), dict(paper))


def _kept(connection: sa.Connection, loan: str, number: int) -> LoanPaperRow:
    this = (loan_papers.c.loan == loan) & (loan_papers.c.number == number)
    paper = PAPERS.select(connection, sa.select(loan_papers).where(this))[0]
    if paper["pdf"] is None:
        raise Conflict("agreementErased")
    return paper


def _place(connection: sa.Connection, digipunt: str, language: str, on: date) -> agreement.Place:
    known = digipunt_in_words(digipunt, POINTS.find(connection, digipunt), language, on)
    return agreement.Place(known["name"], known["address"], known["phone"], known["opening"])


def _agreed(rows: Iterable[DeviceRow]) -> list[agreement.AgreedDevice]:
    return [
        agreement.AgreedDevice(row["kind"], row["label"], row["condition"], row["serial"], row["accessories"])
        for row in rows
    ]
