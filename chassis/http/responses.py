"""What a handler gives back: a `Response`, or one made from rows: a resource with its ETag, or a page of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast
from uuid import UUID

from chassis.http.paging import page_of
from chassis.http.request import Request

R = TypeVar("R", bound=Mapping[str, object])

JSON = "application/json"

CREATED = {201: "Created", 200: "Was there already, with the same content"}
"""The statuses of a route that answers with `created`."""


@dataclass(slots=True)
class Response:
    """What goes back: a dict or list becomes JSON, text and bytes go as they are under their Content-Type."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def etag(version: int, shown: object = None) -> str:
    """The `ETag` of a resource at this version; with `shown`, also of what can change in it while the version stays."""
    if shown is None:
        return f'"{version}"'
    digest = hashlib.blake2b(to_json(shown).encode(), digest_size=6).hexdigest()
    return f'"{version}-{digest}"'


def resource(
    row: R, to_api: Callable[[R], Any], status: int = 200, *, with_computed: bool = False
) -> Response:
    """A row as a response with its ETag. `with_computed`: it shows more than the row, such as the seats that are taken."""
    shown = to_api(row)
    tag = etag(cast(int, row["version"]), shown if with_computed else None)
    return Response(shown, status, {"ETag": tag})


def created(result: tuple[R, bool], to_api: Callable[[R], Any]) -> Response:
    """A row that was put: 201 when it is new, 200 when it was there."""
    row, new = result
    return resource(row, to_api, 201 if new else 200)


def page(request: Request, found: tuple[Sequence[Any], int], to_api: Callable[[Any], Any]) -> dict[str, Any]:
    """One page of the rows that were found, out of their total."""
    rows, total = found
    return page_of(request, [to_api(row) for row in rows], total)


def _json_form(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


to_json = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=_json_form, allow_nan=False
).encode
"""Compact JSON text; moments in UTC with `Z`, days as ISO dates. Raises ValueError for NaN and Infinity, which JSON has not."""


def payload(response: Response) -> bytes:
    """The bytes of the body; sets the Content-Type of JSON."""
    body = response.body
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    response.headers.setdefault("Content-Type", JSON)
    return to_json(body).encode()
