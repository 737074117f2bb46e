"""The routes with which a service describes itself and its caller: its API, to read or as OpenAPI, the codes that it uses,
and what the caller's token says.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from marshmallow import Schema, fields, validate

from chassis.errors import NotFound
from chassis.http import auth, docs_page, openapi
from chassis.http.entrypoint import http
from chassis.http.request import Request
from chassis.http.responses import JSON, Response, to_json
from chassis.http.roles import PUBLIC
from contracts import refdata

if TYPE_CHECKING:
    from chassis.runtime.application import Application


class Labels(Schema):
    """A text in the three languages."""

    nl = fields.String(required=True)
    fr = fields.String(required=True)
    en = fields.String(required=True)


class Code(Schema):
    """One code of a reference list. A retired code stays readable and is not offered any more."""

    code = fields.String(required=True)
    labels = fields.Nested(Labels, required=True)
    retired = fields.Boolean(required=True)


class ReferenceList(Schema):
    """A list of codes."""

    name = fields.String(required=True)
    items = fields.List(fields.Nested(Code), required=True)


class ReferenceLists(Schema):
    """All lists."""

    items = fields.List(fields.Nested(ReferenceList), required=True)


class Me(Schema):
    """What the caller's token says."""

    subject = fields.String(required=True)
    roles = fields.List(fields.String(validate=validate.OneOf(sorted(auth.ROLES))), required=True)
    municipalities = fields.List(
        fields.String(), required=True, metadata={"description": "NIS codes of own municipalities."}
    )
    digipunts = fields.List(fields.String(), required=True, metadata={"description": "Ids of own digipunts."})
    laptop = fields.String(
        required=True, allow_none=True, metadata={"description": "The paired laptop that the token is of."}
    )
    helper = fields.String(
        required=True, allow_none=True, metadata={"description": "Who signed in on it, as an id."}
    )
    expiresAt = fields.AwareDateTime(
        required=True, metadata={"description": "Until when the token is valid."}
    )
    serverTime = fields.AwareDateTime(
        required=True, metadata={"description": "What time it is here, for a client whose clock is off."}
    )


class DescriptionRoutes:
    """Mixed into every service class; reads only `self.app`."""

    app: Application

    @http(
        "GET",
        "/doc/openapi.yaml",
        roles=PUBLIC,
        unit=None,
        content_type="application/yaml",
        summary="This API as OpenAPI 3.0.3",
    )
    def serve_openapi(self, request: Request) -> Response:
        service: Any = type(self)
        return _cacheable(openapi.yaml_text(service), "no-cache")

    @http(
        "GET",
        "/doc",
        roles=PUBLIC,
        unit=None,
        content_type=docs_page.CONTENT_TYPE,
        summary="This API as a page to read",
    )
    def serve_doc(self, request: Request) -> Response:
        service: Any = type(self)
        response = _cacheable(docs_page.page(service), "no-cache")
        response.headers["Content-Security-Policy"] = docs_page.CONTENT_SECURITY_POLICY
        return response

    @http(
        "GET",
        "/v1/me",
        roles=auth.ROLES,
        unit=None,
        response=Me,
        summary="What your token says, and what time it is",
    )
    def serve_me(self, request: Request) -> dict[str, Any]:
        caller = request.caller
        return {
            "subject": caller.subject,
            "roles": caller.roles,
            "municipalities": caller.municipalities,
            "digipunts": caller.digipunts,
            "laptop": caller.laptop,
            "helper": caller.helper,
            "expiresAt": caller.expires,
            "serverTime": self.app.clock.now(),
        }

    @http(
        "GET",
        "/v1/refData",
        roles=PUBLIC,
        unit=None,
        response=ReferenceLists,
        status={200: "OK", 304: "You have these already"},
        summary="All reference lists, with labels in nl, fr and en",
    )
    def serve_reference_lists(self, request: Request) -> Response:
        return _cacheable(_all_lists(), REFERENCE)

    @http(
        "GET",
        "/v1/refData/{list:text}",
        roles=PUBLIC,
        unit=None,
        response=ReferenceList,
        summary="The codes of one list, with labels in nl, fr and en",
    )
    def serve_reference_list(self, request: Request) -> Response:
        found = refdata.LISTS.get(request.params["list"])
        if found is None:
            raise NotFound("refDataListNotFound")
        return _cacheable(to_json(_list(found)), REFERENCE)


REFERENCE = "public, max-age=3600"


@cache
def _all_lists() -> str:
    return to_json({"items": [_list(each) for _, each in sorted(refdata.LISTS.items())]})


def _list(found: refdata.RefList) -> dict[str, Any]:
    items = [
        {"code": each.code, "labels": {"nl": each.nl, "fr": each.fr, "en": each.en}, "retired": each.retired}
        for each in found.codes
    ]
    return {"name": found.name, "items": items}


def _cacheable(text: str, cache_control: str) -> Response:
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    headers = {"ETag": f'"{digest}"', "Cache-Control": cache_control}
    if text.startswith("{"):
        headers["Content-Type"] = JSON
    return Response(text, headers=headers)
