"""The routes with which a service describes itself: its API, to read or as OpenAPI, and the codes that it uses."""

from __future__ import annotations

import hashlib
from typing import Any

from marshmallow import Schema, fields

from chassis.errors import NotFound
from chassis.http import docs_page, openapi
from chassis.http.entrypoint import http
from chassis.http.request import Request
from chassis.http.responses import JSON, Response, to_json
from chassis.http.roles import PUBLIC
from contracts import refdata


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
    """The names of all lists."""

    items = fields.List(fields.String(), required=True)


class DescriptionRoutes:
    """Mixed into every service class."""

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
        "GET", "/v1/refData", roles=PUBLIC, unit=None, response=ReferenceLists, summary="The reference lists"
    )
    def serve_reference_lists(self, request: Request) -> Response:
        return _cacheable(to_json({"items": sorted(refdata.LISTS)}), "public, max-age=3600")

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
            raise NotFound("reference list of this name")
        items = [
            {
                "code": each.code,
                "labels": {"nl": each.nl, "fr": each.fr, "en": each.en},
                "retired": each.retired,
            }
            for each in found.codes
        ]
        return _cacheable(to_json({"name": found.name, "items": items}), "public, max-age=3600")


def _cacheable(text: str, cache_control: str) -> Response:
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    headers = {"ETag": f'"{digest}"', "Cache-Control": cache_control}
    if text.startswith("{"):
        headers["Content-Type"] = JSON
    return Response(text, headers=headers)
