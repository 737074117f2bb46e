"""The route that an SMS gateway reports to. The gateway's file says how it proves who it is; it needs no token."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema

from chassis.errors import NotFound, Unauthenticated
from chassis.http.entrypoint import PUBLIC, http
from chassis.http.messages import Request, Response
from chassis.outbox.unit_of_work import UnitOfWork
from services.notifications.handlers import messages
from services.notifications.service.common import Routes


class Anything(Schema):
    """The fields have the names that the gateway gives them."""

    class Meta:
        unknown = INCLUDE


STATUS = {204: "Noted", 401: "Not from the gateway", 404: "Not a message of ours"}


class ReportRoutes(Routes):
    """Delivery reports."""

    @http(
        "POST",
        "/v1/reports/sms",
        roles=PUBLIC,
        query=Anything,
        status=STATUS,
        summary="What became of an SMS, told by the gateway",
    )
    def take_report(self, uow: UnitOfWork, request: Request) -> Response:
        """As JSON or as a form, with the proof that the gateway's file asks for."""
        return self._take(uow, request)

    @http(
        "GET",
        "/v1/reports/sms",
        roles=PUBLIC,
        unit="write",
        query=Anything,
        status=STATUS,
        summary="The same, from a gateway that can only GET",
    )
    def take_report_by_get(self, uow: UnitOfWork, request: Request) -> Response:
        return self._take(uow, request)

    def _take(self, uow: UnitOfWork, request: Request) -> Response:
        from services.notifications.channels.sms import SmsChannel

        channel = self.sender.channels.get("sms")
        said = (
            channel.report(request.headers, request.raw_query, request.body)
            if isinstance(channel, SmsChannel)
            else None
        )
        if said is None:
            raise Unauthenticated("This is no delivery report of the gateway that is set up here.")
        if not messages.report(uow, "sms", said.reference, said.state):
            raise NotFound("message of that reference")
        return Response(None, 204)
