"""Routes of messages: what is told and what became of it, and what staff are to do."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from chassis.fingerprint import drop_empty
from chassis.http.entrypoint import http
from chassis.http.fields import Area
from chassis.http.messages import Request, Response
from chassis.http.paging import page_of, window
from chassis.http.responses import COORDINATOR, STAFF, page, resource, version_if_given
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_digipunt, scope
from services.notifications.handlers import messages as handlers
from services.notifications.handlers import planning
from services.notifications.handlers.staff import bundled
from services.notifications.handlers.templates import overrides
from services.notifications.model.states import PUSH
from services.notifications.queries import messages as queries
from services.notifications.schemas import messages as schemas
from services.notifications.service.common import Routes, line, to_api
from services.notifications.tables import MESSAGES


class MessageRoutes(Routes):
    """Messages."""

    @http(
        "GET",
        "/v1/messages",
        roles=STAFF,
        query=schemas.MessageQuery,
        response=schemas.Message,
        paged=True,
        summary="List messages, the latest first",
    )
    def list_messages(self, connection: Connection, request: Request) -> dict[str, Any]:
        rows = queries.list_messages(connection, scope(request.caller), request.args, window(request))
        return page(request, rows, to_api)

    @http(
        "GET",
        "/v1/messages/{id}",
        roles=STAFF,
        response=schemas.MessageWithHistory,
        summary="Read a message with its history",
    )
    def get_message(self, connection: Connection, request: Request) -> Response:
        row = MESSAGES.get(connection, request.params["id"])
        require_digipunt(request.caller, row["digipunt"], row["municipality"] or "", "message", row["id"])
        more = drop_empty(
            {
                "history": [drop_empty(step) for step in queries.history_of(connection, row["id"])],
                "segments": queries.segments_of(connection, row["delivery"]),
            }
        )
        return resource(row, lambda row: to_api(row) | more)

    @http(
        "POST",
        "/v1/messages/{id}/cancel",
        roles=STAFF,
        response=schemas.Message,
        summary="Withdraw a message that nobody was told yet",
    )
    def cancel_message(self, uow: UnitOfWork, request: Request) -> Response:
        expected = version_if_given(request)
        return resource(handlers.cancel(uow, request.caller, request.params["id"], expected), to_api)

    @http(
        "POST",
        "/v1/announcements",
        roles=COORDINATOR,
        body=schemas.AnnouncementPost,
        response=schemas.Announced,
        status={201: "Planned"},
        summary="Tell everybody who has a device of a digipunt that it changes or stops",
    )
    def announce(self, uow: UnitOfWork, request: Request) -> Response:
        """Each person is told by their own way, at a decent hour, once however often it is announced that day."""
        said = request.data
        where = said["municipality"], said.get("digipunt")
        return Response({"planned": planning.announce(uow, request.caller, said["kind"], *where)}, 201)

    @http(
        "POST",
        "/v1/results",
        roles=STAFF,
        body=schemas.Results,
        response=schemas.ResultsAnswer,
        summary="Enter what came of a call, a letter or a word at the desk",
    )
    def note_results(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
        rows = [
            handlers.record_result(uow, request.caller, id, request.data["result"])
            for id in sorted(set(request.data["messages"]))
        ]
        return {"items": [to_api(row) for row in rows]}

    @http(
        "GET",
        "/v1/callSheet",
        roles=STAFF,
        unit=None,
        query=Area,
        response=schemas.Line,
        paged=True,
        summary="Whom to call, and what to say",
    )
    def get_call_sheet(self, request: Request) -> dict[str, Any]:
        """A page counts messages; those for one person are one line."""
        return self._lines(request, queries.to_call, "phoneCall")

    @http(
        "GET",
        "/v1/inPerson",
        roles=STAFF,
        unit=None,
        query=Area,
        response=schemas.Line,
        paged=True,
        summary="Whom to tell something at the next visit",
    )
    def list_in_person(self, request: Request) -> dict[str, Any]:
        """A page counts messages; those for one person are one line."""
        return self._lines(request, queries.in_person, "inPerson")

    @http(
        "GET",
        "/v1/unreachable",
        roles=COORDINATOR,
        unit=None,
        query=Area,
        response=schemas.Line,
        paged=True,
        summary="Who could not be reached, or can be told at a next visit only",
    )
    def list_unreachable(self, request: Request) -> dict[str, Any]:
        """A message whose reason is `unknown` may have arrived. Enter `settled` when a failed one is dealt with."""
        return self._lines(request, queries.unreachable, "phoneCall")

    @http(
        "GET",
        "/v1/channels",
        roles=STAFF | {"ops"},
        response=schemas.Channels,
        summary="Whether e-mail and SMS are set up, and work",
    )
    def list_channels(self, connection: Connection, request: Request) -> dict[str, Any]:
        down = queries.channels(connection)
        return {
            "items": [
                drop_empty(
                    {
                        "channel": channel,
                        "setUp": channel in self.sender.channels,
                        "works": channel in self.sender.channels and channel not in down,
                        "downSince": down.get(channel, {}).get("down_since"),
                        "detail": down.get(channel, {}).get("detail"),
                    }
                )
                for channel in PUSH
            ]
        }

    def _lines(self, request: Request, listed: queries.Listing, channel: str) -> dict[str, Any]:
        """Rows are read first and their owners asked after, so that no connection waits for another service."""
        with self.app.database.read() as connection:
            rows, total = listed(connection, scope(request.caller), request.args, window(request))
            own = {each: overrides(connection, each) for each in {row["municipality"] for row in rows}}
        bundles = bundled(self.sender.owners, rows, self.sender.phone)
        items = [line(bundle, channel, own[bundle.rows[0]["municipality"]]) for bundle in bundles]
        return page_of(request, items, total)
