"""Collections come in pages of `items` with `total`, `page` and `pageSize`, and links to the neighbours.

Names and rules: BelGIF REST guide, "Pagination".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from marshmallow import fields, validate

from chassis.http.request import Request

DEFAULT_SIZE = 50
MAX_SIZE = 500
MAX_PAGE = 1_000_000

FIELDS: dict[str, fields.Field[Any]] = {
    "page": fields.Integer(
        load_default=1,
        validate=validate.Range(1, MAX_PAGE),
        metadata={"description": "Which page, from 1."},
    ),
    "pageSize": fields.Integer(
        load_default=DEFAULT_SIZE,
        validate=validate.Range(1, MAX_SIZE),
        metadata={"description": "How many items on a page."},
    ),
}
"""What `paged=True` adds to the query of a route."""


def window(request: Request) -> tuple[int, int]:
    """(limit, offset) of the page asked for."""
    size = request.args["pageSize"]
    return size, (request.args["page"] - 1) * size


def page_of(request: Request, items: Sequence[object], total: int) -> dict[str, Any]:
    """The body of one page out of `total` items."""
    size, number = request.args["pageSize"], request.args["page"]
    last = max(1, -(-total // size))
    body: dict[str, Any] = {"items": items, "total": total, "page": number, "pageSize": size}
    body["self"] = _link(request, number)
    body["first"] = _link(request, 1)
    body["last"] = _link(request, last)
    if number > 1:
        body["prev"] = _link(request, min(number - 1, last))
    if number < last:
        body["next"] = _link(request, number + 1)
    return body


def _link(request: Request, page: int) -> str:
    query = [(name, value) for name, value in parse_qsl(request.raw_query) if name != "page"]
    return f"{request.path}?{urlencode([*query, ('page', page)])}"
