"""Routes of messages: what became of each, the work lists of staff, and the results that staff enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection

from chassis.fingerprint import drop_empty
from chassis.http import (
    COORDINATOR,
    STAFF,
    Request,
    Response,
    http,
    page,
    page_of,
    resource,
    version_if_given,
    window,
)
from chassis.http.fields import Area
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.storage.queries import Window
from common.access import Scope, require_digipunt, scope
from services.notifications.handlers import claims, planning
from services.notifications.handlers import messages as handlers
from services.notifications.handlers.staff import bundle_by_person
from services.notifications.handlers.templates import overrides
from services.notifications.model.messages import to_api
from services.notifications.model.rows import GatewayRow
from services.notifications.model.states import PUSH, ChannelName, PushChannel
from services.notifications.queries import messages as queries
from services.notifications.schemas import messages as schemas
from services.notifications.service.common import Routes, to_line

ListRows = Callable[[Connection, Scope, Mapping[str, Any], Window], queries.MessagePage]


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
        found = queries.get_with_history(connection, request.params["id"])
        row = found.row
        require_digipunt(request.caller, row["digipunt"], row["municipality"] or "", "message", row["id"])
        more = {"history": [drop_empty(step) for step in found.history], "segments": found.segments}
        return resource(row, lambda row: to_api(row) | drop_empty(more), with_computed=True)

    @http(
        "POST",
        "/v1/messages/{id}/cancel",
        roles=STAFF,
        response=schemas.Message,
        summary="Withdraw a message that nobody was told yet",
    )
    def cancel_message(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], version_if_given(request)
        return resource(handlers.cancel(uow, request.caller, id, expected), to_api)

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
        data = request.data
        where = data["municipality"], data.get("digipunt")
        closes = data.get("closesOn")
        planned = planning.announce(uow, request.caller, data["kind"], *where, closes_on=closes)
        return Response({"planned": planned}, 201)

    @http(
        "POST",
        "/v1/results",
        roles=STAFF,
        body=schemas.Results,
        response=schemas.ResultsAnswer,
        summary="Enter what came of a call, a letter or a word at the desk",
    )
    def record_results(self, uow: UnitOfWork, request: Request) -> dict[str, Any]:
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
        """A page counts messages; those for one person are one line. `claim` says who is calling them just now."""
        return self._lines(request, queries.list_to_call, "phoneCall")

    @http(
        "POST",
        "/v1/callSheet/claims",
        roles=STAFF,
        body=schemas.CallClaimPost,
        response=schemas.CallClaimAnswer,
        status={201: "Yours for ten minutes", 409: "Somebody else has it, or there is nothing to call about"},
        summary="Take a line of the call sheet, so that nobody else calls",
    )
    def claim_call(self, uow: UnitOfWork, request: Request) -> Response:
        """A result ends it. Taken again by the same caller, it lasts ten minutes from then."""
        taken = claims.claim(uow, request.caller, request.data["messages"])
        answer = {"id": taken.id, "claimedBy": taken.claimed_by, "until": taken.until}
        return Response(answer | {"messages": taken.messages}, 201)

    @http(
        "DELETE",
        "/v1/callSheet/claims/{id}",
        roles=STAFF,
        status={204: "Given back", 404: "Nobody has it any more", 409: "It is somebody else's"},
        summary="Give a line of the call sheet back",
    )
    def release_call(self, uow: UnitOfWork, request: Request) -> Response:
        claims.release(uow, request.caller, request.params["id"])
        return Response(None, 204)

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
        return self._lines(request, queries.list_in_person, "inPerson")

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
        return self._lines(request, queries.list_unreachable, "phoneCall")

    @http(
        "GET",
        "/v1/channels",
        roles=STAFF | {"ops"},
        response=schemas.Channels,
        summary="Whether e-mail and SMS are set up, and work",
    )
    def list_channels(self, connection: Connection, request: Request) -> dict[str, Any]:
        down = queries.channels_down(connection)
        items = [self._channel(channel, down.get(channel)) for channel in PUSH]
        return {"items": items, "waitingForNumber": queries.count_waiting_for_number(connection)}

    def _channel(self, channel: PushChannel, down: GatewayRow | None) -> dict[str, Any]:
        configured = channel in self.sender.channels
        state = {"channel": channel, "setUp": configured, "works": configured and down is None}
        return state | ({"downSince": down["down_since"], "detail": down["detail"]} if down else {})

    def _lines(self, request: Request, list_rows: ListRows, channel: ChannelName) -> dict[str, Any]:
        """Rows are read first and their owners asked afterwards, so that no connection waits for another service."""
        with self.app.database.read() as connection:
            rows, total = list_rows(connection, scope(request.caller), request.args, window(request))
            claimed = queries.claims_of(connection, rows, self.app.clock.now())
            own = {each: overrides(connection, each) for each in {row["municipality"] for row in rows}}
        bundles = bundle_by_person(self.sender.owners, self.sender.people, rows, self.sender.details_of)
        self.note_seen(request, bundles)
        lines = [to_line(bundle, channel, own[bundle.rows[0]["municipality"]], claimed) for bundle in bundles]
        return page_of(request, lines, total)
