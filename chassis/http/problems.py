"""Every error becomes one `application/problem+json` answer that says what to do and tells nothing it should not.

Types and members follow the BelGIF REST guide ("Error handling", RFC 9457); what BelGIF has no type for is a
`urn:problem-type:digipunt:` of our own. An error nobody foresaw is logged under the trace id and answered with
that id only: never with its text, which may hold what somebody typed.
"""

from __future__ import annotations

import traceback
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import structlog
from marshmallow import ValidationError

from chassis import errors
from chassis.errors import Issue
from chassis.http.messages import Response, to_json
from chassis.http.trace import trace_id
from chassis.storage.database import is_outage

log = structlog.get_logger(__name__)

PROBLEM_JSON = "application/problem+json"
BELGIF = "urn:problem-type:belgif:"
OWN = "urn:problem-type:digipunt:"
HREF = "https://www.belgif.be/specification/rest/api-guide/problems/"
DATABASE_RETRY_SECONDS = 5
FRAMES_LOGGED = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its URN, its title, its HTTP status."""

    type: str
    title: str
    status: int


BAD_REQUEST = Kind(BELGIF + "badRequest", "Bad Request", 400)
NO_TOKEN = Kind(BELGIF + "noAccessToken", "No Access Token", 401)
INVALID_TOKEN = Kind(BELGIF + "invalidAccessToken", "Invalid Access Token", 401)
EXPIRED_TOKEN = Kind(BELGIF + "expiredAccessToken", "Expired Access Token", 401)
FORBIDDEN = Kind(BELGIF + "missingPermission", "Missing Permission", 403)
NOT_FOUND = Kind(BELGIF + "resourceNotFound", "Resource Not Found", 404)
METHOD_NOT_ALLOWED = Kind(OWN + "methodNotAllowed", "Method Not Allowed", 405)
REQUEST_TIMEOUT = Kind(OWN + "requestTimeout", "Request Timeout", 408)
CONFLICT = Kind(OWN + "conflict", "Conflict", 409)
STALE_VERSION = Kind(OWN + "staleVersion", "Precondition Failed", 412)
TOO_LARGE = Kind(BELGIF + "payloadTooLarge", "Payload Too Large", 413)
URL_TOO_LONG = Kind(OWN + "urlTooLong", "URI Too Long", 414)
UNSUPPORTED_MEDIA = Kind(OWN + "unsupportedMediaType", "Unsupported Media Type", 415)
VERSION_REQUIRED = Kind(OWN + "versionRequired", "Precondition Required", 428)
HEADERS_TOO_LARGE = Kind(OWN + "headersTooLarge", "Request Header Fields Too Large", 431)
INTERNAL = Kind(BELGIF + "internalServerError", "Internal Server Error", 500)
UNAVAILABLE = Kind(BELGIF + "serviceUnavailable", "Service Unavailable", 503)

ISSUE_TITLES = {
    "schemaViolation": "Input isn't valid with respect to schema",
    "invalidInput": "Invalid input",
    "unknownInput": "Unknown input",
    "referencedResourceNotFound": "Referenced resource not found",
}

UNKNOWN = "Unknown field."
_A_MOMENT = "Give a date and time with its zone, such as 2026-03-04T10:12:00+01:00."
PLAINLY = {
    UNKNOWN: "There is no such field here.",
    "Missing data for required field.": "This is required.",
    "Field may not be null.": "This cannot be null; leave it out, or give a value.",
    "Not a valid date.": "Give a day as year-month-day, such as 2026-03-04.",
    "Not a valid datetime.": _A_MOMENT,
    "Not a valid aware datetime.": _A_MOMENT,
    "Not a valid UUID.": "Give a UUID, such as 0197f3b4-6c1e-7a52-8d3f-2b9c4e5a6d70.",
}
"""marshmallow's messages that name a type, as sentences that say what to do."""


class UnsupportedMedia(errors.DigipuntError):
    """The body has a Content-Type that this route does not read."""


class MethodNotAllowed(errors.DigipuntError):
    """The path exists, the method on it does not."""

    def __init__(self, method: str, allowed: Collection[str]) -> None:
        self.allowed = ", ".join(sorted({*allowed, "HEAD"} if "GET" in allowed else allowed))
        super().__init__(f"{method} is not possible here; {self.allowed} is.")


