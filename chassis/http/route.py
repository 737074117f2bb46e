"""What one route promises: who may call it, what it takes, what it gives. Server, checks and OpenAPI read this."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from marshmallow import Schema

from chassis.http.responses import Response, payload

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

    @property
    def parameters(self) -> list[Parameter]:
        """The path's parameters, in order."""
        return [Parameter(name, bool(text)) for name, text in PARAMETER.findall(self.path)]

    @property
    def public(self) -> bool:
        """Whether it may be called without a token."""
        return not self.roles

    def as_response(self, result: Any) -> Response:
        """What a function returned, as a Response in bytes: a bare body gets the first status of the route."""
        response = result if isinstance(result, Response) else Response(result, next(iter(self.status)))
        if self.content_type and isinstance(response.body, str | bytes):
            response.headers.setdefault("Content-Type", self.content_type)
        response.body = payload(response)
        return response


def instance(schema: SchemaLike) -> Schema:
    """A schema given as a class or as an instance."""
    return schema() if isinstance(schema, type) else schema
