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
from chassis.http.request import Request
from chassis.http.responses import Response, to_json
from chassis.http.trace import trace_id
from chassis.refusals import ENGLISH, Reason
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
WRONG_SECRET = ProblemType(OWN + "wrongSecret", "Wrong Secret", 401)
FORBIDDEN = ProblemType(BELGIF + "missingPermission", "Missing Permission", 403)
NOT_FOUND = ProblemType(BELGIF + "resourceNotFound", "Resource Not Found", 404)
METHOD_NOT_ALLOWED = ProblemType(OWN + "methodNotAllowed", "Method Not Allowed", 405)
REQUEST_TIMEOUT = ProblemType(OWN + "requestTimeout", "Request Timeout", 408)
CONFLICT = ProblemType(OWN + "conflict", "Conflict", 409)
GONE = ProblemType(OWN + "gone", "Gone", 410)
STALE_VERSION = ProblemType(OWN + "staleVersion", "Precondition Failed", 412)
TOO_LARGE = ProblemType(BELGIF + "payloadTooLarge", "Payload Too Large", 413)
URL_TOO_LONG = ProblemType(OWN + "urlTooLong", "URI Too Long", 414)
TOO_BROAD = ProblemType(OWN + "tooBroad", "Unprocessable Content", 422)
LOCKED = ProblemType(OWN + "locked", "Locked", 423)
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
        super().__init__("methodNotAllowed", method=method, allowed=self.allowed)


_TYPES: dict[type[Exception], ProblemType] = {
    errors.WrongSecret: WRONG_SECRET,
    errors.Forbidden: FORBIDDEN,
    errors.Locked: LOCKED,
    errors.NotFound: NOT_FOUND,
    errors.Conflict: CONFLICT,
    errors.Gone: GONE,
    errors.StaleVersion: STALE_VERSION,
    errors.TooBroad: TOO_BROAD,
    errors.VersionRequired: VERSION_REQUIRED,
    errors.TooOften: TOO_MANY_REQUESTS,
    errors.TooManyRequests: TOO_MANY_FAILED,
    errors.Unavailable: UNAVAILABLE,
    MethodNotAllowed: METHOD_NOT_ALLOWED,
    TooLarge: TOO_LARGE,
    UnsupportedMedia: UNSUPPORTED_MEDIA,
}


def problem(
    type: ProblemType,
    code: str,
    trace: str = "",
    headers: dict[str, str] | None = None,
    *,
    language: str = ENGLISH,
    **more: Any,
) -> Response:
    """The response for one problem; `code` may be a `Reason` with values, `more` are members such as `issues`."""
    reason = code if isinstance(code, Reason) else Reason(code)
    body: dict[str, Any] = {"type": type.urn, "title": type.title, "status": type.status}
    body |= _told(reason, language)
    if type.urn.startswith(BELGIF):
        body["href"] = f"{HREF}{type.urn.removeprefix(BELGIF)}.html"
    if trace:
        id = trace_id(trace)
        body["instance"] = f"urn:uuid:{id[:8]}-{id[8:12]}-{id[12:16]}-{id[16:20]}-{id[20:]}"
    body |= more
    form = {"Content-Type": PROBLEM_JSON, "Content-Language": language}
    return Response(to_json(body), type.status, {**form, **(headers or {})})


def from_error(error: Exception, request: Request) -> Response:
    """The response for an error of this request, in the language that its caller reads."""
    trace, language = request.trace, request.language
    if isinstance(error, ValidationError):
        error = errors.InvalidInput(issues_of(error.messages))
    if isinstance(error, errors.InvalidInput):
        issues = [_issue(issue, language) for issue in error.issues]
        return problem(BAD_REQUEST, error.reason, trace, language=language, issues=issues)
    if isinstance(error, errors.DigipuntError) and (type := _type(error)):
        return problem(type, error.reason, trace, _headers(error), language=language, **error.members)
    if is_outage(error):
        log.warning("http.databaseAway", error=error.__class__.__name__, trace=trace_id(trace))
        headers = {"Retry-After": str(DATABASE_RETRY_SECONDS)}
        return problem(UNAVAILABLE, "databaseAway", trace, headers, language=language)
    # An exception's own text may quote a row or personal data; where it happened says enough.
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES_LOGGED:]
    at = "; ".join(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    log.error("http.failed", error=error.__class__.__name__, trace=trace_id(trace), at=at)
    return problem(INTERNAL, "internalError", trace, language=language)


def _type(error: errors.DigipuntError) -> ProblemType | None:
    if isinstance(error, errors.Unauthenticated):
        if not error.given:
            return NO_TOKEN
        return EXPIRED_TOKEN if error.expired else INVALID_TOKEN
    return next((type for cls, type in _TYPES.items() if isinstance(error, cls)), None)


def _headers(error: errors.DigipuntError) -> dict[str, str]:
    """What the client's machinery, not its person, needs to go on."""
    if isinstance(error, errors.Unavailable | errors.TooManyRequests):
        return {"Retry-After": str(error.retry_after)}
    if isinstance(error, MethodNotAllowed):
        return {"Allow": error.allowed}
    if isinstance(error, errors.WrongSecret):
        return {"WWW-Authenticate": 'Bearer realm="digipunt"'}
    if isinstance(error, errors.Unauthenticated):
        failed = ', error="invalid_token"' if error.given else ""
        return {"WWW-Authenticate": f'Bearer realm="digipunt"{failed}'}
    return {}


def _told(reason: Reason, language: str) -> dict[str, str]:
    return {"code": reason.code, "detail": reason.text(language)}


def _issue(issue: Issue, language: str) -> dict[str, Any]:
    type = issue.type if issue.type.startswith("urn:") else f"{BELGIF}input-validation:{issue.type}"
    body: dict[str, Any] = {"type": type, "title": ISSUE_TITLES.get(issue.type, "Invalid input")}
    body |= _told(issue.reason, language)
    body["in"] = issue.where
    if issue.name:
        body["name"] = issue.name
    return body if issue.value is None else {**body, "value": issue.value}
