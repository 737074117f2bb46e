"""Schemas of the contracts as JSON Schema: for other teams' tools, and to compare a release with earlier ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields, validate

from contracts.refdata import RefCode

JsonSchema = dict[str, Any]


def json_schema(schema: type[Schema] | Schema) -> JsonSchema:
    """The JSON Schema (draft 7) of what `schema` loads. Other fields are allowed, and ignored."""
    declared = (schema() if isinstance(schema, type) else schema).fields
    required = sorted(name for name, field in declared.items() if field.required)
    described: JsonSchema = {
        "type": "object",
        "properties": {name: _field(field) for name, field in sorted(declared.items())},
    }
    return described | ({"required": required} if required else {})


def _field(field: fields.Field[Any]) -> JsonSchema:
    """Raises TypeError for a kind of field or validator that contracts do not use yet."""
    described = _kind(field)
    for rule in field.validators:
        described |= _rule(rule, "Items" if isinstance(field, fields.List) else "Length")
    return described


def _kind(field: fields.Field[Any]) -> JsonSchema:
    if isinstance(field, fields.Nested):
        return json_schema(field.schema)
    if isinstance(field, fields.List):
        return {"type": "array", "items": _field(field.inner)}
    if isinstance(field, RefCode):
        return {"type": "string", "enum": list(field.metadata["enum"]), "x-refData": field.list_name}
    for kind, described in _PLAIN.items():
        if type(field) is kind:
            return dict(described)
    raise TypeError(f"{type(field).__name__} has no JSON Schema here")


def _rule(rule: Callable[[Any], Any], measured_in: str) -> JsonSchema:
    if isinstance(rule, validate.Regexp):
        return {"pattern": rule.regex.pattern}
    if isinstance(rule, validate.OneOf):
        return {"enum": list(rule.choices)}
    if isinstance(rule, validate.Range):
        return _present(minimum=rule.min, maximum=rule.max)
    if isinstance(rule, validate.Length):
        return _present(**{f"min{measured_in}": rule.min, f"max{measured_in}": rule.max})
    raise TypeError(f"{type(rule).__name__} has no JSON Schema here")


def _present(**values: Any) -> JsonSchema:
    return {name: value for name, value in values.items() if value is not None}


_PLAIN: dict[type[fields.Field[Any]], JsonSchema] = {
    fields.UUID: {"type": "string", "format": "uuid"},
    fields.AwareDateTime: {"type": "string", "format": "date-time"},
    fields.Date: {"type": "string", "format": "date"},
    fields.Integer: {"type": "integer"},
    fields.String: {"type": "string"},
}
