"""One-time addresses: for a document in a link, a new tab or a print window, none of which sends a bearer token.

`POST` to the address of the document with `/ticket` gives an address that opens that document, and nothing else, with the
rights that the caller has now. It works once, within a minute, at every replica: tickets are in the database, hashed, because
whoever reads a backup shall not open anything. The address is random and says nothing of what it opens.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from marshmallow import Schema, fields

from chassis.errors import NotFound
from chassis.http import validation
from chassis.http.auth import Actor
from chassis.http.entrypoint import http
from chassis.http.request import Request
from chassis.http.responses import JSON, Response
from chassis.http.roles import PUBLIC
from chassis.http.route import Route
from chassis.runtime.timer import every
from chassis.storage.tables import tickets

if TYPE_CHECKING:
    from chassis.runtime.application import Application

LIFE = timedelta(seconds=60)
MOST = 20
"""Tickets that one caller may have open; another one takes the place of the oldest."""

FRAMED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""The desk may show the document in a frame, and the viewer of a browser may work."""


class Ticket(Schema):
    """An address that opens a document once, without a token."""

    href = fields.String(
        required=True, metadata={"description": "Open it within a minute; a second time it is not there."}
    )
    expiresAt = fields.AwareDateTime(required=True)


def one_time(
    function: Callable[..., Any], require: Callable[[sa.Connection, Request], object] | None = None
) -> Callable[..., Any]:
    """The route that makes tickets for a route that gives a document.

    `require` raises what the document itself would answer to a caller for whom it is not there.
    """
    route = route_of(function)

    def make(service: Any, request: Request) -> Response:
        if require is not None:
            with service.app.database.read() as connection:
                require(connection, request)
        token = secrets.token_urlsafe(32)
        expires = service.app.clock.now() + LIFE
        row = {
            "token_hash": _hash(token),
            "subject": request.caller.subject,
            "route": route.name,
            "params": request.params,
            "query": request.raw_query,
            "actor": _written(request.caller),
            "expires_at": expires,
        }
        with service.app.database.begin() as connection:
            _make_room(connection, request.caller.subject, service.app.clock.now())
            connection.execute(sa.insert(tickets), row)
        return Response(
            {"href": f"/{service.name}/v1/tickets/{token}", "expiresAt": expires},
            201,
            {"Cache-Control": "no-store"},
        )

    make.__name__ = make.__qualname__ = f"ticket_for_{route.name}"
    make.__doc__ = "It opens what this request asks for, for whoever has the address: give it to nobody."
    decorate = http(
        "POST",
        f"{route.path}/ticket",
        roles=route.roles,
        query=route.query,
        response=Ticket,
        status={201: "An address that works once, for a minute"},
        unit=None,
        summary=f"A one-time address, for a link: {route.summary[0].lower()}{route.summary[1:]}",
    )
    return decorate(make)


def route_of(function: Callable[..., Any]) -> Route:
    """The route that an `@http` function serves."""
    return next(each.route for each in function.nameko_entrypoints)  # type: ignore[attr-defined,no-any-return]


class TicketRoutes:
    """Mixed into every service class: opens the tickets that its documents gave."""

    name: str
    app: Application

    @every(3600)
    def forget_tickets(self) -> None:
        with self.app.database.begin() as connection:
            connection.execute(sa.delete(tickets).where(tickets.c.expires_at < self.app.clock.now()))

    @http(
        "GET",
        "/v1/tickets/{ticket:text}",
        roles=PUBLIC,
        unit=None,
        content_type="*/*",
        status={200: "The document", 404: "Opened already, expired, or never given"},
        summary="Open a document by a one-time address",
    )
    def open_ticket(self, request: Request) -> Response:
        """Needs no token: the address is one."""
        this = tickets.c.token_hash == _hash(request.params["ticket"])
        with self.app.database.read() as connection:
            found = connection.execute(sa.select(tickets).where(this)).mappings().first()
        if found is None or found["expires_at"] <= self.app.clock.now():
            raise _gone()
        if request.method == "HEAD":  # Who only looks has not opened it.
            kind = route_of(getattr(self, found["route"])).content_type
            return Response(b"", headers={"Content-Type": kind or JSON})
        with self.app.database.begin() as connection:
            if connection.execute(sa.delete(tickets).where(this)).rowcount == 0:
                raise _gone()  # Another request was first.
        response = self._open(dict(found), request)
        if response.status >= 500:  # Nothing was opened, so it may be tried again.
            with self.app.database.begin() as connection:
                connection.execute(sa.insert(tickets), dict(found))
        response.headers |= {"Cache-Control": "no-store", "Content-Security-Policy": FRAMED}
        return response

    def _open(self, ticket: Mapping[str, Any], request: Request) -> Response:
        serve = getattr(self, ticket["route"])
        told = {name: value for name, value in request.headers.items() if name == "accept-language"}
        opened = Request("GET", request.path, told, raw_query=ticket["query"], trace=request.trace)
        opened.params, opened.actor = ticket["params"], _actor(ticket["actor"])
        validation.checks(route_of(serve))(opened)
        response: Response = serve(opened)
        return response


def _gone() -> NotFound:
    return NotFound("ticketGone")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _make_room(connection: sa.Connection, subject: str, now: Any) -> None:
    connection.execute(sa.delete(tickets).where(tickets.c.expires_at < now))
    theirs = (
        sa.select(tickets.c.token_hash)
        .where(tickets.c.subject == subject)
        .order_by(tickets.c.expires_at.desc())
        .offset(MOST - 1)
    )
    too_many = connection.execute(theirs).scalars().all()
    if too_many:
        connection.execute(sa.delete(tickets).where(tickets.c.token_hash.in_(too_many)))


NOT_KEPT = ("expires", "token", "made_at")
"""A ticket has a life of its own, of a minute."""


def _written(actor: Actor) -> dict[str, Any]:
    return {
        name: sorted(value) if isinstance(value, frozenset) else value
        for name, value in asdict(actor).items()
        if name not in NOT_KEPT
    }


def _actor(written: Mapping[str, Any]) -> Actor:
    values: dict[str, Any] = {
        name: frozenset(value) if isinstance(value, list) else value for name, value in written.items()
    }
    return Actor(**values)
