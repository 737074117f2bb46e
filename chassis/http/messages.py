"""The old address of `chassis.http.request` and `chassis.http.responses`; import from `chassis.http`."""

from chassis.http.request import Request, expected_version
from chassis.http.responses import Response, etag

__all__ = ["Request", "Response", "etag", "expected_version"]
