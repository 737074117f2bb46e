"""Rows as answers: one with its ETag, one that was put, one page of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from chassis.http.messages import Request, Response, etag, expected_version
from chassis.http.paging import page_of

R = TypeVar("R", bound=Mapping[str, Any])

STAFF = frozenset({"helper", "coordinator"})
COORDINATOR = frozenset({"coordinator"})

CREATED = {201: "Created", 200: "Was there already, with the same content"}


def resource(row: R, body: Callable[[R], Any], status: int = 200) -> Response:
    """A row as an answer with its ETag."""
    return Response(body(row), status, {"ETag": etag(row["version"])})


def created(result: tuple[R, bool], body: Callable[[R], Any]) -> Response:
    """A row that was put: 201 when it is new, 200 when it was there."""
    row, new = result
    return resource(row, body, 201 if new else 200)


def page(request: Request, page: tuple[list[R], int], body: Callable[[R], Any]) -> dict[str, Any]:
    """One page of rows."""
    rows, total = page
    return page_of(request, [body(row) for row in rows], total)


def version_if_given(request: Request) -> int | None:
    """What `If-Match` says on a route that does not insist on it."""
    return expected_version(request) if "if-match" in request.headers else None
