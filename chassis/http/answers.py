"""Rows as answers: one with its ETag, one that was put, one page of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chassis.http.messages import Answer, Request, etag, expected_version
from chassis.http.paging import page_of

STAFF = frozenset({"helper", "coordinator"})
COORDINATOR = frozenset({"coordinator"})

CREATED = {201: "Created", 200: "Was there already, with the same content"}


def shown(row: Mapping[str, Any], body: Callable[[Mapping[str, Any]], Any], status: int = 200) -> Answer:
    """A row as an answer with its ETag."""
    return Answer(body(row), status, {"ETag": etag(row["version"])})


def made(result: tuple[dict[str, Any], bool], body: Callable[[Mapping[str, Any]], Any]) -> Answer:
    """A row that was put: 201 when it is new, 200 when it was there."""
    row, new = result
    return shown(row, body, 201 if new else 200)


def listed(request: Request, page: tuple[list[Any], int], body: Callable[[Any], Any]) -> dict[str, Any]:
    """One page of rows."""
    rows, total = page
    return page_of(request, [body(row) for row in rows], total)


def version_if_given(request: Request) -> int | None:
    """What `If-Match` says on a route that does not insist on it."""
    return expected_version(request) if "if-match" in request.headers else None
