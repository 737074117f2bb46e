"""OpenAPI 3.0.3 of a service, made from its `@http` routes and marshmallow schemas, so that it cannot be out of date.

Every response of a route is described, errors too, each as `application/problem+json`.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from marshmallow import Schema, validate
from marshmallow.fields import Field

from chassis.http import problems
from chassis.http.openapi_problems import (
    ALWAYS,
    ISSUE,
    PROBLEM,
    PROBLEM_REF,
    PROBLEMS,
    component,
    refusal,
    refusal_code,
)
from chassis.http.responses import JSON
from chassis.http.route import PARAMETER, Parameter, Route, instance
from chassis.http.validation import MERGE_PATCH, query_schema
from chassis.refusals import REFUSALS
from contracts.refdata import RefCode

UUID_SCHEMA = {"type": "string", "format": "uuid"}
LINK = {"type": "string", "format": "uri-reference"}
COUNT = {"type": "integer", "minimum": 0}
PLUMBING = "service"
"""Tag of the routes about the service itself: health, metrics, descriptions, subscriptions, its journal."""


def routes(service: type) -> Iterator[Route]:
    """Every route of a service class, ordered by path and method."""
    found = []
    for _, member in inspect.getmembers(service):
        for entrypoint in getattr(member, "nameko_entrypoints", ()):
            route = getattr(entrypoint, "route", None)
            if isinstance(route, Route):
                found.append(route)
    yield from sorted(found, key=lambda route: (route.path, route.method))


@cache
def document(service: type) -> dict[str, Any]:
    """The OpenAPI description as plain data."""
    # Loaded when somebody asks for it, which most processes never see.
    from apispec import APISpec
    from apispec.ext.marshmallow import MarshmallowPlugin

    name = service.name  # type: ignore[attr-defined]
    plugin = MarshmallowPlugin(schema_name_resolver=_schema_name)
    spec = APISpec(
        title=f"Digipunt {name}",
        version="1",
        openapi_version="3.0.3",
        info={"description": inspect.cleandoc(service.__doc__ or ""), "license": {"name": "EUPL-1.2"}},
        servers=[{"url": f"/{name}"}],
        plugins=[plugin],
    )
    for function in (_codes, _pattern):
        plugin.converter.add_attribute_function(function)  # type: ignore[union-attr]
    spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    spec.components.schema("Problem", PROBLEM)
    spec.components.schema("Issue", ISSUE)
    spec.components.schema("RefusalCode", refusal_code(getattr(service, "refusals", REFUSALS)))
    for status, (type, meaning) in PROBLEMS.items():
        spec.components.response(component(type), refusal(status, meaning))
    with warnings.catch_warnings():
        # One schema with and without modifiers gets two names; apispec says so each time.
        warnings.simplefilter("ignore", UserWarning)
        for route in routes(service):
            path = PARAMETER.sub(lambda match: f"{{{match[1]}}}", route.path)
            spec.path(path, operations={route.method.lower(): _operation(route)})
    made = spec.to_dict()
    _close(made["components"]["schemas"])
    return made


class _Dumper(yaml.CSafeDumper):
    """Writes out what two places share: readers of OpenAPI do not expect YAML's aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


@cache
def yaml_text(service: type) -> str:
    """The description as YAML."""
    return str(yaml.dump(document(service), Dumper=_Dumper, sort_keys=False, allow_unicode=True))


def refusals(route: Route) -> set[int]:
    """The statuses from 400 up that a route may answer with, by the chassis' rules or its own."""
    statuses = set(ALWAYS) | {status for status in route.status if status >= 400}
    if not route.public:
        statuses |= {401, 403}
    # A body or a query may name another municipality's resource too.
    if route.parameters or (not route.public and (route.body or route.query)):
        statuses.add(404)
    if route.method != "GET":
        statuses.add(409)
        if route.parameters:
            statuses |= {412, 428}
    if route.body is not None:
        statuses.add(415)
    return statuses


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "description": route.description,
        "tags": [_tag(route)],
        "parameters": [_path_parameter(parameter) for parameter in route.parameters],
        "responses": {},
    }
    query = query_schema(route)
    if query is not None:
        operation["parameters"].append({"in": "query", "schema": query})
    operation["parameters"] += _headers(route)
    if route.body is not None:
        media = {"schema": instance(route.body)}
        types = [JSON, MERGE_PATCH] if route.method == "PATCH" else [JSON]
        operation["requestBody"] = {"required": True, "content": dict.fromkeys(types, media)}
    if route.tagged:
        operation["responses"]["304"] = {"description": "Nothing changed since the page with this ETag."}
    for status in sorted({*route.status, *refusals(route)}):
        operation["responses"][str(status)] = _response(route, status)
    if route.public:
        operation["security"] = []
    else:
        operation["security"] = [{"bearer": []}]
        operation["x-roles"] = sorted(route.roles)
    return operation


