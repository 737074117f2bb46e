"""What a handler gets and what it gives back: plain data, free of sockets and of nameko."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from chassis.errors import InvalidInput, Issue, VersionRequired

if TYPE_CHECKING:
    from chassis.http.auth import Actor

JSON = "application/json"
VERSION = re.compile(r'"(\d{1,9})"')


@dataclass(slots=True)
class Request:
    """One request, read completely.

    `headers` have lower-case names; `params` come from the path; `args` and `data` are the query and the body
    after validation; `trace` is a W3C traceparent whose trace id is the caller's own if it sent one.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    raw_query: str = ""
    body: bytes = b""
    params: dict[str, str] = field(default_factory=dict)
    args: dict[str, Any] = field(default_factory=dict)
    data: Any = None
    actor: Actor | None = None
    trace: str = ""

    @property
    def caller(self) -> Actor:
        """The actor of a route that needs a token; such a route never runs without one."""
        assert self.actor is not None, "a public route has no caller"
        return self.actor


@dataclass(slots=True)
class Response:
    """What goes back: a dict or list becomes JSON, text and bytes go as they are under their Content-Type."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def etag(version: int) -> str:
    """The `ETag` of a resource at this version."""
    return f'"{version}"'


def expected_version(request: Request) -> int:
    """The version that the caller wants to change, from `If-Match`.

    Raises VersionRequired without the header, InvalidInput when it is not one of our entity tags.
    """
    given = request.headers.get("if-match")
    if given is None:
        raise VersionRequired("Say which version you change: send its ETag in If-Match.")
    match = VERSION.fullmatch(given.strip())
    if match is None:
        detail = 'If-Match takes the ETag of the resource as it was read, such as "3".'
        raise InvalidInput([Issue(detail, "If-Match", where="header")])
    return int(match[1])


def _plain(value: object) -> object:
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


to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode
"""Compact JSON text; moments in UTC with `Z`, days as ISO dates."""


def payload(answer: Response) -> bytes:
    """The bytes of the body; sets the Content-Type of JSON."""
    body = answer.body
    if body is None:
        return b""
    if isinstance(body, bytes):
        return body
    if isinstance(body, str):
        return body.encode()
    answer.headers.setdefault("Content-Type", JSON)
    return to_json(body).encode()
