"""Query and body are validated before the service sees them; each error names its place.

Values are echoed back only where they are codes, numbers, days or ids: the content of a free-text field may be
about a person and is never repeated.
"""

from __future__ import annotations

import json
import math
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
MOST_NAMES = 100
"""In one object of a body; ours have twenty, and each that is unknown is looked up and told of."""
MOST_PARTS = 1000
"""Of a query. Its length is bounded too, so that a list in it takes some 500 ids."""

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
    """A name may be repeated only where the schema has a list, and always has a value."""
    data: dict[str, Any] = {}
    for name, value in _pairs(raw):
        field = _field(schema, name)
        if not value.strip():
            raise InvalidInput([Issue("queryBlank", name, "query")])
        if isinstance(field, fields.List):
            data.setdefault(name, []).append(value)
        elif name in data:
            raise InvalidInput([Issue("giveOnce", name, "query")])
        elif isinstance(field, fields.Boolean):
            data[name] = {"true": True, "false": False}.get(value, value)
        else:
            data[name] = value
    return _load(schema, data, "query")  # type: ignore[no-any-return]


def _pairs(raw: str) -> list[tuple[str, str]]:
    if raw.count("&") >= MOST_PARTS:
        raise InvalidInput([Issue("queryTooManyParts", where="query", params={"most": MOST_PARTS})])
    try:
        pairs = parse_qsl(raw, keep_blank_values=True, errors="strict")
    except ValueError:
        raise InvalidInput([Issue("queryUnreadable", where="query")]) from None
    if any("\0" in text for pair in pairs for text in pair):
        raise InvalidInput([Issue("queryHoldsNul", where="query")])
    return pairs


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


def _float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number beyond what a double holds")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_NAMES:
        raise InvalidInput([Issue("bodyTooManyNames", params={"most": MOST_NAMES})])
    return dict(pairs)


_decode = json.JSONDecoder(parse_constant=_constant, parse_float=_float, object_pairs_hook=_object).decode


def parsed(body: bytes) -> Any:
    """The JSON in a body (RFC 8259: UTF-8, no NaN, no number beyond a double). Raises InvalidInput."""
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
        issues = issues_of(error.messages, where)
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
