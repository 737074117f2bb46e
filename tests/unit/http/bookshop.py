"""A small service that uses every promise of `@http`, for the tests around it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from eventlet.event import Event
from marshmallow import Schema, fields, validate
from nameko.extensions import DependencyProvider

from chassis.errors import Conflict, NotFound, StaleVersion
from chassis.http import PUBLIC, Request, Response, etag, expected_version, http, page_of, window
from chassis.http.fields import Flag, List
from chassis.outbox.unit_of_work import UnitOfWork
from chassis.refusals import REFUSALS, Catalogue
from chassis.runtime.application import Application
from chassis.storage.tables import Id, new_metadata

metadata = new_metadata()
books = sa.Table(
    "books",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

KINDS = ["novel", "comic", "other"]


class Part(Schema):
    """A part of a book."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    pages = fields.Integer(validate=validate.Range(1, 10_000))


class BookSchema(Schema):
    """A book."""

    title = fields.String(required=True, validate=validate.Length(1, 200))
    kind = fields.String(load_default="other", validate=validate.OneOf(KINDS))
    printed = fields.Date(load_only=True)
    parts = List(fields.Nested(Part), load_only=True, validate=validate.Length(max=5))
    signed = Flag(load_only=True)


class BookFilter(Schema):
    """Which books."""

    kind = List(fields.String(validate=validate.OneOf(KINDS)), validate=validate.Length(max=400))
    since = fields.Date()
    signed = Flag()


class BookAnswer(BookSchema):
    """A book as it is kept."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class ApplicationProvider(DependencyProvider):
    """Gives the application without the relay that the chassis' own provider runs."""

    def get_dependency(self, context: Any) -> Application:
        return self.container.config["application"]


class Library:
    """Books, to test with."""

    name = "library"
    refusals = Catalogue(__file__, REFUSALS)
    app: Application = ApplicationProvider()
    held = Event()
    """Send it to let `hold` end."""

    @http(
        "GET",
        "/v1/books",
        roles={"helper", "coordinator"},
        query=BookFilter,
        response=BookAnswer,
        paged=True,
        summary="Find books",
    )
    def find(self, connection: sa.Connection, request: Request) -> dict[str, Any]:
        limit, offset = window(request)
        chosen = sa.select(books)
        if "kind" in request.args:
            chosen = chosen.where(books.c.kind.in_(request.args["kind"]))
        total = connection.execute(sa.select(sa.func.count()).select_from(chosen.subquery())).scalar_one()
        rows = connection.execute(chosen.order_by(books.c.title).limit(limit).offset(offset)).mappings()
        return page_of(request, [dict(row) for row in rows], total)

    @http(
        "GET", "/v1/books/{id}", roles={"helper", "coordinator"}, response=BookAnswer, summary="Read a book"
    )
    def read(self, connection: sa.Connection, request: Request) -> Response:
        return _shown(_row(connection, request))

    @http(
        "PUT",
        "/v1/books/{id}",
        roles={"coordinator"},
        body=BookSchema,
        response=BookAnswer,
        status={201: "Added", 200: "The same again"},
        summary="Add a book",
    )
    def put(self, uow: UnitOfWork, request: Request) -> Response:
        values = {"id": request.params["id"], "title": request.data["title"], "kind": request.data["kind"]}
        known = uow.connection.execute(sa.select(books).where(books.c.id == values["id"])).mappings().first()
        if known is None:
            uow.connection.execute(sa.insert(books).values(version=1, **values))
            return Response({**values, "version": 1}, 201, {"ETag": etag(1)})
        if known["title"] != values["title"]:
            raise Conflict("idTaken")
        return _shown(known)

    @http(
        "PATCH",
        "/v1/books/{id}",
        roles={"coordinator"},
        body=BookSchema(partial=True),
        response=BookAnswer,
        summary="Change a book",
    )
    def change(self, uow: UnitOfWork, request: Request) -> Response:
        version = expected_version(request)
        row = _row(uow.connection, request)
        if row["version"] != version:
            raise StaleVersion(row["version"])
        new = {"title": request.data.get("title", row["title"]), "version": version + 1}
        uow.connection.execute(sa.update(books).where(books.c.id == row["id"]).values(new))
        return _shown({**row, **new})

    @http(
        "POST",
        "/v1/books",
        roles={"coordinator"},
        body=BookSchema,
        response=BookAnswer,
        status={201: "Added"},
        summary="Add a book under an id of ours",
    )
    def add(self, uow: UnitOfWork, request: Request) -> Response:
        return _added(uow, request)

    @http(
        "POST",
        "/v1/shelves",
        roles={"coordinator"},
        body=BookSchema,
        status={201: "Added"},
        summary="Add a book in Landen",
    )
    def shelve(self, uow: UnitOfWork, request: Request) -> Response:
        if "24059" not in request.caller.municipalities:
            raise NotFound("shelfNotFound")
        return _added(uow, request)

    @http("GET", "/v1/alive", roles=PUBLIC, unit=None, worker="none", summary="Waits for nobody")
    def alive(self, request: Request) -> dict[str, bool]:
        return {"alive": True}

    @http("GET", "/v1/document", roles=PUBLIC, unit=None, worker="few", summary="Takes long")
    def document(self, request: Request) -> dict[str, bool]:
        return {"made": bool(Library.held.wait() or True)}

    @http("GET", "/v1/hours", roles=PUBLIC, unit=None, summary="Opening hours", content_type="text/plain")
    def hours(self, request: Request) -> str:
        return "wo 9-12"

    @http("GET", "/v1/broken", roles=PUBLIC, unit=None, summary="Fails")
    def broken(self, request: Request) -> None:
        raise RuntimeError("Jan Peeters 85.07.30-033.28")

    @http("GET", "/v1/away", roles=PUBLIC, unit=None, summary="Meets a database that is down")
    def away(self, request: Request) -> None:
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("connection refused"))

    @http("GET", "/v1/trace", roles=PUBLIC, unit=None, summary="The trace that handlers see")
    def trace(self, request: Request) -> dict[str, str]:
        return {"trace": request.trace}

    @http("GET", "/v1/hold", roles=PUBLIC, unit=None, summary="Waits")
    def hold(self, request: Request) -> dict[str, bool]:
        return {"held": bool(Library.held.wait() or True)}


def _added(uow: UnitOfWork, request: Request) -> Response:
    values = {
        "id": uow.new_id(),
        "title": request.data["title"],
        "kind": request.data["kind"],
        "version": 1,
    }
    uow.connection.execute(sa.insert(books).values(values))
    if values["title"] == "fail":
        raise Conflict("titleNotWanted")
    return Response(values, 201)


def _row(connection: sa.Connection, request: Request) -> Any:
    id = request.params["id"]
    row = connection.execute(sa.select(books).where(books.c.id == id)).mappings().first()
    if row is None:
        raise NotFound("book", id)
    return row


def _shown(row: Any) -> Response:
    return Response(dict(row), headers={"ETag": etag(row["version"])})
