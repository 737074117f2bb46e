"""Every event type that may travel, with the schema of its data; and the names of exchanges and queues."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, fields

from contracts import loans, notifications, visits


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: who says it, what its data looks like, and when it is said."""

    name: str
    service: str
    schema: type[Schema]
    description: str


def event_type(service: str, resource: str, what: str) -> str:
    """The BelGIF name of an event of version 1, such as `be.digipunt.visits.v1.visits.notify.registered`."""
    return f"be.digipunt.{service}.v1.{resource}.notify.{what}"


def subject_of(type: str, id: str) -> str:
    """The subject of an event about the resource with this id, such as `visits/0197…`."""
    return f"{type.split('.')[4]}/{id}"


EVENTS: dict[str, EventType] = {
    name: EventType(name, service, schema, description)
    for service, events in {
        "visits": visits.EVENTS,
        "loans": loans.EVENTS,
        "notifications": notifications.EVENTS,
    }.items()
    for (resource, what), (schema, description) in events.items()
    for name in [event_type(service, resource, what)]
}


def _strict(schema: Schema) -> Schema:
    """`schema`, refusing unknown fields at every depth: what has no place in the contract must not travel."""
    schema.unknown = RAISE
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            _strict(inner.schema)
    return schema


_STRICT = {name: _strict(each.schema()) for name, each in EVENTS.items()}


def validate(type: str, data: dict[str, Any]) -> dict[str, Any]:
    """Hold `data`, plain JSON, against the contract of `type`; returns what the schema loaded.

    Raises marshmallow's ValidationError, also for a field that is not in the contract; KeyError for an unknown type.
    """
    loaded: dict[str, Any] = _STRICT[type].load(data)
    return loaded


def exchange(service: str) -> str:
    """The topic exchange on which `service` says its events."""
    return f"{service}.events"


def queue(subscriber: str, service: str, deployment: str | None = None) -> str:
    """The durable queue of `subscriber` on `service`'s events; a regional subscriber names its deployment too."""
    name = f"{subscriber}.{service}.events"
    return f"{deployment}.{name}" if deployment else name
