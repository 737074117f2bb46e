"""Every error becomes one `application/problem+json` response that says what to do and reveals nothing it should not.

Types and members follow the BelGIF REST guide ("Error handling", RFC 9457); what BelGIF has no type for is a
`urn:problem-type:digipunt:` of our own. An unforeseen error is logged under the trace id, and the response holds
that id only: never the error's text, which may contain personal data.
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
from chassis.http.issues import issues_of
from chassis.http.responses import Response, to_json
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
class ProblemType:
    """A type of problem: its URN, its title, its HTTP status."""

    urn: str
    title: str
    status: int


BAD_REQUEST = ProblemType(BELGIF + "badRequest", "Bad Request", 400)
NO_TOKEN = ProblemType(BELGIF + "noAccessToken", "No Access Token", 401)
INVALID_TOKEN = ProblemType(BELGIF + "invalidAccessToken", "Invalid Access Token", 401)
EXPIRED_TOKEN = ProblemType(BELGIF + "expiredAccessToken", "Expired Access Token", 401)
FORBIDDEN = ProblemType(BELGIF + "missingPermission", "Missing Permission", 403)
NOT_FOUND = ProblemType(BELGIF + "resourceNotFound", "Resource Not Found", 404)
METHOD_NOT_ALLOWED = ProblemType(OWN + "methodNotAllowed", "Method Not Allowed", 405)
REQUEST_TIMEOUT = ProblemType(OWN + "requestTimeout", "Request Timeout", 408)
CONFLICT = ProblemType(OWN + "conflict", "Conflict", 409)
STALE_VERSION = ProblemType(OWN + "staleVersion", "Precondition Failed", 412)
TOO_LARGE = ProblemType(BELGIF + "payloadTooLarge", "Payload Too Large", 413)
URL_TOO_LONG = ProblemType(OWN + "urlTooLong", "URI Too Long", 414)
UNSUPPORTED_MEDIA = ProblemType(OWN + "unsupportedMediaType", "Unsupported Media Type", 415)
VERSION_REQUIRED = ProblemType(OWN + "versionRequired", "Precondition Required", 428)
TOO_MANY_FAILED = ProblemType(BELGIF + "tooManyFailedRequests", "Too Many Failed Requests", 429)
TOO_MANY_REQUESTS = ProblemType(BELGIF + "tooManyRequests", "Too Many Requests", 429)
HEADERS_TOO_LARGE = ProblemType(OWN + "headersTooLarge", "Request Header Fields Too Large", 431)
INTERNAL = ProblemType(BELGIF + "internalServerError", "Internal Server Error", 500)
UNAVAILABLE = ProblemType(BELGIF + "serviceUnavailable", "Service Unavailable", 503)

ISSUE_TITLES = {
    "schemaViolation": "Input isn't valid with respect to schema",
    "invalidInput": "Invalid input",
    "unknownInput": "Unknown input",
    "referencedResourceNotFound": "Referenced resource not found",
}


class UnsupportedMedia(errors.DigipuntError):
    """The body has a Content-Type that this route does not read."""


class TooLarge(errors.DigipuntError):
    """More than is taken, or given, at once."""


class MethodNotAllowed(errors.DigipuntError):
    """The path exists, the method on it does not."""

    def __init__(self, method: str, allowed: Collection[str]) -> None:
        self.allowed = ", ".join(sorted({*allowed, "HEAD"} if "GET" in allowed else allowed))
        super().__init__(f"{method} is not possible here; {self.allowed} is.")


_TYPES: dict[type[Exception], ProblemType] = {
    errors.Forbidden: FORBIDDEN,
    errors.NotFound: NOT_FOUND,
    errors.Conflict: CONFLICT,
    errors.StaleVersion: STALE_VERSION,
    errors.VersionRequired: VERSION_REQUIRED,
    TooLarge: TOO_LARGE,
    UnsupportedMedia: UNSUPPORTED_MEDIA,
}


def problem(
    type: ProblemType, detail: str, trace: str = "", headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """The response for one problem; `more` are extra members such as `issues`."""
    body: dict[str, Any] = {"type": type.urn, "title": type.title, "status": type.status, "detail": detail}
    if type.urn.startswith(BELGIF):
        body["href"] = f"{HREF}{type.urn.removeprefix(BELGIF)}.html"
    if trace:
        id = trace_id(trace)
        body["instance"] = f"urn:uuid:{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
    body |= more
    return Response(to_json(body), type.status, {"Content-Type": PROBLEM_JSON, **(headers or {})})


def from_error(error: Exception, trace: str) -> Response:
    """The response for an error of a request with this traceparent."""
    if isinstance(error, errors.InvalidInput):
        issues = [_issue(issue) for issue in error.issues]
        return problem(BAD_REQUEST, "The input message is incorrect.", trace, issues=issues)
    if isinstance(error, ValidationError):
        return from_error(errors.InvalidInput(issues_of(error.messages)), trace)
    if isinstance(error, errors.Unauthenticated):
        return _unauthenticated(error, trace)
    if isinstance(error, errors.Unavailable):
        return unavailable(str(error), trace, error.retry_after)
    if isinstance(error, errors.TooManyRequests):
        return problem(TOO_MANY_FAILED, str(error), trace, {"Retry-After": str(error.retry_after)})
    if isinstance(error, MethodNotAllowed):
        return problem(METHOD_NOT_ALLOWED, str(error), trace, {"Allow": error.allowed})
    for cls, type_ in _TYPES.items():
        if isinstance(error, cls):
            return problem(type_, str(error), trace)
    if is_outage(error):
        log.warning("http.databaseAway", error=type(error).__name__, trace=trace_id(trace))
        return unavailable("The database does not answer just now.", trace, DATABASE_RETRY_SECONDS)
    # An exception's own text may quote a row or personal data; where it happened says enough.
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
    type = EXPIRED_TOKEN if error.expired else INVALID_TOKEN
    challenge = 'Bearer realm="digipunt", error="invalid_token"'
    return problem(type, str(error), trace, {"WWW-Authenticate": challenge})


def _issue(issue: Issue) -> dict[str, Any]:
    type = issue.type if issue.type.startswith("urn:") else f"{BELGIF}input-validation:{issue.type}"
    body = {"type": type, "title": ISSUE_TITLES.get(issue.type, "Invalid input"), "detail": issue.detail}
    body["in"] = issue.where
    if issue.name:
        body["name"] = issue.name
    return body if issue.value is None else {**body, "value": issue.value}
