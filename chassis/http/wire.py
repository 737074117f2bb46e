"""A response as bytes, with the headers that every response has.

Nothing may be cached, embedded or sniffed unless the route says so.
"""

from __future__ import annotations

import time
from email.utils import formatdate
from http import HTTPStatus

from chassis.http.responses import Response, payload

STATUS_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n" for status in HTTPStatus}
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
DEFAULTS = {
    "cache-control": "Cache-Control: no-store\r\n",
    "content-security-policy": "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n",
}
ALWAYS = "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
COMMON = "".join(DEFAULTS.values()) + ALWAYS
BODILESS = frozenset({204, 304})
OF_A_BODY = frozenset({"Content-Type", "Content-Encoding", "Content-Length"})
"""What a 304 does not say, for it describes a body."""

_date = (0, "")


def serialize(response: Response, *, trace: str, head_only: bool, close: bool) -> bytes:
    """The whole response. `trace` is the trace id, under which the logs know this request.

    Raises when the response cannot be written: a body that is not JSON, a header that is not Latin-1 or breaks a line.
    """
    body = payload(response)
    headers = response.headers
    lines = [STATUS_LINES[response.status], _date_header()]
    if "Cache-Control" in headers or "Content-Security-Policy" in headers:
        given = {name.lower() for name in headers}
        lines += [line for name, line in DEFAULTS.items() if name not in given]
        lines.append(ALWAYS)
    else:
        lines.append(COMMON)
    if trace:
        lines.append(f"BelGov-Trace-Id: {trace}\r\n")
    for name, value in headers.items():
        if "\n" in value or "\r" in value:
            raise ValueError(f"a line break in the header {name}")
        lines.append(f"{name}: {value}\r\n")
    if response.status in BODILESS:
        body = b""
    else:
        lines.append(f"Content-Length: {len(body)}\r\n")
    lines.append("Connection: close\r\n\r\n" if close else "\r\n")
    head = "".join(lines).encode("latin-1")
    return head if head_only else head + body


def not_modified(response: Response, if_none_match: str) -> Response:
    """304 when the client has this version already (RFC 9110 §13.1.2, weak comparison), or any; else the response as it is."""
    tag = response.headers.get("ETag", "").removeprefix("W/")
    known = [each.strip().removeprefix("W/") for each in if_none_match.split(",")]
    if known != ["*"] and (not tag or tag not in known):
        return response
    # A browser puts these over what it kept with the body, so a policy that is left out would be the strictest one.
    headers = {name: value for name, value in response.headers.items() if name not in OF_A_BODY}
    return Response(b"", 304, headers)


def _date_header() -> str:
    """The Date header, formatted once a second."""
    global _date
    now = int(time.time())
    if _date[0] != now:
        _date = (now, f"Date: {formatdate(now, usegmt=True)}\r\n")
    return _date[1]
