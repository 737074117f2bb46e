"""Routes of loans."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.errors import Conflict
from chassis.http import (
    COORDINATOR,
    CREATED,
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
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_digipunt, scope
from services.loans.documents import agreement
from services.loans.handlers import loans, returns
from services.loans.handlers.common import lent_in
from services.loans.model.borrowers import personal_of
from services.loans.model.loans import handover_of, to_api
from services.loans.model.rows import DeviceRow, LoanRow
from services.loans.queries import lists
from services.loans.queries.context import DigipuntInWords, digipunt_of
from services.loans.schemas import loans as schemas
from services.loans.schemas.loans import picture_in
from services.loans.service.common import PDF, Routes
from services.loans.tables import BORROWERS, LOANS


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
        return self._response(uow.connection, row, 201 if new else 200)

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
        return page_of(request, [to_api(row, lent[row["id"]], today) for row in rows], total)

    @http("GET", "/v1/loans/{id}", roles=STAFF, response=schemas.LoanAnswer, summary="Read a loan")
    def get_loan(self, connection: Connection, request: Request) -> Response:
        return self._response(connection, self._mine(connection, request))

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
        row = loans.change_due_date(uow, request.caller, id, expected, request.data["due_on"])
        return self._response(uow.connection, row)

    @http(
        "POST",
        "/v1/loans/{id}/handOver",
        roles=STAFF,
        body=schemas.HandOver,
        response=schemas.LoanAnswer,
        summary="Hand the devices over",
    )
    def hand_over(self, uow: UnitOfWork, request: Request) -> Response:
        return self._loan(loans.hand_over, uow, request, request.data, cipher=True)

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
        return self._loan(loans.extend_loan, uow, request, request.data.get("due_on"))

    @http(
        "POST",
        "/v1/loans/{id}/return",
        roles=STAFF,
        body=schemas.Return,
        response=schemas.LoanAnswer,
        summary="Take devices back, all or some, here or at another digipunt",
    )
    def return_devices(self, uow: UnitOfWork, request: Request) -> Response:
        return self._loan(returns.return_devices, uow, request, request.data)

    @http(
        "POST",
        "/v1/loans/{id}/check",
        roles=STAFF,
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

    @http(
        "GET",
        "/v1/loans/{id}/agreement.pdf",
        roles=STAFF,
        query=schemas.AgreementQuery,
        unit=None,
        content_type=PDF,
        summary="The agreement in plain language, to sign or as it was signed",
    )
    def print_agreement(self, request: Request) -> Response:
        with self.app.database.read() as connection:
            page = self._agreement(connection, request)
        return Response(self.pdf.render(page), headers={"Content-Type": PDF})

    def _agreement(self, connection: Connection, request: Request) -> str:
        row = self._mine(connection, request)
        borrower = BORROWERS.get(connection, row["borrower"])
        if borrower["state"] == "erased":
            raise Conflict("This borrower was erased, so there is no agreement with a name any more.")
        personal = personal_of(self.cipher, borrower)
        handover = handover_of(self.cipher, row)
        contact = personal.get("contact")
        language = request.args.get("language", personal["language"])
        return agreement.html(
            agreement.Agreement(
                language,
                personal["name"],
                _place(digipunt_of(connection, row["digipunt"], language, self._today())),
                [_agreed(device) for device in lists.devices_in(connection, row["id"])],
                row["handed_over_on"] or self._today(),
                row["due_on"],
                handover.get("collectedBy") or (contact["name"] if contact else None),
                picture_in(handover["signature"]) if "signature" in handover else None,
            )
        )

    def _mine(self, connection: Connection, request: Request) -> LoanRow:
        row = LOANS.get(connection, request.params["id"])
        require_digipunt(request.caller, row["digipunt"], row["municipality"], "loan", row["id"])
        return row

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
        return self._response(uow.connection, row)

    def _response(self, connection: Connection, row: LoanRow, status: int = 200) -> Response:
        loan = to_api(row, lent_in(connection, row["id"]), self._today())
        return Response(loan, status, {"ETag": etag(row["version"])})

    def _today(self) -> date:
        return local_day(self.app.clock.now())


def _place(digipunt: DigipuntInWords) -> agreement.Place:
    return agreement.Place(digipunt["name"], digipunt["address"], digipunt["phone"], digipunt["opening"])


def _agreed(row: DeviceRow) -> agreement.AgreedDevice:
    return agreement.AgreedDevice(
        row["kind"], row["label"], row["condition"], row["serial"], row["accessories"]
    )
