"""Routes of loans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.http import (
    COORDINATOR,
    CREATED,
    DESK,
    STAFF,
    Request,
    Response,
    etag,
    expected_version,
    http,
    page_of,
    version_if_given,
    window,
)
from chassis.http.trail import note
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.trail import Entry
from common.access import reaches, scope, sees_persons
from services.loans.documents import agreement
from services.loans.handlers import due_dates, loans, returns
from services.loans.handlers.common import lent_in
from services.loans.model.loans import to_api
from services.loans.model.rows import LoanRow
from services.loans.queries import lists
from services.loans.schemas import loans as schemas
from services.loans.service.common import Routes, wants_borrowers
from services.loans.service.papers import mine
from services.loans.tables import LOANS


class LoanRoutes(Routes):
    """Prepare, hand over, extend, take back, check."""

    @http(
        "PUT",
        "/v1/loans/{id}",
        roles=STAFF,
        body=schemas.LoanPut,
        response=schemas.LoanAnswer,
        status=CREATED,
        summary="Prepare a loan: its devices are reserved",
    )
    def prepare_loan(self, uow: UnitOfWork, request: Request) -> Response:
        row, new = loans.prepare_loan(uow, request.caller, request.params["id"], request.data)
        return self._response(uow.connection, request, row, 201 if new else 200)

    @http(
        "GET",
        "/v1/loans",
        roles=STAFF,
        query=schemas.LoanQuery,
        response=schemas.LoanAnswer,
        paged=True,
        summary="List loans by due date",
    )
    def list_loans(self, connection: Connection, request: Request) -> dict[str, Any]:
        today = self._today()
        where = scope(request.caller)
        rows, total = lists.list_loans(connection, where, request.args, window(request), today)
        lent = lists.lent_by_loan(connection, [row["id"] for row in rows])
        body = page_of(request, [to_api(row, lent[row["id"]], today) for row in rows], total)
        if wants_borrowers(request):
            who = [row["borrower"] for row in rows]
            body["embedded"] = self.embedded(connection, request, who)
        return body

    @http("GET", "/v1/loans/{id}", roles=STAFF, response=schemas.LoanAnswer, summary="Read a loan")
    def get_loan(self, connection: Connection, request: Request) -> Response:
        return self._response(connection, request, mine(connection, request))

    @http(
        "PATCH",
        "/v1/loans/{id}",
        roles=COORDINATOR,
        body=schemas.LoanPatch,
        response=schemas.LoanAnswer,
        summary="Give a loan another due date, earlier or later",
    )
    def change_due_date(self, uow: UnitOfWork, request: Request) -> Response:
        """Not an extension: the rules of those do not count for a coordinator."""
        id, expected = request.params["id"], expected_version(request)
        row = due_dates.change_due_date(uow, request.caller, id, expected, request.data["due_on"])
        return self._response(uow.connection, request, row)

    @http(
        "POST",
        "/v1/loans/{id}/handOver",
        roles=STAFF,
        body=schemas.HandOver,
        response=schemas.LoanAnswer,
        summary="Hand the devices over",
    )
    def hand_over(self, uow: UnitOfWork, request: Request) -> Response:
        """The agreement is kept as it is now: whatever changes later, its page does not."""
        agreement.prepare()
        answer = self._loan(loans.hand_over, uow, request, request.data, cipher=True)
        self._note_agreement(uow, request)
        return answer

    @http(
        "POST",
        "/v1/loans/{id}/extend",
        roles=STAFF,
        body=schemas.Extend,
        response=schemas.LoanAnswer,
        summary="Let a borrower keep it longer",
    )
    def extend_loan(self, uow: UnitOfWork, request: Request) -> Response:
        """Refused, with the reason, when somebody waits, after three extensions, or when it is three weeks late."""
        answer = self._loan(due_dates.extend_loan, uow, request, request.data.get("due_on"), cipher=True)
        self._note_agreement(uow, request)
        return answer

    @http(
        "POST",
        "/v1/loans/{id}/return",
        roles=DESK,
        body=schemas.Return,
        response=schemas.LoanAnswer,
        summary="Take devices back, all or some, here or at another digipunt",
    )
    def return_devices(self, uow: UnitOfWork, request: Request) -> Response:
        """The answer has no borrower for a desk, nor for a digipunt that did not lend it."""
        return self._loan(returns.return_devices, uow, request, request.data)

    @http(
        "POST",
        "/v1/loans/{id}/check",
        roles=DESK,
        body=schemas.CheckLoan,
        response=schemas.LoanAnswer,
        summary="Record how devices came back, and whether they are wiped",
    )
    def check_devices(self, uow: UnitOfWork, request: Request) -> Response:
        """Until both are recorded a device cannot be lent. A loan whose devices are all done is closed."""
        return self._loan(returns.check_devices, uow, request, request.data)

    @http(
        "POST",
        "/v1/loans/{id}/lost",
        roles=STAFF,
        body=schemas.Lost,
        response=schemas.LoanAnswer,
        summary="Note that devices will not come back",
    )
    def lose_devices(self, uow: UnitOfWork, request: Request) -> Response:
        return self._loan(returns.lose_devices, uow, request, request.data)

    @http(
        "POST",
        "/v1/loans/{id}/cancel",
        roles=STAFF,
        response=schemas.LoanAnswer,
        summary="Give up a loan that was not handed over",
    )
    def cancel_loan(self, uow: UnitOfWork, request: Request) -> Response:
        return self._loan(loans.cancel_before_handover, uow, request, "cancelled")

    @http(
        "POST",
        "/v1/loans/{id}/notCollected",
        roles=STAFF,
        response=schemas.LoanAnswer,
        summary="Note that nobody came for it",
    )
    def miss_collection(self, uow: UnitOfWork, request: Request) -> Response:
        return self._loan(loans.cancel_before_handover, uow, request, "notCollected")

    def _loan(
        self,
        handler: Callable[..., LoanRow],
        uow: UnitOfWork,
        request: Request,
        *more: Any,
        cipher: bool = False,
    ) -> Response:
        first = (uow, self.cipher) if cipher else (uow,)
        row = handler(*first, request.caller, request.params["id"], version_if_given(request), *more)
        return self._response(uow.connection, request, row)

    def _response(
        self, connection: Connection, request: Request, row: LoanRow, status: int = 200
    ) -> Response:
        loan = to_api(row, lent_in(connection, row["id"]), self._today())
        # Whoever takes back or checks what another digipunt lent is not told who had it.
        if not sees_persons(request.caller) or not reaches(
            request.caller, row["digipunt"], row["municipality"]
        ):
            del loan["borrower"]
        return Response(loan, status, {"ETag": etag(row["version"], loan)})

    def _note_agreement(self, uow: UnitOfWork, request: Request) -> None:
        row = LOANS.get(uow.connection, request.params["id"])
        note(uow, request.caller, Entry("added", "agreement", row["borrower"], row["municipality"]))

    def _today(self) -> date:
        return local_day(self.app.clock.now())
