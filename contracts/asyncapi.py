"""The events as an AsyncAPI 3.0 document, for teams that subscribe without our code.

https://www.asyncapi.com/docs/reference/specification/v3.0.0
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.envelope import CONTENT_TYPE
from contracts.events import EVENTS, EventType, exchange
from contracts.json_schema import JsonSchema, json_schema

TEXT: JsonSchema = {"type": "string", "minLength": 1}

ENVELOPE: dict[str, JsonSchema] = {
    "specversion": {"const": "1.0"},
    "id": TEXT | {"description": "Of this event; the same in each delivery of it."},
    "source": TEXT | {"description": "urn:digipunt:<deployment>:<service>"},
    "subject": TEXT | {"description": "What it is about, such as visits/<id>; its events keep their order."},
    "time": {"type": "string", "format": "date-time"},
    "datacontenttype": {"const": "application/json"},
    "deployment": TEXT | {"description": "Short name of the deployment that recorded it."},
    "municipality": {"type": "string", "pattern": r"^\d{5}$", "description": "NIS code."},
    "epoch": {
        "type": "string",
        "format": "uuid",
        "description": "Of the journal. A new one when the journal was restored or recreated.",
    },
    "position": {
        "type": "integer",
        "minimum": 1,
        "description": "In the journal of the source, counted from 1 without gaps within one epoch.",
    },
    "previousid": TEXT
    | {
        "description": "The id of the event at position - 1: the journal is a chain. Absent at position 1, and in messages of a"
        " release whose journal was none."
    },
    "entityversion": {"type": "integer", "minimum": 1, "description": "Counts the changes of the subject."},
    "traceparent": {"type": "string", "description": "W3C trace context of the request that caused it."},
}
OPTIONAL = {"municipality", "traceparent", "previousid"}


def short_name(event: EventType) -> str:
    """`visits.registered` of `be.digipunt.visits.v1.visits.notify.registered`; also the name of its golden files."""
    *_, resource, _, what = event.name.split(".")
    return f"{resource}.{what}"


def document(examples: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The document; `examples` are complete events by type."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Digipunt events",
            "version": "1.0.0",
            "description": "What happens at digipunten, without personal data. Within version 1 only optional fields come or"
            " go, and lists of codes may grow: ignore what you do not know.",
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": CONTENT_TYPE,
        "servers": {
            "broker": {
                "host": "{host}:{port}",
                "protocol": "amqp",
                "protocolVersion": "0-9-1",
                "description": "The RabbitMQ of a deployment.",
                "variables": {"host": {"default": "localhost"}, "port": {"default": "5672"}},
            }
        },
        "channels": {short_name(event): _channel(event) for event in EVENTS.values()},
        "operations": {short_name(event): _operation(event) for event in EVENTS.values()},
        "components": {
            "messages": {
                short_name(event): _message(event, examples.get(name, [])) for name, event in EVENTS.items()
            }
        },
    }


def _channel(event: EventType) -> dict[str, Any]:
    name = short_name(event)
    return {
        "address": event.name,
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {
                    "name": exchange(event.service),
                    "type": "topic",
                    "durable": True,
                    "autoDelete": False,
                },
                "bindingVersion": "0.3.0",
            }
        },
    }


def _operation(event: EventType) -> dict[str, Any]:
    name = short_name(event)
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "summary": event.description,
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
    }


def _message(event: EventType, examples: list[dict[str, Any]]) -> dict[str, Any]:
    properties = ENVELOPE | {"type": {"const": event.name}, "data": json_schema(event.schema)}
    return {
        "name": event.name,
        "title": short_name(event),
        "summary": event.description,
        "contentType": CONTENT_TYPE,
        "payload": {
            "type": "object",
            "required": sorted(set(properties) - OPTIONAL),
            "properties": properties,
        },
        "examples": [{"payload": example} for example in examples],
    }
