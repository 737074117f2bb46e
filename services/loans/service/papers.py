"""Routes of what is printed for a loan: the agreement, and the page of each extension.

Before a loan is handed over its agreement is drawn from what is known now, to sign on paper. From then on it is the page that
was kept, drawn once: later requests get the same bytes, whose hash is in the answer.
"""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.errors import Conflict, NotFound
from chassis.http import STAFF, Request, Response, http
from chassis.http.tickets import one_time
from chassis.http.trail import note_seen
from common.access import require_digipunt
from common.person_keys import cipher_of
from services.loans.documents import agreement
from services.loans.handlers import papers
from services.loans.model.borrowers import Personal, personal_of
from services.loans.model.loans import handover_of, picture_in
from services.loans.model.rows import LoanPaperRow, LoanRow
from services.loans.queries import lists
from services.loans.queries.papers import due_on_at_handover, find_paper, list_extensions
from services.loans.schemas import loans as schemas
from services.loans.service.common import PDF, Routes
from services.loans.tables import BORROWERS, LOANS

NUMBERED = re.compile(r"([1-9][0-9]?)\.pdf")


def mine(connection: Connection, request: Request) -> LoanRow:
    """The loan of a request, if the caller works where it was made."""
    row = LOANS.get(connection, request.params["id"])
    require_digipunt(request.caller, row["digipunt"], row["municipality"], "loan", row["id"])
    return row


class PaperRoutes(Routes):
    """The agreement of a loan and its extensions, to print."""

    @http(
        "GET",
        "/v1/loans/{id}/agreement.pdf",
        roles=STAFF,
        query=schemas.AgreementQuery,
        unit=None,
        content_type=PDF,
        worker="few",
        summary="The agreement in plain language, to sign or as it was signed",
    )
    def print_agreement(self, request: Request) -> Response:
        """From the hand-over on it stays as it was signed, whatever changes; `Repr-Digest` has the hash of its bytes."""
        with self.app.database.read() as connection:
            row = mine(connection, request)
            personal = self._personal(connection, row)
            paper = find_paper(connection, row["id"], 0)
            due_on = due_on_at_handover(connection, row) if row["handed_over_on"] else row["due_on"]
        self._note_seen(request, row)
        if paper is not None:
            return self._answer(paper)
        if row["handed_over_on"] is not None:
            return self._answer(self._reconstructed(row, personal, due_on))
        language = request.args.get("language", personal["language"])
        today = local_day(self.app.clock.now())
        with self.app.database.read() as connection:
            lent = lists.devices_in(connection, row["id"])
            page = agreement.html(
                papers.agreement_of(
                    connection, row, personal, lent, language=language, day=today, printed_on=today
                )
            )
        return Response(self.pdf.render(page), headers=_named("overeenkomst"))

    ticket_agreement = one_time(print_agreement, mine)

    @http(
        "GET",
        "/v1/loans/{id}/extensions",
        roles=STAFF,
        response=schemas.Extensions,
        summary="When a loan was extended, and until when",
    )
    def list_extensions(self, connection: Connection, request: Request) -> dict[str, Any]:
        row = mine(connection, request)
        return {"items": [_to_api(paper) for paper in list_extensions(connection, row["id"])]}

    @http(
        "GET",
        "/v1/loans/{id}/extensions/{page:text}",
        roles=STAFF,
        unit=None,
        content_type=PDF,
        worker="few",
        summary="The page of one extension, to print: `1.pdf` for the first",
    )
    def print_extension(self, request: Request) -> Response:
        """It goes with the agreement, which does not change."""
        numbered = NUMBERED.fullmatch(request.params["page"])
        with self.app.database.read() as connection:
            row = mine(connection, request)
            self._personal(connection, row)
            paper = find_paper(connection, row["id"], int(numbered[1])) if numbered else None
        if paper is None:
            raise NotFound("extensionPageMissing")
        self._note_seen(request, row)
        return self._answer(paper)

    ticket_extension = one_time(print_extension, mine)

    def _personal(self, connection: Connection, row: LoanRow) -> Personal:
        borrower = BORROWERS.get(connection, row["borrower"])
        if borrower["state"] == "erased":
            raise Conflict("agreementErased")
        return personal_of(cipher_of(connection, self.cipher, borrower["id"]), borrower)

    def _note_seen(self, request: Request, row: LoanRow) -> None:
        note_seen(self.app, request.caller, "agreement", [(row["borrower"], row["municipality"])])

    def _answer(self, paper: LoanPaperRow) -> Response:
        """A paper as it was kept, drawn now if it never was."""
        if paper["page"] is not None:
            pdf = self.pdf.render(self._opened(paper, paper["page"]).decode())
            with self.app.unit_of_work() as uow:
                paper = papers.keep_pdf(uow, self.cipher, paper["loan"], paper["number"], pdf)
        if paper["pdf"] is None or paper["sha256"] is None:
            raise Conflict("agreementErased")
        digest = b64encode(bytes.fromhex(paper["sha256"])).decode()
        headers = _named(f"verlenging-{paper['number']}" if paper["number"] else "overeenkomst")
        headers |= {"ETag": f'"{paper["sha256"]}"', "Repr-Digest": f"sha-256=:{digest}:"}
        return Response(self._opened(paper, paper["pdf"]), headers=headers)

    def _opened(self, paper: LoanPaperRow, sealed: str) -> bytes:
        """What was sealed of a paper. Its key is asked for each time: the first thing that is kept makes it."""
        with self.app.database.read() as connection:
            borrower = LOANS.get(connection, paper["loan"])["borrower"]
            return cipher_of(connection, self.cipher, borrower).decrypt_bytes(sealed)

    def _reconstructed(self, row: LoanRow, personal: Personal, due_on: date) -> LoanPaperRow:
        """The agreement of a loan that was handed over before papers were kept, made now and kept from now on."""
        with self.app.database.read() as connection:
            handover = handover_of(cipher_of(connection, self.cipher, row["borrower"]), row)
        drawn = handover.get("signature")
        # What was taken for a signature then may hold nothing: then there is a line to sign on.
        signature = picture_in(drawn) if drawn and schemas.drawing_fault(drawn) is None else None
        today = local_day(self.app.clock.now())
        with self.app.database.read() as connection:
            page = agreement.html(
                papers.agreement_of(
                    connection,
                    row,
                    personal,
                    lists.devices_in(connection, row["id"]),
                    language=personal["language"],
                    day=row["handed_over_on"] or due_on,
                    printed_on=today,
                    due_on=due_on,
                    collected_by=handover.get("collectedBy"),
                    signature=signature,
                    made_later_on=today,
                )
            )
        pdf = self.pdf.render(page)
        with self.app.unit_of_work() as uow:
            return papers.keep_reconstructed(uow, self.cipher, row, due_on, pdf)


def _named(name: str) -> dict[str, str]:
    """How a browser names the document when it is saved; nothing in it tells of a person."""
    return {"Content-Type": PDF, "Content-Disposition": f'inline; filename="{name}.pdf"'}


def _to_api(paper: LoanPaperRow) -> dict[str, Any]:
    return {
        "number": paper["number"],
        "extendedOn": paper["made_on"],
        "previouslyDueOn": paper["previously_due_on"],
        "dueOn": paper["due_on"],
    }
