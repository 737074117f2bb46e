"""Bytes become requests, within limits. Knows nothing of sockets, so that it can be fed by hand.

The limits hold while a request is still arriving: nothing is collected that will be refused anyway.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Any

import httptools

from chassis.http import problems
from chassis.http.request import Request
from chassis.refusals import Reason


@dataclass(frozen=True, slots=True)
class Limits:
    """How much and how long one client, or all of them together, may ask of the server (bytes and seconds)."""

    head_bytes: int = 32 * 1024
    url_bytes: int = 24 * 1024
    body_bytes: int = 1024 * 1024
    public_body_bytes: int = 64 * 1024
    """Of a route that takes no token."""
    all_bodies_bytes: int = 32 * 1024 * 1024
    """Of all requests that are arriving or being answered."""
    head_seconds: float = 10.0
    body_seconds: float = 60.0
    send_seconds: float = 30.0
    idle_seconds: float = 75.0
    linger_seconds: float = 15.0
    connections: int = 512


@dataclass(frozen=True, slots=True)
class Refusal:
    """This connection's bytes lead to no further request: answer with this problem and close."""

    type: problems.ProblemType
    code: str


BROKEN = Refusal(problems.BAD_REQUEST, "notHttp")
HEAD_TOO_LARGE = Refusal(problems.HEADERS_TOO_LARGE, "headersTooLarge")
URL_TOO_LONG = Refusal(problems.URL_TOO_LONG, "urlTooLong")
UNKNOWN_EXPECTATION = Refusal(problems.BAD_REQUEST, "unknownExpectation")
HEADER_FRAME = len(": \r\n")
NO_HOST = re.compile(r"[^!-~]|[,/?#@\\\"<>^`{|}]")
"""What no name of a host holds (RFC 3986 §3.2.2); a comma joins two of them."""


def too_large(limit: int) -> Refusal:
    """A body is over its limit of bytes."""
    return Refusal(problems.TOO_LARGE, Reason("bodyTooLarge", kibibytes=limit // 1024))


class RequestParser:
    """One connection's stream. `feed` it; complete requests queue up in `requests`, in order.

    `started` tells that a request is under way; `arriving` is that request once its headers are complete, still without
    its body, of which `body_bytes` are here; `wants_continue` tells that the client waits for `100 Continue` before it
    sends the body. `close` it at the end: httptools and this object refer to one another, and nothing collects them soon.
    """

    def __init__(self, limits: Limits) -> None:
        self.requests: deque[tuple[Request, bool]] = deque()
        self.started = False
        self.arriving: Request | None = None
        self.wants_continue = False
        self.received = 0
        self._begun = 0
        self._head = bytearray()
        self._limits = limits
        self._refusal: Refusal | None = None
        self._parser: Any = httptools.HttpRequestParser(self)
        self.on_message_begin()
        self.started = False

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the request under way, as far as they have arrived."""
        return self._headers

    def close(self) -> None:
        """Let go of what was collected. Nothing can be fed any more."""
        self._parser = None
        self._head.clear()
        self._body.clear()

    @property
    def stage(self) -> tuple[int, bool, bool]:
        """Which request is arriving, if any, and whether its body is: each stage has a deadline of its own."""
        return self._begun, self.started, self.arriving is not None

    @property
    def body_bytes(self) -> int:
        """How much is here of the body that is arriving."""
        return len(self._body)

    def feed(self, data: bytes) -> Refusal | None:
        """Take the next bytes; why they are refused, if so. Requests completed before the fault stay in `requests`."""
        self.received += len(data)
        if not self.started:
            self._head.clear()
        if not self.started or self.arriving is None:
            self._head += data
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            # No other protocol is spoken here: the request counts as plain HTTP, and is the connection's last.
            pass
        except httptools.HttpParserError:
            return self._refusal or BROKEN
        if not self.started or self.arriving is not None:
            self._head.clear()
        return self._refusal or (self._over() if self.started else None)

    def _over(self) -> Refusal | None:
        limits = self._limits
        if self.arriving is None:
            return HEAD_TOO_LARGE if self.received > limits.head_bytes else None
        # Chunk frames and trailers never reach `on_body`.
        most = limits.head_bytes + 2 * limits.body_bytes
        return too_large(limits.body_bytes) if self.received > most else None

    def on_message_begin(self) -> None:
        self._begun += 1
        self.started = True
        self.arriving = None
        self._url = b""
        self._headers: dict[str, str] = {}
        self._head_bytes = 0
        self._body = bytearray()

    def on_url(self, part: bytes) -> None:
        self._url += part
        if len(self._url) > self._limits.url_bytes:
            self._refuse(URL_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_bytes += len(name) + len(value) + HEADER_FRAME
        if self._head_bytes > self._limits.head_bytes:
            self._refuse(HEAD_TOO_LARGE)
        elif self.arriving is None:
            key = name.decode("latin-1").lower()
            text = value.decode("latin-1")
            before = self._headers.get(key)
            self._headers[key] = text if before is None else f"{before}, {text}"

    def on_headers_complete(self) -> None:
        parser, headers = self._parser, self._headers
        version = parser.get_http_version()
        self._keep_alive = version == "1.1" and parser.should_keep_alive() and not parser.should_upgrade()
        path, query = self._target()
        self.arriving = Request(parser.get_method().decode("ascii"), path, headers, query)
        # httptools takes any number of spaces between the three parts of the request line; RFC 9112 §3 says one.
        line = b"%s %s HTTP/%s\r\n" % (parser.get_method(), self._url, version.encode("ascii"))
        if line not in self._head or not _well_formed(version, headers):
            self._refuse(BROKEN)
        length = headers.get("content-length")
        if length is not None and int(length) > self._limits.body_bytes:
            self._refuse(too_large(self._limits.body_bytes))
        expectation = headers.get("expect")
        if expectation is not None:
            if expectation.lower() == "100-continue":
                self.wants_continue = version == "1.1"
            else:
                self._refuse(UNKNOWN_EXPECTATION)

    def on_body(self, part: bytes) -> None:
        self.wants_continue = False
        if len(self._body) + len(part) > self._limits.body_bytes:
            self._refuse(too_large(self._limits.body_bytes))
        if self._refusal is None:
            self._body += part

    def on_message_complete(self) -> None:
        self.started = False
        self.wants_continue = False
        self.received = 0
        request, self.arriving = self.arriving, None
        if self._refusal is None and request is not None:
            request.body = bytes(self._body)
            self.requests.append((request, self._keep_alive))
        self._body.clear()

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


def _well_formed(version: str, headers: dict[str, str]) -> bool:
    """Whether the headers say of one host and of one body (RFC 9112 §3.2, §6.1). Headers given twice are joined by a comma."""
    if version not in ("1.1", "1.0"):
        return False
    host = headers.get("host")
    if host is None and version == "1.1":
        return False
    coding = headers.get("transfer-encoding")
    return NO_HOST.search(host or "") is None and (
        coding is None or (version == "1.1" and coding.strip().lower() == "chunked")
    )
