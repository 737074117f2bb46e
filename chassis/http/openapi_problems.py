"""How the description tells of refusals: the schema of a problem, one response a status, and every code there is."""

from __future__ import annotations

from typing import Any

from chassis.http import problems
from chassis.http.problems import ProblemType
from chassis.refusals import ENGLISH, Catalogue

PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}

PROBLEMS: dict[int, tuple[ProblemType, str]] = {
    400: (problems.BAD_REQUEST, "The input breaks a rule; `issues` names each place."),
    401: (problems.NO_TOKEN, "No bearer token, or not a valid one."),
    403: (problems.FORBIDDEN, "The role or the place of work does not allow this."),
    404: (problems.NOT_FOUND, "Not there, or not for this caller."),
    405: (problems.METHOD_NOT_ALLOWED, "Not possible on this resource."),
    408: (problems.REQUEST_TIMEOUT, "The request took too long to arrive."),
    409: (problems.CONFLICT, "It clashes with what is already recorded."),
    410: (problems.GONE, "Not there any more; begin again."),
    412: (problems.STALE_VERSION, "Somebody changed it in the meantime; read it again."),
    413: (problems.TOO_LARGE, "The body is over the limit."),
    414: (problems.URL_TOO_LONG, "The address is too long."),
    415: (problems.UNSUPPORTED_MEDIA, "The body has a Content-Type that is not read here."),
    422: (problems.TOO_BROAD, "More than is answered at once; ask for less."),
    423: (problems.LOCKED, "Wrong too often: closed until time has passed or somebody opens it."),
    428: (problems.VERSION_REQUIRED, "A change without `If-Match`."),
    429: (
        problems.TOO_MANY_REQUESTS,
        "Too many requests, or wrong too often; come back after `Retry-After` seconds.",
    ),
    431: (problems.HEADERS_TOO_LARGE, "The headers are too large."),
    500: (problems.INTERNAL, "Something went wrong on our side; mention the `instance`."),
    503: (problems.UNAVAILABLE, "A part is away; come back after `Retry-After` seconds."),
}
ALWAYS = frozenset({400, 408, 413, 414, 429, 431, 500, 503})

PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457, BelGIF REST guide).",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "example": problems.BAD_REQUEST.urn},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"$ref": "#/components/schemas/RefusalCode"},
        "detail": {"type": "string", "description": "What to do, in the language of `Accept-Language`."},
        "href": {"type": "string", "format": "uri"},
        "instance": {"type": "string", "description": "The trace id of this request, as a URN."},
        "issues": {"type": "array", "items": {"$ref": "#/components/schemas/Issue"}},
        "triesLeft": {
            "type": "integer",
            "description": "How often it may still be tried, where tries are counted.",
        },
        "lockedUntil": {
            "type": "string",
            "format": "date-time",
            "description": "When it opens again by itself.",
        },
    },
}
ISSUE = {
    "type": "object",
    "description": "One place in the input that breaks a rule.",
    "required": ["type", "title", "code", "detail", "in"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "code": {"$ref": "#/components/schemas/RefusalCode"},
        "detail": {"type": "string", "description": "What to do, in the language of `Accept-Language`."},
        "in": {"type": "string", "enum": ["body", "header", "path", "query"]},
        "name": {"type": "string", "example": "themes[0]"},
        "value": {"description": "What was sent, unless it is free text."},
    },
}


def refusal_code(catalogue: Catalogue) -> dict[str, Any]:
    texts = catalogue.whole()
    return {
        "type": "string",
        "description": "Which refusal it is, for programs: codes come, and are never renamed.",
        "enum": list(texts),
        "x-enumDescriptions": {code: text[ENGLISH] for code, text in texts.items()},
    }


def refusal(status: int, meaning: str) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": meaning,
        "content": {problems.PROBLEM_JSON: {"schema": PROBLEM_REF}},
    }
    if status in (429, 503):
        response["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds."}}
    return response


def component(type: ProblemType) -> str:
    return "".join(word.capitalize() for word in type.title.split())
