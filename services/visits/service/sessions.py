"""Routes of sessions, their registrations and the public calendar."""

from __future__ import annotations

from secrets import randbelow
from typing import Any

from sqlalchemy import Connection

from chassis.http import (
    COORDINATOR,
    CREATED,
    DESK,
    PUBLIC,
    STAFF,
    Request,
    Response,
    created,
    expected_version,
    http,
    page,
    resource,
    version_if_given,
    window,
)
from chassis.outbox.unit_of_work import UnitOfWork
from common.access import require_place
from services.visits import calendar
from services.visits.handlers import registrations, sessions
from services.visits.model.sessions import read_to_api, registration_to_api, to_api
from services.visits.queries import sessions as queries
from services.visits.schemas import sessions as schemas
from services.visits.service.common import TOO_MANY_CODES, Routes
from services.visits.tables import SESSIONS


class SessionRoutes(Routes):
    """Info sessions for visitors, trainings for helpers, meetings with partners."""

    @http(
        "PUT",
        "/v1/sessions/{id}",
        roles=COORDINATOR,
        body=schemas.SessionPut,
        response=schemas.SessionAnswer,
        status=CREATED,
        summary="Plan a session",
    )
    def plan_session(self, uow: UnitOfWork, request: Request) -> Response:
        id = request.params["id"]
        return created(sessions.plan_session(uow, self.context, request.caller, id, request.data), to_api)

    @http(
        "GET",
        "/v1/sessions",
        roles=DESK,
        query=schemas.SessionQuery,
        response=schemas.SessionAnswer,
        paged=True,
        summary="List sessions in the order in which they begin",
    )
    def list_sessions(self, connection: Connection, request: Request) -> dict[str, Any]:
        """A desk and a helper see those of own digipunts, and those that are at no digipunt of own municipalities."""
        rows, total = queries.list_sessions(connection, request.caller, request.args, window(request))
        waiting = queries.seats_waiting(connection, rows)
        return page(request, (rows, total), lambda row: read_to_api(row, waiting))

    @http(
        "GET",
        "/v1/sessions.ics",
        roles=PUBLIC,
        content_type=calendar.CONTENT_TYPE,
        summary="Coming info sessions as a calendar",
    )
    def sessions_calendar(self, connection: Connection, request: Request) -> Response:
        """Without sign-in. Only info sessions: trainings and meetings are not for the public."""
        now = self.app.clock.now()
        text = calendar.calendar(queries.public_sessions(connection, now), now)
        return Response(text, headers={"Cache-Control": "public, max-age=300"})

    @http("GET", "/v1/sessions/{id}", roles=DESK, response=schemas.SessionAnswer, summary="Read a session")
    def get_session(self, connection: Connection, request: Request) -> Response:
        row = SESSIONS.get(connection, request.params["id"])
        require_place(request.caller, row["digipunt"], row["municipality"], "session", row["id"])
        waiting = queries.seats_waiting(connection, [row])
        return resource(row, lambda row: read_to_api(row, waiting), with_computed=True)

    @http(
        "PATCH",
        "/v1/sessions/{id}",
        roles=COORDINATOR,
        body=schemas.SessionPatch,
        response=schemas.SessionAnswer,
        summary="Change a planned session",
    )
    def change_session(self, uow: UnitOfWork, request: Request) -> Response:
        """With more seats, those who wait move up. Fewer seats than are taken is a conflict."""
        id, expected = request.params["id"], expected_version(request)
        return resource(sessions.change_session(uow, request.caller, id, expected, request.data), to_api)

    @http(
        "POST",
        "/v1/sessions/{id}/cancel",
        roles=COORDINATOR,
        response=schemas.SessionAnswer,
        summary="Cancel a session and its registrations",
    )
    def cancel_session(self, uow: UnitOfWork, request: Request) -> Response:
        id, expected = request.params["id"], version_if_given(request)
        return resource(sessions.cancel_session(uow, request.caller, id, expected), to_api)

    @http(
        "POST",
        "/v1/sessions/{id}/held",
        roles=DESK,
        body=schemas.Attendance,
        response=schemas.SessionAnswer,
        summary="Record who came, as counts",
    )
    def hold_session(self, uow: UnitOfWork, request: Request) -> Response:
        """Attendance is counted, never invented as persons. Send other counts with If-Match to correct it."""
        id, expected = request.params["id"], version_if_given(request)
        return resource(sessions.hold_session(uow, request.caller, id, expected, request.data), to_api)

    @http(
        "PUT",
        "/v1/sessions/{id}/registrations/{registration}",
        roles=STAFF,
        body=schemas.RegistrationPut,
        response=schemas.RegistrationAnswer,
        status=CREATED | TOO_MANY_CODES,
        summary="Take seats in a session",
    )
    def make_registration(self, uow: UnitOfWork, request: Request) -> Response:
        """When the seats are taken, a place on the waiting list. Give the person the reference of the answer."""
        session, id = request.params["id"], request.params["registration"]
        result = registrations.make_registration(
            uow, self.context, request.caller, session, id, request.data, randbelow
        )
        return created(result, registration_to_api)

    @http(
        "GET",
        "/v1/sessions/{id}/registrations",
        roles=STAFF,
        query=schemas.RegistrationQuery,
        response=schemas.RegistrationAnswer,
        paged=True,
        summary="List the registrations of a session in the order in which they came",
    )
    def list_registrations(self, connection: Connection, request: Request) -> dict[str, Any]:
        session = SESSIONS.get(connection, request.params["id"])
        require_place(request.caller, session["digipunt"], session["municipality"], "session", session["id"])
        rows = queries.list_registrations(connection, session["id"], request.args, window(request))
        return page(request, rows, registration_to_api)

    @http(
        "POST",
        "/v1/sessions/{id}/registrations/{registration}/cancel",
        roles=STAFF,
        response=schemas.RegistrationAnswer,
        summary="Give seats back",
    )
    def cancel_registration(self, uow: UnitOfWork, request: Request) -> Response:
        """Those who wait move up, in order."""
        session, id = request.params["id"], request.params["registration"]
        expected = version_if_given(request)
        row = registrations.cancel_registration(uow, request.caller, session, id, expected)
        return resource(row, registration_to_api)
