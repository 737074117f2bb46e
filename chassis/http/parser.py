"""Bytes become requests, within limits. Knows nothing of sockets, so that it can be fed by hand.

The limits hold while a request is still arriving: nothing is collected that will be refused anyway.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

import httptools

from chassis.http import problems
from chassis.http.request import Request
from chassis.refusals import Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long one client may ask of the server (bytes and seconds)."""

    head_bytes: int = 32 * 1024
    url_bytes: int = 8 * 1024
    body_bytes: int = 1024 * 1024
    head_seconds: float = 10.0
    body_seconds: float = 60.0
    send_seconds: float = 30.0
    idle_seconds: float = 75.0
    linger_seconds: float = 15.0
    connections: int = 512


class Refusal(Exception):
    """This connection's bytes lead to no further request: answer with this problem and close."""

    def __init__(self, type: problems.ProblemType, code: str) -> None:
        super().__init__(code)
        self.type = type
        self.code = code


BROKEN = Refusal(problems.BAD_REQUEST, "notHttp")
HEAD_TOO_LARGE = Refusal(problems.HEADERS_TOO_LARGE, "headersTooLarge")
URL_TOO_LONG = Refusal(problems.URL_TOO_LONG, "urlTooLong")
UNKNOWN_EXPECTATION = Refusal(problems.BAD_REQUEST, "unknownExpectation")


class RequestParser:
    """One connection's stream. `feed` it; complete requests queue up in `requests`, in order.

    `started` tells that a request is under way, `in_body` that its headers are complete, `wants_continue` that
    the client waits for `100 Continue` before it sends the body.
    """

    def __init__(self, limits: Limits) -> None:
        self.requests: deque[tuple[Request, bool]] = deque()
        self.started = False
        self.in_body = False
        self.wants_continue = False
        self._limits = limits
        self._too_large = Refusal(
            problems.TOO_LARGE, Reason("bodyTooLarge", kibibytes=limits.body_bytes // 1024)
        )
        self._refusal: Refusal | None = None
        self._received = 0
        self._parser = httptools.HttpRequestParser(self)
        self.on_message_begin()
        self.started = False

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of the request under way, as far as they have arrived."""
        return self._headers

    def feed(self, data: bytes) -> None:
        """Take the next bytes. Raises Refusal; requests completed before the fault stay in `requests`."""
        self._received += len(data)
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # No other protocol is spoken here: the request counts as plain HTTP, and is the connection's last.
            pass
        except httptools.HttpParserError:
            raise self._refusal or BROKEN from None
        if self._refusal is not None:
            raise self._refusal
        if self.started:
            self._bound()

    def _bound(self) -> None:
        if not self.in_body:
            if self._received > self._limits.head_bytes:
                raise HEAD_TOO_LARGE
        elif self._received > self._limits.head_bytes + 2 * self._limits.body_bytes:
            # Chunk frames and trailers never reach `on_body`.
            raise self._too_large

    def on_message_begin(self) -> None:
        self.started = True
        self.in_body = False
        self._url = b""
        self._headers: dict[str, str] = {}
        self._head_bytes = 0
        self._body: list[bytes] = []
        self._body_bytes = 0

    def on_url(self, part: bytes) -> None:
        self._url += part
        if len(self._url) > self._limits.url_bytes:
            self._refuse(URL_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_bytes += len(name) + len(value)
        if self._head_bytes > self._limits.head_bytes:
            self._refuse(HEAD_TOO_LARGE)
        elif not self.in_body:
            key = name.decode("latin-1").lower()
            text = value.decode("latin-1")
            before = self._headers.get(key)
            self._headers[key] = text if before is None else f"{before}, {text}"

    def on_headers_complete(self) -> None:
        self.in_body = True
        parser, headers = self._parser, self._headers
        old = parser.get_http_version() != "1.1"
        self._keep_alive = not old and parser.should_keep_alive() and not parser.should_upgrade()
        if not old and "host" not in headers:
            self._refuse(BROKEN)
        length = headers.get("content-length")
        if length is not None and int(length) > self._limits.body_bytes:
            self._refuse(self._too_large)
        expectation = headers.get("expect")
        if expectation is not None:
            if expectation.lower() == "100-continue":
                self.wants_continue = not old
            else:
                self._refuse(UNKNOWN_EXPECTATION)

    def on_body(self, part: bytes) -> None:
        self.wants_continue = False
        self._body_bytes += len(part)
        if self._body_bytes > self._limits.body_bytes:
            self._refuse(self._too_large)
        else:
            self._body.append(part)

    def on_message_complete(self) -> None:
        self.started = False
        self.wants_continue = False
        self._received = 0
        if self._refusal is not None:
            return
        method = self._parser.get_method().decode("ascii")
        path, query = self._target()
        body = self._body[0] if len(self._body) == 1 else b"".join(self._body)
        self.requests.append((Request(method, path, self._headers, query, body), self._keep_alive))

    def _target(self) -> tuple[str, str]:
        url = self._url.partition(b"#")[0]
        if not url.startswith(b"/"):
            try:
                parts = httptools.parse_url(url)
            except httptools.HttpParserInvalidURLError:
                return "*", ""
            url = (parts.path or b"/") + (b"?" + parts.query if parts.query else b"")
        path, _, query = url.partition(b"?")
        return path.decode("latin-1"), query.decode("latin-1")

    def _refuse(self, refusal: Refusal) -> None:
        if self._refusal is None:
            self._refusal = refusal
