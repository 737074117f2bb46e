"""Routes of sessions, their registrations and the public calendar."""

from __future__ import annotations

from secrets import randbelow
from typing import Any

from sqlalchemy import Connection

from chassis.access import demand_municipality
from chassis.http.answers import COORDINATOR, CREATED, STAFF, listed, made, shown, version_if_given
from chassis.http.entrypoint import PUBLIC, http
from chassis.http.messages import Answer, Request, expected_version
from chassis.http.paging import window
from chassis.queries import one
from chassis.unit_of_work import UnitOfWork
from services.visits import calendar
from services.visits.handlers import registrations, sessions
from services.visits.model.sessions import body, registration_body
from services.visits.queries import sessions as queries
from services.visits.schemas import sessions as schemas
from services.visits.service.common import Routes
from services.visits.tables import sessions as table


class SessionRoutes(Routes):
    """Info sessions for visitors, trainings for helpers, meetings with partners."""

    @http(
        "PUT",
        "/v1/sessions/{id}",
        roles=COORDINATOR,
        body=schemas.SessionPut,
        answer=schemas.SessionAnswer,
        status=CREATED,
        summary="Plan a session",
    )
    def plan_session(self, uow: UnitOfWork, request: Request) -> Answer:
        id = request.params["id"]
        return made(sessions.plan_session(uow, self.desk, request.caller, id, request.data), body)

    @http(
        "GET",
        "/v1/sessions",
        roles=STAFF,
        query=schemas.SessionQuery,
        answer=schemas.SessionAnswer,
        paged=True,
        summary="List sessions in the order in which they begin",
    )
    def list_sessions(self, connection: Connection, request: Request) -> dict[str, Any]:
        mine = request.caller.municipalities
        return listed(request, queries.list_sessions(connection, mine, request.args, window(request)), body)

    @http(
        "GET",
        "/v1/sessions.ics",
        roles=PUBLIC,
        content_type=calendar.CONTENT_TYPE,
        summary="Coming info sessions as a calendar",
    )
    def sessions_calendar(self, connection: Connection, request: Request) -> Answer:
        """Without sign-in. Only info sessions: trainings and meetings are not for the public."""
        now = self.app.clock.now()
        text = calendar.calendar(queries.public_sessions(connection, now), now)
        return Answer(text, headers={"Cache-Control": "public, max-age=300"})

    @http("GET", "/v1/sessions/{id}", roles=STAFF, answer=schemas.SessionAnswer, summary="Read a session")
    def get_session(self, connection: Connection, request: Request) -> Answer:
        row = one(connection, table, request.params["id"], "session")
        demand_municipality(request.caller, row["municipality"], "session", row["id"])
        return shown(row, body)

    @http(
        "PATCH",
        "/v1/sessions/{id}",
        roles=COORDINATOR,
        body=schemas.SessionPatch,
        answer=schemas.SessionAnswer,
        summary="Change a planned session",
    )
    def change_session(self, uow: UnitOfWork, request: Request) -> Answer:
        """With more seats, those who wait move up. Fewer seats than are taken is a conflict."""
        id, expected = request.params["id"], expected_version(request)
        return shown(sessions.change_session(uow, request.caller, id, expected, request.data), body)

    @http(
        "POST",
        "/v1/sessions/{id}/cancel",
        roles=COORDINATOR,
        answer=schemas.SessionAnswer,
        summary="Cancel a session and its registrations",
    )
    def cancel_session(self, uow: UnitOfWork, request: Request) -> Answer:
        id, expected = request.params["id"], version_if_given(request)
        return shown(sessions.cancel_session(uow, request.caller, id, expected), body)

    @http(
        "POST",
        "/v1/sessions/{id}/held",
        roles=STAFF,
        body=schemas.Attendance,
        answer=schemas.SessionAnswer,
        summary="Record who came, as counts",
    )
    def hold_session(self, uow: UnitOfWork, request: Request) -> Answer:
        """Attendance is counted, never invented as persons. Send other counts with If-Match to correct it."""
        id, expected = request.params["id"], version_if_given(request)
        return shown(sessions.hold_session(uow, request.caller, id, expected, request.data), body)

    @http(
        "PUT",
        "/v1/sessions/{id}/registrations/{registration}",
        roles=STAFF,
        body=schemas.RegistrationPut,
        answer=schemas.RegistrationAnswer,
        status=CREATED,
        summary="Take seats in a session",
    )
    def make_registration(self, uow: UnitOfWork, request: Request) -> Answer:
        """When the seats are taken, a place on the waiting list. Give the person the reference of the answer."""
        session, id = request.params["id"], request.params["registration"]
        result = registrations.make_registration(uow, request.caller, session, id, request.data, randbelow)
        return made(result, registration_body)

    @http(
        "GET",
        "/v1/sessions/{id}/registrations",
        roles=STAFF,
        query=schemas.RegistrationQuery,
        answer=schemas.RegistrationAnswer,
        paged=True,
        summary="List the registrations of a session in the order in which they came",
    )
    def list_registrations(self, connection: Connection, request: Request) -> dict[str, Any]:
        session = one(connection, table, request.params["id"], "session")
        demand_municipality(request.caller, session["municipality"], "session", session["id"])
        page = queries.list_registrations(connection, session["id"], request.args, window(request))
        return listed(request, page, registration_body)

    @http(
        "POST",
        "/v1/sessions/{id}/registrations/{registration}/cancel",
        roles=STAFF,
        answer=schemas.RegistrationAnswer,
        summary="Give seats back",
    )
    def cancel_registration(self, uow: UnitOfWork, request: Request) -> Answer:
        """Those who wait move up, in order."""
        session, id = request.params["id"], request.params["registration"]
        expected = version_if_given(request)
        row = registrations.cancel_registration(uow, request.caller, session, id, expected)
        return shown(row, registration_body)