def _path_parameter(parameter: Parameter) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1} if parameter.text else UUID_SCHEMA
    return {"in": "path", "name": parameter.name, "required": True, "schema": schema}


def _headers(route: Route) -> Iterator[dict[str, Any]]:
    if route.tagged:
        yield {
            "in": "header",
            "name": "If-None-Match",
            "description": "The ETag of the page as you have it; 304 while it is still the same.",
            "schema": {"type": "string", "example": 'W/"0f3a1c"'},
        }
    if route.method == "PATCH":
        yield {
            "in": "header",
            "name": "If-Match",
            "required": True,
            "description": "The ETag of the version you change; 428 without it, 412 when it is stale.",
            "schema": {"type": "string", "pattern": '^(W/)?"[0-9]{1,9}"$', "example": '"3"'},
        }
    if route.method == "POST" and route.unit == "write":
        yield {
            "in": "header",
            "name": "Idempotency-Key",
            "description": "Sent again with the same request, it gets the same answer and has no second effect.",
            "schema": {"type": "string", "pattern": "^[!-~]{1,255}$"},
        }


def _response(route: Route, status: int) -> dict[str, Any]:
    described = route.status.get(status)
    if described is None:
        return {"$ref": f"#/components/responses/{component(PROBLEMS[status][0])}"}
    if status >= 400 and (status != 503 or route.response is None):
        return refusal(status, described)
    response: dict[str, Any] = {"description": described}
    if route.content_type and route.response is None:
        media = route.content_type.partition(";")[0]
        response["content"] = {media: {"schema": {"type": "string"} if media.startswith("text/") else {}}}
    elif route.response is not None and status not in (204, 304):
        schema = instance(route.response)
        response["content"] = {JSON: {"schema": _page_of(schema) if route.paged else schema}}
        if route.content_type:
            response["content"][route.content_type.partition(";")[0]] = {"schema": {"type": "string"}}
        if status >= 400:
            response["content"][problems.PROBLEM_JSON] = {"schema": PROBLEM_REF}
    elif status not in (204, 304):
        response["content"] = {JSON: {"schema": {"type": "object"}}}
    return response


def _page_of(item: Schema) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["items", "total", "page", "pageSize", "self", "first", "last"],
        "properties": {
            "items": {"type": "array", "items": item},
            "total": COUNT,
            "page": {"type": "integer", "minimum": 1},
            "pageSize": {"type": "integer", "minimum": 1},
            **dict.fromkeys(("self", "first", "last", "prev", "next"), LINK),
        },
    }


def _tag(route: Route) -> str:
    """What the route is about; one for ops or for other services only is about the service itself."""
    if route.roles and route.roles <= {"ops", "service"}:
        return PLUMBING
    parts = [part for part in route.path.split("/") if part and part != "v1"]
    return parts[0] if route.path.startswith("/v1/") else PLUMBING


def _schema_name(schema: Any) -> str:
    made = instance(schema)
    name = type(made).__name__.removesuffix("Schema")
    return f"{name}Patch" if made.partial else name


def _codes(converter: Any, field: Field[Any], **_: Any) -> dict[str, Any]:
    """The description of a coded field says where the labels of its codes are."""
    if isinstance(field, RefCode) and "description" not in field.metadata:
        return {"description": f"A code of /v1/refData/{field.list_name}."}
    return {}


def _pattern(converter: Any, field: Field[Any], **_: Any) -> dict[str, Any]:
    """marshmallow matches a pattern from the start and knows `\\Z`; JSON Schema searches and knows `$`."""
    for rule in field.validators:
        if isinstance(rule, validate.Regexp):
            pattern = str(rule.regex.pattern).removeprefix("^").replace(r"\Z", "$")
            return {"pattern": f"^(?:{pattern})"}
    return {}


def _close(schemas: dict[str, Any]) -> None:
    """Unknown names are refused, so the description says so."""
    for name, schema in schemas.items():
        if schema.get("type") == "object" and name not in ("Problem", "Issue"):
            schema.setdefault("additionalProperties", False)
