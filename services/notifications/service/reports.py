"""The route for delivery reports of an SMS gateway. It needs no token: the gateway's file says how a report is proved."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema

from chassis.errors import NotFound, Unauthenticated
from chassis.http import PUBLIC, Request, Response, http
from chassis.outbox.unit_of_work import UnitOfWork
from services.notifications.handlers import outcomes
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
        if not isinstance(channel, SmsChannel) or (
            (report := channel.report(request.headers, request.raw_query, request.body)) is None
        ):
            raise Unauthenticated("notADeliveryReport")
        if not outcomes.record_report(uow, "sms", report.reference, report.state):
            raise NotFound("reportedMessageUnknown")
        return Response(None, 204)
