"""Routes of letters: gather them, print them, record that they are in the post."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.clock import local_day
from chassis.errors import NotFound
from chassis.fingerprint import drop_empty
from chassis.green import in_turns
from chassis.http import COORDINATOR, Request, Response, created, http, page, resource, window
from chassis.http.tickets import one_time
from chassis.outbox.unit_of_work import UnitOfWork
from common.pdf import PdfRenderer
from common.pdf_provider import PdfProvider
from services.notifications import letters
from services.notifications.handlers import letters as handlers
from services.notifications.handlers.staff import bundle_by_person, compose_bundle
from services.notifications.handlers.templates import overrides
from services.notifications.model.rows import LetterBatchRow
from services.notifications.queries import letters as queries
from services.notifications.schemas import letters as schemas
from services.notifications.service.common import Routes


class LetterRoutes(Routes):
    """Letters."""

    pdf: PdfRenderer = PdfProvider()

    @http(
        "GET",
        "/v1/letters.pdf",
        roles=COORDINATOR,
        unit=None,
        query=schemas.LettersQuery,
        content_type="application/pdf",
        worker="few",
        status={200: "Ready to print, on one side of A4, for a window envelope", 404: "No letter waits"},
        summary="The letters that wait, or those of a batch, ready to print",
    )
    def print_letters(self, request: Request) -> Response:
        """Names and addresses are asked of their owner now. Letters that are no longer true are left out."""
        municipalities = request.caller.municipalities
        with self.app.database.read() as connection:
            rows = queries.list_to_write(connection, municipalities, request.args)
            own = {each: overrides(connection, each) for each in {row["municipality"] for row in rows}}
        today = local_day(self.app.clock.now())
        written = []
        bundles = bundle_by_person(self.sender.owners, self.sender.people, rows, self.sender.details_of)
        self.note_seen(request, bundles)
        for bundle in in_turns(bundles):
            first = bundle.first
            if first.person is not None:
                text = compose_bundle(bundle, "letter", own[bundle.rows[0]["municipality"]])
                written.append(letters.letter(first.person, text, first.facts, today))
        if not written:
            raise NotFound("noLetterWaits")
        headers = {
            "Content-Disposition": f'inline; filename="brieven-{today}.pdf"',
            "Cache-Control": "no-store",
        }
        return Response(self.pdf.render(letters.page(written, request.args["window"])), headers=headers)

    ticket_letters = one_time(print_letters)

    @http(
        "POST",
        "/v1/letterBatches",
        roles=COORDINATOR,
        body=schemas.BatchPost,
        response=schemas.Batch,
        status={201: "Gathered", 409: "No letter waits"},
        summary="Gather the letters that wait, to print and post together",
    )
    def make_batch(self, uow: UnitOfWork, request: Request) -> Response:
        """Print them with `letters.pdf?batch=…`."""
        batch = handlers.make_batch(uow, request.caller, request.data["municipality"])
        return created((batch, True), _to_api)

    @http(
        "GET",
        "/v1/letterBatches",
        roles=COORDINATOR,
        query=schemas.BatchQuery,
        response=schemas.Batch,
        paged=True,
        summary="List batches of letters, the latest first",
    )
    def list_batches(self, connection: Connection, request: Request) -> dict[str, Any]:
        municipalities = request.caller.municipalities
        rows = queries.list_batches(connection, municipalities, request.args, window(request))
        return page(request, rows, _to_api)

    @http(
        "POST",
        "/v1/letterBatches/{id}/posted",
        roles=COORDINATOR,
        response=schemas.Batch,
        summary="The letters of a batch are in the post",
    )
    def post_batch(self, uow: UnitOfWork, request: Request) -> Response:
        return resource(handlers.post_batch(uow, request.caller, request.params["id"]), _to_api)


def _to_api(batch: LetterBatchRow) -> dict[str, Any]:
    return drop_empty(
        {
            "id": batch["id"],
            "municipality": batch["municipality"],
            "version": batch["version"],
            "madeAt": batch["made_at"],
            "postedAt": batch["posted_at"],
        }
    )
