"""The events are described in AsyncAPI 3.0, for teams that subscribe without our code."""

import copy

import pytest
import yaml
from jsonschema.validators import validator_for

from contracts.asyncapi import short_name
from contracts.events import EVENTS, exchange
from contracts.json_schema import json_schema
from tests.contract.golden import CONTRACTS, golden, read

OFFICIAL = read(CONTRACTS.parent / "tests" / "contract" / "asyncapi" / "3.0.0.json")
DOCUMENT = yaml.safe_load((CONTRACTS / "asyncapi.yaml").read_text(encoding="utf-8"))


def faults(document: object) -> list[str]:
    """What the official schema says against a document."""
    validator = validator_for(OFFICIAL)
    validator.check_schema(OFFICIAL)
    return [error.json_path for error in validator(OFFICIAL).iter_errors(document)]


def test_the_document_is_right_by_the_official_schema():
    """`contracts/asyncapi.yaml` is an AsyncAPI 3.0.0 document."""
    assert OFFICIAL["properties"]["asyncapi"]["const"] == "3.0.0"
    assert faults(DOCUMENT) == []


@pytest.mark.parametrize(
    ("kind", "name", "change"),
    [
        ("operations", "visits.registered", {"action": "shout"}),
        ("channels", "visits.registered", {"bindings": {"amqp": {"is": "nothing"}}}),
        ("operations", "visits.registered", {"channel": None}),
    ],
)
def test_the_official_schema_would_tell(kind, name, change):
    """The check can fail: a document with one mistake is refused."""
    wrong = copy.deepcopy(DOCUMENT)
    wrong[kind][name] |= change
    assert faults(wrong)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_each_event_type_is_described(event):
    """With the exchange and routing key to bind to, the schema of its data, and both golden events as examples."""
    name = short_name(event)
    channel = DOCUMENT["channels"][name]
    assert channel["address"] == event.name
    assert channel["bindings"]["amqp"]["exchange"]["name"] == exchange(event.service)
    message = DOCUMENT["components"]["messages"][name]
    assert message["payload"]["properties"]["data"] == json_schema(event.schema)
    assert message["payload"]["properties"]["type"] == {"const": event.name}
    examples = [each["payload"] for each in message["examples"]]
    assert examples == [golden(name, "full"), golden(name, "minimal")]
    assert DOCUMENT["operations"][name]["channel"] == {"$ref": f"#/channels/{name}"}


def test_nothing_else_is_described():
    """A type that is not in the contracts is not in the document either."""
    names = {short_name(event) for event in EVENTS.values()}
    assert set(DOCUMENT["channels"]) == set(DOCUMENT["operations"]) == names
    assert set(DOCUMENT["components"]["messages"]) == names
