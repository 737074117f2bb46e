"""Every event type, with the schema of its data; and the names of exchanges and queues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from marshmallow import RAISE, Schema, fields

from contracts import loans, notifications, reporting, visits


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: which service publishes it, the schema of its data, and when it is published."""

    name: str
    service: str
    schema: type[Schema]
    description: str


def source_of(deployment: str, service: str) -> str:
    """What the events of a service name as their source, such as `urn:digipunt:tienen:visits`."""
    return f"urn:digipunt:{deployment}:{service}"


def types_of(service: str) -> str:
    """With what the names of all event types of a service begin."""
    return f"be.digipunt.{service}."


def event_type(service: str, resource: str, what: str) -> str:
    """The BelGIF name of an event of version 1, such as `be.digipunt.visits.v1.visits.notify.registered`."""
    return f"{types_of(service)}v1.{resource}.notify.{what}"


def subject_of(type: str, id: str) -> str:
    """The subject of an event about the resource with this id, such as `visits/0197…`."""
    return f"{type.split('.')[4]}/{id}"


EVENTS: dict[str, EventType] = {
    name: EventType(name, service, schema, description)
    for service, events in {
        "visits": visits.EVENTS,
        "loans": loans.EVENTS,
        "notifications": notifications.EVENTS,
        "reporting": reporting.EVENTS,
    }.items()
    for (resource, what), (schema, description) in events.items()
    for name in [event_type(service, resource, what)]
}


def _strict(schema: Schema) -> Schema:
    """`schema`, refusing unknown fields at every depth: what is not in the contract must not be published."""
    schema.unknown = RAISE
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            _strict(inner.schema)
    return schema


@cache
def _schema(type: str) -> Schema:
    """The strict schema of a type, made with the first event of it: all of them together take a while."""
    return _strict(EVENTS[type].schema())


def validate(type: str, data: dict[str, Any]) -> dict[str, Any]:
    """Validate `data`, plain JSON, by the contract of `type`; returns what the schema loaded.

    Raises marshmallow's ValidationError, even for a field that the contract does not have; KeyError for an unknown type.
    """
    loaded: dict[str, Any] = _schema(type).load(data)
    return loaded


def exchange(service: str) -> str:
    """The topic exchange on which `service` publishes its events."""
    return f"{service}.events"


def queue(subscriber: str, service: str, deployment: str | None = None) -> str:
    """The durable queue of `subscriber` on `service`'s events; that of a regional subscriber starts with its deployment."""
    name = f"{subscriber}.{service}.events"
    return f"{deployment}.{name}" if deployment else name
