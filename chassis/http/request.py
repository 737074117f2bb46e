"""What a handler gets: one request, read completely; plain data, free of sockets and of nameko."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chassis.errors import InvalidInput, Issue, VersionRequired
from chassis.refusals import preferred

if TYPE_CHECKING:
    from chassis.http.auth import Actor

VERSION = re.compile(r'(?:W/)?"(\d{1,9})(?:-[0-9a-f]+)?"')
"""An edge that compresses a response weakens its entity tag; the version in it stays the same."""


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
    address: str = ""
    """Where the connection comes from: who asks, or the proxy before us."""

    @property
    def language(self) -> str:
        """The language in which the caller reads refusals: `nl`, `fr` or `en`."""
        return preferred(self.headers.get("accept-language", ""))

    @property
    def caller(self) -> Actor:
        """The actor of a route that needs a token; such a route never runs without one."""
        assert self.actor is not None, "a public route has no caller"
        return self.actor


def expected_version(request: Request) -> int:
    """The version that the caller wants to change, from `If-Match`.

    Raises VersionRequired without the header, InvalidInput when it is not one of our entity tags.
    """
    given = request.headers.get("if-match")
    if given is None:
        raise VersionRequired
    match = VERSION.fullmatch(given.strip())
    if match is None:
        raise InvalidInput([Issue("ifMatchUnreadable", "If-Match", where="header")])
    return int(match[1])


def version_if_given(request: Request) -> int | None:
    """The version in `If-Match` on a route that does not require the header; None without it."""
    return expected_version(request) if "if-match" in request.headers else None
