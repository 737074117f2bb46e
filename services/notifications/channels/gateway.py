"""The description of an SMS gateway, read from the YAML file that `DIGIPUNT_SMS_GATEWAY` names.

    url: https://gateway.example/v1/messages
    method: POST
    headers: {Authorization: "Bearer {{ secret }}"}
    json: {to: "{{ to }}", text: "{{ text }}", reference: "{{ key }}"}     # or form: or query:
    success: {status: [200, 202], match: '"accepted"'}   # match: a regular expression on the body; optional
    refused: {status: [400]}                             # this number, or this text, will never be sent
    id: {json: messages.0.id}                            # or {match: 'id=(\\S+)'}; optional
    reports:                                             # what the gateway calls /notifications/v1/reports/sms with
      header: {name: X-Token, value: "{{ secret }}"}     # or field: of the body, or basic: "user:{{ proof }}"
      id: message.id
      status: message.status
      delivered: [DELIVERED]
      failed: [FAILED, EXPIRED]

Texts are Jinja templates with `to` (E.164), `text`, `key` (our own id of the message), `report` (the address for delivery
reports), `secret` (`DIGIPUNT_SMS_SECRET`) and `proof`, made of the secret: who sees it, in the log of a gateway that gets it in
an address, can report but cannot send. `docs/examples/` has files for gateways that were tested.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from chassis.errors import ConfigurationError
from chassis.http import issues_of

SAMPLE = {
    "to": "+32470123456",
    "text": "x",
    "key": "x",
    "report": "https://example.be/x",
    "secret": "x",
    "proof": "x",
}

_templates = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


def _is_pattern(text: str) -> None:
    try:
        re.compile(text)
    except re.error as error:
        raise ValidationError(f"not a regular expression: {error}") from None


def _is_template(text: str) -> None:
    try:
        render(text, SAMPLE)
    except TemplateError as error:
        raise ValidationError(f"not a usable template: {error}") from None


class Template(fields.String):
    """A text with placeholders in double braces."""

    def __init__(self, **more: Any) -> None:
        super().__init__(validate=_is_template, **more)


class Rule(Schema):
    """Which responses count."""

    status = fields.List(fields.Integer(), required=True, validate=validate.Length(min=1))
    match = fields.String(validate=_is_pattern)


class IdPlace(Schema):
    """Where the response has the gateway's id of the message."""

    json = fields.String()
    match = fields.String(validate=_is_pattern)


class NamedValue(Schema):
    """A header or a field that must have this value."""

    name = fields.String(required=True)
    value = Template(required=True)


class Reports(Schema):
    """Delivery reports: how they are authenticated, and where their fields are."""

    header = fields.Nested(NamedValue)
    field = fields.Nested(NamedValue)
    basic = Template()
    id = fields.String(required=True)
    status = fields.String(required=True)
    delivered = fields.List(fields.String(), required=True)
    failed = fields.List(fields.String(), required=True)

    @validates_schema
    def protected(self, data: dict[str, Any], **kwargs: Any) -> None:
        if not data.keys() & {"header", "field", "basic"}:
            raise ValidationError("say how a report proves where it comes from: header, field or basic")


class GatewayFile(Schema):
    """The whole file."""

    url = Template(required=True)
    method = fields.String(load_default="POST", validate=validate.OneOf(["POST", "PUT", "GET"]))
    headers = fields.Dict(keys=fields.String(), values=Template(), load_default=dict)
    query = fields.Dict(keys=fields.String(), values=Template(), load_default=dict)
    form = fields.Dict(keys=fields.String(), values=Template())
    json = fields.Raw()
    timeoutSeconds = fields.Float(load_default=20.0, validate=validate.Range(1, 60))
    success = fields.Nested(Rule, required=True)
    refused = fields.Nested(Rule)
    id = fields.Nested(IdPlace)
    reports = fields.Nested(Reports)


def read_gateway(path: Path) -> dict[str, Any]:
    """The description in this file. Raises ConfigurationError that names the invalid place."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        loaded: dict[str, Any] = GatewayFile().load(raw if isinstance(raw, dict) else {})
        fill(loaded.get("json"), SAMPLE)
    except OSError as error:
        raise ConfigurationError(f"DIGIPUNT_SMS_GATEWAY: {path} cannot be read: {error.strerror}") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise ConfigurationError(f"DIGIPUNT_SMS_GATEWAY: {path} is not YAML") from None
    except TemplateError as error:
        raise ConfigurationError(f"DIGIPUNT_SMS_GATEWAY: json is not a usable template: {error}") from None
    except ValidationError as error:
        [first, *_] = issues_of(error.messages)
        raise ConfigurationError(f"DIGIPUNT_SMS_GATEWAY: {first.name}: {first.detail}") from None
    return loaded


def render(template: str, values: dict[str, str]) -> str:
    """The template with these values filled in."""
    return _templates.from_string(template).render(values)


def fill(part: Any, values: dict[str, str]) -> Any:
    """A structure of dicts and lists with each text rendered on its own, so that no value can break out of its place."""
    if isinstance(part, dict):
        return {name: fill(inner, values) for name, inner in part.items()}
    if isinstance(part, list):
        return [fill(inner, values) for inner in part]
    return render(part, values) if isinstance(part, str) else part


def at(path: str, data: Any) -> str | None:
    """The value at a dotted path such as `messages.0.id`, as text; None when there is none."""
    for step in path.split("."):
        if isinstance(data, list) and step.isdigit() and int(step) < len(data):
            data = data[int(step)]
        elif isinstance(data, dict) and step in data:
            data = data[step]
        else:
            return None
    return str(data) if isinstance(data, str | int) else None
