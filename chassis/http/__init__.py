"""HTTP as the BelGIF REST guide wants it, on one small green server per process.

`server` accepts connections, `connection` serves one, `routing` finds the handler, `entrypoint` is the `@http` decorator
of the services, `validation` checks what came in, `problems` turns every error into one documented response, and
`openapi` describes it all. `operations` and `descriptions` are the routes that every service has.

Services import from here, and field types from `chassis.http.fields`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# `issues` comes first: it sets the messages that each field copies when it is made.
from chassis.http.issues import issues_of
from chassis.http.paging import page_of, window
from chassis.http.request import Request, expected_version, version_if_given
from chassis.http.responses import CREATED, Response, created, etag, page, resource
from chassis.http.roles import COORDINATOR, DESK, OPS, PUBLIC, STAFF

if TYPE_CHECKING:
    from chassis.http.entrypoint import http

__all__ = [
    "COORDINATOR",
    "CREATED",
    "DESK",
    "OPS",
    "PUBLIC",
    "STAFF",
    "Request",
    "Response",
    "created",
    "etag",
    "expected_version",
    "http",
    "issues_of",
    "page",
    "page_of",
    "resource",
    "version_if_given",
    "window",
]


def __getattr__(name: str) -> Any:
    """Load `http`, and with it nameko, when a service asks for it: a command that issues a token does without."""
    if name == "http":
        from chassis.http.entrypoint import http

        return http
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