_KINDS: dict[type[Exception], Kind] = {
    errors.Forbidden: FORBIDDEN,
    errors.NotFound: NOT_FOUND,
    errors.Conflict: CONFLICT,
    errors.StaleVersion: STALE_VERSION,
    errors.TooLarge: TOO_LARGE,
    errors.VersionRequired: VERSION_REQUIRED,
    UnsupportedMedia: UNSUPPORTED_MEDIA,
}


def problem(
    kind: Kind, detail: str, trace: str = "", headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """The answer for one problem; `more` are extra members such as `issues`."""
    body: dict[str, Any] = {"type": kind.type, "title": kind.title, "status": kind.status, "detail": detail}
    if kind.type.startswith(BELGIF):
        body["href"] = f"{HREF}{kind.type.removeprefix(BELGIF)}.html"
    if trace:
        id = trace_id(trace)
        body["instance"] = f"urn:uuid:{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
    body |= more
    return Response(to_json(body), kind.status, {"Content-Type": PROBLEM_JSON, **(headers or {})})


def answer(error: Exception, trace: str) -> Response:
    """The answer for an error of a request with this traceparent."""
    if isinstance(error, errors.InvalidInput):
        issues = [_issue(issue) for issue in error.issues]
        return problem(BAD_REQUEST, "The input message is incorrect.", trace, issues=issues)
    if isinstance(error, ValidationError):
        return answer(errors.InvalidInput(issues_of(error.messages)), trace)
    if isinstance(error, errors.Unauthenticated):
        return _unauthenticated(error, trace)
    if isinstance(error, errors.Unavailable):
        return unavailable(str(error), trace, error.retry_after)
    if isinstance(error, MethodNotAllowed):
        return problem(METHOD_NOT_ALLOWED, str(error), trace, {"Allow": error.allowed})
    for cls, kind in _KINDS.items():
        if isinstance(error, cls):
            return problem(kind, str(error), trace)
    if is_outage(error):
        log.warning("http.databaseAway", error=type(error).__name__, trace=trace_id(trace))
        return unavailable("The database does not answer just now.", trace, DATABASE_RETRY_SECONDS)
    # An exception's own text may quote a row or what somebody typed; where it happened says enough.
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_LOGGED:]
    at = "; ".join(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    log.error("http.failed", error=type(error).__name__, trace=trace_id(trace), at=at)
    return problem(
        INTERNAL, "Something went wrong on our side. Mention the instance when you report it.", trace
    )


def unavailable(detail: str, trace: str, retry_after: int) -> Response:
    """503 that says when to come back (seconds)."""
    return problem(UNAVAILABLE, detail, trace, {"Retry-After": str(retry_after)})


def _unauthenticated(error: errors.Unauthenticated, trace: str) -> Response:
    if not error.given:
        return problem(NO_TOKEN, str(error), trace, {"WWW-Authenticate": 'Bearer realm="digipunt"'})
    kind = EXPIRED_TOKEN if error.expired else INVALID_TOKEN
    challenge = 'Bearer realm="digipunt", error="invalid_token"'
    return problem(kind, str(error), trace, {"WWW-Authenticate": challenge})


def _issue(issue: Issue) -> dict[str, Any]:
    type = issue.type if issue.type.startswith("urn:") else f"{BELGIF}input-validation:{issue.type}"
    body = {"type": type, "title": ISSUE_TITLES.get(issue.type, "Invalid input"), "detail": issue.detail}
    body["in"] = issue.where
    if issue.name:
        body["name"] = issue.name
    return body if issue.value is None else {**body, "value": issue.value}


def issues_of(messages: Any, where: str = "body", path: str = "") -> list[Issue]:
    """marshmallow's nested messages as a flat list of issues, each with a path such as `themes[0]`."""
    if isinstance(messages, dict):
        found = []
        for key, inner in messages.items():
            if key == "_schema":
                step = path
            elif isinstance(key, int):
                step = f"{path}[{key}]"
            else:
                step = f"{path}.{key}" if path else str(key)
            found += issues_of(inner, where, step)
        return found
    if isinstance(messages, list | tuple):
        return [issue for message in messages for issue in issues_of(message, where, path)]
    text = str(messages)
    kind = "unknownInput" if text == UNKNOWN else "schemaViolation"
    return [Issue(PLAINLY.get(text, text), path, where, type=kind)]
