"""Each released event stays readable: by our reader, by both schemas, and by the reader of the CloudEvents project."""

import copy
import json

import pytest
from cloudevents.core.formats.json import JSONFormat
from jsonschema import Draft7Validator, FormatChecker
from marshmallow import ValidationError

from contracts.asyncapi import document, short_name
from contracts.envelope import CONTENT_TYPE, RENAMED, Event
from contracts.events import EVENTS, subject_of, validate
from contracts.json_schema import json_schema
from tests.contract.golden import FILES, Place, fields, golden, places, present, read

TYPES = sorted(EVENTS)
SCHEMAS = {
    event.schema: [other for other in EVENTS.values() if other.schema is event.schema]
    for event in EVENTS.values()
}
PAYLOADS = {
    message["name"]: Draft7Validator(message["payload"], format_checker=FormatChecker())
    for message in document({})["components"]["messages"].values()
}
DATA = {
    name: Draft7Validator(json_schema(event.schema), format_checker=FormatChecker())
    for name, event in EVENTS.items()
}


def accepted_by_us(type: str, data: object) -> bool:
    """Whether the marshmallow schema takes this data."""
    try:
        validate(type, data)
    except ValidationError:
        return False
    return True


def test_there_are_two_golden_events_of_each_type_and_nothing_else():
    """A new event type comes with the least and the most that it can carry."""
    expected = {f"{short_name(event)}.{size}" for event in EVENTS.values() for size in ("minimal", "full")}
    assert {file.stem for file in FILES} == expected


@pytest.mark.parametrize("type", TYPES)
def test_the_least_has_required_fields_only(type):
    """The minimal event cannot be poorer; only a session that was held always tells how many came."""
    least = golden(short_name(EVENTS[type]), "minimal")["data"]
    if type.endswith("sessions.notify.held"):
        del least["session"]["attendance"]
    assert present(least) == fields(json_schema(EVENTS[type].schema), required_only=True)


@pytest.mark.parametrize("schema", sorted(SCHEMAS, key=lambda schema: schema.__name__))
def test_the_most_has_every_field(schema):
    """Each field of a schema is in a full event of that schema; an open digipunt, say, has no day on which it closed."""
    full = [golden(short_name(event), "full")["data"] for event in SCHEMAS[schema]]
    assert set.union(*(present(data) for data in full)) == fields(json_schema(schema))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_our_reader_loses_nothing_of_a_golden_event(file):
    """What `Event` read and wrote again is the same event."""
    raw = read(file)
    event = Event.decode(file.read_bytes())
    assert json.loads(event.encode()) == raw
    assert event.type.startswith("be.digipunt.")
    assert event.subject == subject_of(event.type, raw["subject"].split("/")[1])
    assert file.stem.startswith(short_name(EVENTS[event.type]))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_both_schemas_take_a_golden_event(file):
    """The marshmallow schema and the JSON Schema that other teams get agree that it is right."""
    raw = read(file)
    validate(raw["type"], raw["data"])
    assert list(PAYLOADS[raw["type"]].iter_errors(raw)) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_reader_of_the_cloudevents_project_takes_a_golden_event(file):
    """Whoever has a CloudEvents library needs nothing of ours."""
    raw = read(file)
    assert JSONFormat.CONTENT_TYPE == CONTENT_TYPE
    event = JSONFormat().read(None, file.read_bytes())
    assert event.get_data() == raw["data"]
    attributes = event.get_attributes()
    assert attributes.pop("time").isoformat().replace("+00:00", "Z") == raw["time"]
    assert attributes == {name: value for name, value in raw.items() if name not in ("data", "time")}


def broken_at(data: object, place: Place, change: str) -> object:
    """A copy of `data` that is wrong, or poorer, at one place."""
    broken = copy.deepcopy(data)
    *way, last = place
    holder = broken
    for step in way:
        holder = holder[step]
    if change == "left out":
        del holder[last]
    else:
        holder[last] = {"null": None, "a list": [[]], "an object": {"x": {}}, "unknown text": "\N{SNOWMAN}"}[
            change
        ]
    return broken


@pytest.mark.parametrize("change", ["left out", "null", "a list", "an object", "unknown text"])
@pytest.mark.parametrize("type", TYPES)
def test_both_schemas_agree_on_what_is_wrong(type, change):
    """The JSON Schema refuses what the service would refuse to record, and nothing else, at each place of each event."""
    data = golden(short_name(EVENTS[type]), "full")["data"]
    for place in places(data):
        broken = broken_at(data, place, change)
        assert accepted_by_us(type, broken) == DATA[type].is_valid(broken), (place, change)


def objects(value: object) -> list[dict]:
    """Every object in `value`, itself included."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return ([value] if isinstance(value, dict) else []) + [
        each for below in inside for each in objects(below)
    ]


@pytest.mark.parametrize("type", TYPES)
def test_a_newer_event_with_more_fields_is_still_read(type):
    """Attributes and fields that are not known yet are passed over, at every depth, as we tell other teams to do."""
    newer = golden(short_name(EVENTS[type]), "full") | {"dataschema": "https://example.org/later"}
    for each in objects(newer["data"]):
        each["later"] = {"more": 1}
    assert Event.decode(json.dumps(newer)).data["later"] == {"more": 1}
    EVENTS[type].schema().load(newer["data"])
    assert PAYLOADS[type].is_valid(newer)


@pytest.mark.parametrize("type", TYPES)
def test_a_service_never_records_a_field_outside_the_contract(type):
    """The recording side is strict at every depth: a note that slips into a visit is refused, and does not travel."""
    count = len(objects(golden(short_name(EVENTS[type]), "full")["data"]))
    for number in range(count):
        data = golden(short_name(EVENTS[type]), "full")["data"]
        validate(type, data)
        objects(data)[number]["note"] = "Jan"
        assert not accepted_by_us(type, data)


@pytest.mark.parametrize("old", RENAMED)
def test_an_event_under_a_name_of_before_is_read_under_todays(old):
    """What waited in a queue, or was set aside, while its type was renamed is still applied."""
    raw = golden(short_name(EVENTS[RENAMED[old]]), "full")
    assert old not in EVENTS
    assert Event.decode(json.dumps(raw | {"type": old})) == Event.decode(json.dumps(raw))
