"""Query and body are validated before the service sees them; each error names its place.

Values are echoed back only where they are codes, numbers, days or ids: the content of a free-text field may be
about a person and is never repeated.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NoReturn
from urllib.parse import parse_qsl

from marshmallow import Schema, ValidationError, fields, validate

from chassis.errors import InvalidInput, Issue, NotFound
from chassis.http.issues import issues_of
from chassis.http.paging import FIELDS
from chassis.http.problems import UnsupportedMedia
from chassis.http.request import Request
from chassis.http.responses import JSON
from chassis.http.route import Route, instance

MERGE_PATCH = "application/merge-patch+json"
ECHOED = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")
STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")
MAX_ISSUES = 50

Check = Callable[[Request], None]


def checks(route: Route) -> Check:
    """What to do with a request of this route before its function runs. Raises InvalidInput or UnsupportedMedia."""
    query = query_schema(route)
    body = instance(route.body) if route.body is not None else None
    types = (JSON, MERGE_PATCH) if route.method == "PATCH" else (JSON,)

    def check(request: Request) -> None:
        if query is not None:
            request.args = _query(query, request.raw_query)
            _require_own_municipality(request)
        elif request.raw_query:
            _query(NO_QUERY, request.raw_query)
        if body is not None:
            _content_type(request, types)
            request.data = _load(body, parsed(request.body), "body")

    return check


def query_schema(route: Route) -> Schema | None:
    """The schema of the query, paging included; None when the route takes no query at all."""
    declared = instance(route.query) if route.query is not None else None
    if not route.paged:
        return declared
    base = type(declared) if declared is not None else Schema
    page: type[Schema] = type(f"{base.__name__}Page", (base,), dict(FIELDS))
    return page()


NO_QUERY = Schema()


def _query(schema: Schema, raw: str) -> dict[str, Any]:
    """An empty value means not given; a name may be repeated only where the schema has a list."""
    data: dict[str, Any] = {}
    try:
        pairs = parse_qsl(raw, errors="strict", max_num_fields=200)
    except ValueError:
        raise InvalidInput([Issue("queryUnreadable", where="query")]) from None
    for name, value in pairs:
        if "\0" in value or "\0" in name:
            raise InvalidInput([Issue("queryHoldsNul", where="query")])
        if isinstance(_field(schema, name), fields.List):
            data.setdefault(name, []).append(value)
        elif name in data:
            raise InvalidInput([Issue("giveOnce", name, "query")])
        else:
            data[name] = value
    return _load(schema, data, "query")  # type: ignore[no-any-return]


def _require_own_municipality(request: Request) -> None:
    """Raise NotFound when the query names a municipality that is not the caller's.

    An empty list or a figure of zero would say that nothing happened there (docs/api.md).
    """
    named = request.args.get("municipality")
    if named and request.actor is not None:
        for municipality in [named] if isinstance(named, str) else named:
            if municipality not in request.actor.municipalities:
                raise NotFound("municipality", municipality)


def _content_type(request: Request, types: tuple[str, ...]) -> None:
    given = request.headers.get("content-type", "")
    if given not in types and given.partition(";")[0].strip().lower() not in types:
        raise UnsupportedMedia("unsupportedMediaType", types=types)


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_decode = json.JSONDecoder(parse_constant=_constant).decode


def parsed(body: bytes) -> Any:
    """The JSON in a body (RFC 8259: UTF-8, no NaN). Raises InvalidInput."""
    try:
        data = _decode(body.decode())
        # An escaped NUL or half a surrogate pair is JSON, but no text that a database can keep.
        if b"\\u" in body:
            _storable(data)
    except (ValueError, RecursionError):
        raise InvalidInput([Issue("bodyNotJson")]) from None
    return data


def _storable(data: Any) -> None:
    if isinstance(data, str):
        data.encode()
        if "\0" in data:
            raise ValueError("NUL")
    elif isinstance(data, list):
        for item in data:
            _storable(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            _storable(key)
            _storable(value)


def _load(schema: Schema, data: Any, where: str) -> Any:
    try:
        return schema.load(data)
    except ValidationError as error:
        issues = issues_of(error.messages, where)[:MAX_ISSUES]
        raise InvalidInput([_with_value(issue, schema, data) for issue in issues]) from None


def _with_value(issue: Issue, schema: Schema, data: Any) -> Issue:
    """The issue with the value that was sent, when the schema knows the place and it is not free text."""
    field: Any = fields.Nested(schema)
    for name, index in STEP.findall(issue.name):
        if isinstance(field, fields.Nested):
            field = None if index else _field(field.schema, name)
        elif isinstance(field, fields.List) and index:
            field = field.inner
        else:
            field = None
        try:
            data = data[int(index)] if index else data[name]
        except (KeyError, IndexError, TypeError):
            return issue
    if not issue.name or field is None or _is_free_text(field):
        return issue
    if isinstance(data, bool | int | float) or (isinstance(data, str) and ECHOED.fullmatch(data)):
        return replace(issue, value=data)
    return issue


def _is_free_text(field: fields.Field[Any]) -> bool:
    plain = type(field) is fields.String and not any(
        isinstance(each, validate.OneOf) for each in field.validators
    )
    return plain or getattr(field, "personal", False)


def _field(schema: Schema, name: str) -> fields.Field[Any] | None:
    for attribute, field in schema.load_fields.items():
        if (field.data_key or attribute) == name:
            return field
    return None
