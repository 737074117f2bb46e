"""What one route promises: who may call it, what it takes, what it gives. Server, checks and OpenAPI read this."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from marshmallow import Schema

from chassis.http.responses import Response, payload
from chassis.rates import Rated

SchemaLike = Schema | type[Schema]
Unit = Literal["write", "read"] | None
Worker = Literal["any", "few", "none"]
PARAMETER = re.compile(r"\{(\w+)(:text)?\}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of the path in braces: a UUID, or any text when written `{name:text}`."""

    name: str
    text: bool


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """One method on one path of one service; `path` is relative to the service."""

    method: str
    path: str
    roles: frozenset[str]
    summary: str
    body: SchemaLike | None
    query: SchemaLike | None
    response: SchemaLike | None
    status: Mapping[int, str]
    unit: Unit
    paged: bool
    content_type: str | None
    worker: Worker
    name: str
    description: str
    rated: Rated | None = None
    """What its requests are counted as."""

    @property
    def parameters(self) -> list[Parameter]:
        """The path's parameters, in order."""
        return [Parameter(name, bool(text)) for name, text in PARAMETER.findall(self.path)]

    @property
    def public(self) -> bool:
        """Whether it may be called without a token."""
        return not self.roles

    @property
    def tagged(self) -> bool:
        """Whether its answer is a page with a tag, so that a client that polls gets 304 while nothing changed."""
        return self.paged and self.method == "GET"

    def as_response(self, result: Any) -> Response:
        """What a function returned, as a Response in bytes: a bare body gets the first status of the route."""
        response = result if isinstance(result, Response) else Response(result, next(iter(self.status)))
        if self.content_type and isinstance(response.body, str | bytes):
            response.headers.setdefault("Content-Type", self.content_type)
        response.body = payload(response)
        if self.tagged and response.status == 200:
            response.headers.setdefault("ETag", weak_etag(response.body))
        return response


def weak_etag(body: bytes) -> str:
    """The `ETag` of a page: weak, because it says that the content is the same and not that it is one version."""
    return f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def instance(schema: SchemaLike) -> Schema:
    """A schema given as a class or as an instance."""
    return schema() if isinstance(schema, type) else schema
