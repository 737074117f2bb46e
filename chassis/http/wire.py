"""An answer as bytes, with the headers that every answer has.

Nothing may be cached, embedded or guessed at unless the route says so.
"""

from __future__ import annotations

import time
from email.utils import formatdate
from http import HTTPStatus

from chassis.http.messages import Response, payload

STATUS_LINES = {status.value: f"HTTP/1.1 {status.value} {status.phrase}\r\n" for status in HTTPStatus}
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
DEFAULTS = {
    "cache-control": "Cache-Control: no-store\r\n",
    "content-security-policy": "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n",
}
ALWAYS = "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
COMMON = "".join(DEFAULTS.values()) + ALWAYS
BODILESS = frozenset({204, 304})

_date = (0, "")


def serialize(answer: Response, *, trace: str, head_only: bool, close: bool) -> bytes:
    """The whole answer. `trace` is the trace id, under which the logs know this request.

    Raises when the answer cannot be written: a body that is not JSON, a header that is not Latin-1 or breaks a line.
    """
    body = payload(answer)
    headers = answer.headers
    lines = [STATUS_LINES[answer.status], date_line()]
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
    if answer.status in BODILESS:
        body = b""
    else:
        lines.append(f"Content-Length: {len(body)}\r\n")
    lines.append("Connection: close\r\n\r\n" if close else "\r\n")
    head = "".join(lines).encode("latin-1")
    return head if head_only else head + body


def not_modified(answer: Response, known: str) -> Response:
    """304 when the client has this version already (`If-None-Match`, RFC 9110, weak comparison)."""
    tag = answer.headers.get("ETag", "").removeprefix("W/")
    if not tag or tag not in [each.strip().removeprefix("W/") for each in known.split(",")]:
        return answer
    kept = {name: value for name, value in answer.headers.items() if name in ("ETag", "Cache-Control")}
    return Response(b"", 304, kept)


def date_line() -> str:
    """The Date header, made once a second."""
    global _date
    now = int(time.time())
    if _date[0] != now:
        _date = (now, f"Date: {formatdate(now, usegmt=True)}\r\n")
    return _date[1]
