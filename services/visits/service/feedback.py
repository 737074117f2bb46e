"""Routes of feedback."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from chassis.http import COORDINATOR, DESK, Request, http, page, window
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import scope
from services.visits.handlers.feedback import give_feedback
from services.visits.model.feedback import to_event
from services.visits.queries.feedback import list_feedback
from services.visits.schemas import feedback as schemas
from services.visits.service.common import Routes


class FeedbackRoutes(Routes):
    """What people thought of the help, without who they are."""

    @http(
        "POST",
        "/v1/feedback",
        roles=DESK,
        body=schemas.FeedbackPost,
        response=schemas.FeedbackAnswer,
        status={201: "Recorded"},
        summary="Give feedback",
    )
    def give_feedback(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
        """The service makes a random id: one made by the client would tell when it was made."""
        return to_event(give_feedback(uow, self.context, request.caller, request.data, lambda: str(uuid4())))

    @http(
        "GET",
        "/v1/feedback",
        roles=COORDINATOR,
        query=schemas.FeedbackQuery,
        response=schemas.FeedbackAnswer,
        paged=True,
        summary="List feedback, latest day first",
    )
    def list_feedback(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = list_feedback(connection, scope(request.caller), request.args, window(request))
        return page(request, rows, to_event)
