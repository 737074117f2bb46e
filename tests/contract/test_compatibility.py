"""FULL_TRANSITIVE: every release reads what every other release wrote, and a breach is named before it is released."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.compatibility import breaches
from contracts.events import EVENTS
from contracts.json_schema import JsonSchema, json_schema
from contracts.refdata import LISTS
from tests.contract.golden import CONTRACTS, FILES, read

RELEASED = sorted((CONTRACTS / "released").glob("*.json"))
TODAY = {name: json_schema(event.schema) for name, event in EVENTS.items()}
TYPE = "be.digipunt.visits.v1.visits.notify.registered"
FEEDBACK = "be.digipunt.visits.v1.feedback.notify.given"


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_today_keeps_to_a_release(file):
    """What was released and what is here now read each other's events."""
    released = read(file)
    assert released, "a release has event types"
    assert breaches(released, TODAY) == []


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_a_release_knows_each_code_that_its_events_used(file):
    """Codes are retired and never deleted: each list of a release is still in the reference data, in full."""
    for schema in nodes(read(file)):
        if "x-refData" in schema:
            known = {each.code for each in LISTS[schema["x-refData"]].codes}
            assert set(schema["enum"]) <= known


def test_there_is_a_release_to_hold_today_against():
    """Without one these tests would pass by having nothing to do."""
    assert RELEASED
    assert {read(file)["type"] for file in FILES} <= set(TODAY)


def nodes(schemas: dict[str, JsonSchema]) -> list[JsonSchema]:
    """Every schema inside `schemas`, in a fixed order."""
    found: list[JsonSchema] = []
    for schema in schemas.values():
        found.append(schema)
        found += nodes(schema.get("properties", {}))
        if "items" in schema:
            found += nodes({"": schema["items"]})
    return found


ALLOWED = ("add", "drop", "grow")


@st.composite
def releases(draw: st.DrawFn) -> list[dict[str, JsonSchema]]:
    """Some of today's contracts and what may become of them: optional fields come and go, reference lists grow.

    All of them each time would be slow, and too long to describe.
    """
    some = draw(st.lists(st.sampled_from(sorted(TODAY)), min_size=1, max_size=5, unique=True))
    history = [{name: copy.deepcopy(TODAY[name]) for name in some}]
    for number in range(draw(st.integers(1, 4))):
        now = copy.deepcopy(history[-1])
        for _ in range(draw(st.integers(1, 5))):
            change = draw(st.sampled_from(ALLOWED))
            if change == "add":
                where = _one(draw, [node for node in nodes(now) if "properties" in node])
                where["properties"][f"new{number}"] = {"type": "string", "format": "date"}
            elif change == "drop" and (there := _optional(now)):
                where, name = _one(draw, there)
                where["properties"].pop(name, None)
            elif change == "grow" and (lists := [node for node in nodes(now) if "x-refData" in node]):
                where = _one(draw, lists)
                where["enum"] = [*where["enum"], f"code{number}{len(where['enum'])}"]
        history.append(now)
    return history


def _one(draw: st.DrawFn, items: list[Any]) -> Any:
    """One of `items`, drawn by its number, because what is drawn from may be described."""
    return items[draw(st.integers(0, len(items) - 1))]


def _optional(schemas: dict[str, JsonSchema]) -> list[tuple[JsonSchema, str]]:
    return [
        (node, name)
        for node in nodes(schemas)
        for name in node.get("properties", {})
        if name not in node.get("required", ())
    ]


@given(releases())
def test_optional_fields_come_and_go_and_reference_lists_grow(history):
    """However these are mixed over some releases, no release breaches one before it."""
    for index, now in enumerate(history):
        for before in history[:index]:
            assert breaches(before, now) == []


def visit(schemas: dict[str, JsonSchema]) -> JsonSchema:
    """The visit in the event of a registered visit."""
    return schemas[TYPE]["properties"]["visit"]


def field(schemas: dict[str, JsonSchema], name: str) -> JsonSchema:
    """A field of that visit."""
    return visit(schemas)["properties"][name]


def return_of(schemas: dict[str, JsonSchema]) -> JsonSchema:
    """A field whose codes are its own, and no reference list."""
    feedback = schemas[FEEDBACK]["properties"]["feedback"]["properties"]
    return feedback["wouldReturn"]


FORBIDDEN = {
    "an event type goes": (lambda s: s.pop(TYPE), f"{TYPE}: the event type is gone"),
    "a required field goes": (
        lambda s: visit(s)["properties"].pop("themes"),
        f"{TYPE}.visit.themes: a required field is gone",
    ),
    "a required field comes": (
        lambda s: (visit(s)["properties"].update(new={"type": "string"}), visit(s)["required"].append("new")),
        f"{TYPE}.visit.new: a new field must be optional",
    ),
    "a required field becomes optional": (
        lambda s: visit(s)["required"].remove("contact"),
        f"{TYPE}.visit.contact: a field that is there stays required, or stays optional",
    ),
    "an optional field becomes required": (
        lambda s: visit(s)["required"].append("help"),
        f"{TYPE}.visit.help: a field that is there stays required, or stays optional",
    ),
    "a field gets another type": (
        lambda s: field(s, "durationMinutes").update(type="string"),
        f"{TYPE}.visit.durationMinutes: type was 'integer' and is 'string'",
    ),
    "a field gets another format": (
        lambda s: field(s, "startedAt").update(format="date"),
        f"{TYPE}.visit.startedAt: format was 'date-time' and is 'date'",
    ),
    "a field loses its pattern": (
        lambda s: field(s, "residence").pop("pattern"),
        f"{TYPE}.visit.residence: pattern was '^\\\\d{{5}}$' and is None",
    ),
    "a number gets a bound": (
        lambda s: field(s, "durationMinutes").update(minimum=5),
        f"{TYPE}.visit.durationMinutes: minimum was None and is 5",
    ),
    "a number gets an upper bound": (
        lambda s: field(s, "durationMinutes").update(maximum=60),
        f"{TYPE}.visit.durationMinutes: maximum was None and is 60",
    ),
    "a list may be empty now": (
        lambda s: field(s, "themes").pop("minItems"),
        f"{TYPE}.visit.themes: minItems was 1 and is None",
    ),
    "a list gets a greatest length": (
        lambda s: field(s, "themes").update(maxItems=3),
        f"{TYPE}.visit.themes: maxItems was None and is 3",
    ),
    "a text gets a least length": (
        lambda s: field(s, "visitor").update(minLength=1),
        f"{TYPE}.visit.visitor: minLength was None and is 1",
    ),
    "a text gets a greatest length": (
        lambda s: field(s, "visitor").update(maxLength=10),
        f"{TYPE}.visit.visitor: maxLength was None and is 10",
    ),
    "a code is deleted": (
        lambda s: field(s, "outcome")["enum"].remove("partly"),
        f"{TYPE}.visit.outcome: codes are gone: partly; retire them instead",
    ),
    "a code deep in a list is deleted": (
        lambda s: field(s, "bottlenecks")["items"]["properties"]["cause"]["enum"].remove("fee"),
        f"{TYPE}.visit.bottlenecks[].cause: codes are gone: fee; retire them instead",
    ),
    "codes become free text": (
        lambda s: field(s, "help").pop("enum"),
        f"{TYPE}.visit.help: a list of codes came or went",
    ),
    "free text becomes codes": (
        lambda s: field(s, "visitor").update(enum=["a"]),
        f"{TYPE}.visit.visitor: a list of codes came or went",
    ),
    "a field takes its codes from another list": (
        lambda s: field(s, "help").update({"x-refData": "outcome"}),
        f"{TYPE}.visit.help: x-refData was 'help' and is 'outcome'",
    ),
    "a closed list grows": (
        lambda s: return_of(s)["enum"].append("maybe"),
        f"{FEEDBACK}.feedback.wouldReturn: only reference lists may grow, not maybe",
    ),
}


@pytest.mark.parametrize("kind", FORBIDDEN)
def test_a_forbidden_change_is_named(kind):
    """Each kind of change that some release could not read is reported with its place, and nothing else is."""
    change, breach = FORBIDDEN[kind]
    later = copy.deepcopy(TODAY)
    change(later)
    assert breaches(TODAY, later) == [breach]


def test_a_field_that_went_does_not_come_back_as_something_else():
    """That is why today is held against every release, and not only against the last."""
    first, second, third = (copy.deepcopy(TODAY) for _ in range(3))
    del visit(second)["properties"]["durationMinutes"]
    field(third, "durationMinutes").update(type="string")
    assert breaches(first, second) == breaches(second, third) == []
    assert breaches(first, third) == [f"{TYPE}.visit.durationMinutes: type was 'integer' and is 'string'"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the contracts with the script that checks them."""
    root = CONTRACTS.parent
    for folder in ("contracts", "scripts/checks"):
        for file in sorted((root / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                copied = tmp_path / file.relative_to(root)
                copied.parent.mkdir(parents=True, exist_ok=True)
                copied.write_bytes(file.read_bytes())
    return tmp_path


def checked(tree: Path, *arguments: str) -> tuple[int, str]:
    """How `scripts/checks/contracts.py` ends in this tree, and what it says."""
    done = subprocess.run(
        [sys.executable, "scripts/checks/contracts.py", *arguments],
        cwd=tree,
        env={"PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_check_passes_as_things_are(tree):
    """The generated document is up to date and every release is kept to."""
    assert checked(tree) == (0, "")


def test_the_check_names_a_breach_with_its_release(tree):
    """A field that a release required and that is gone stops the check."""
    file = tree / "contracts" / "released" / f"{RELEASED[0].stem}.json"
    released = read(file)
    visit(released)["properties"]["weather"] = {"type": "string"}
    visit(released)["required"].append("weather")
    file.write_text(json.dumps(released))
    assert checked(tree) == (1, f"since {file.stem}: {TYPE}.visit.weather: a required field is gone\n")


def test_the_check_sees_a_document_that_is_out_of_date(tree):
    """And `write` mends it."""
    with (tree / "contracts" / "asyncapi.yaml").open("a") as document:
        document.write("# by hand\n")
    status, said = checked(tree)
    assert (status, "out of date" in said) == (1, True)
    assert checked(tree, "write") == (0, "")
    assert checked(tree) == (0, "")


def test_a_release_is_written_once(tree):
    """The schemas of a release are kept as they are today, and never again written over."""
    assert checked(tree, "release", "9.9.9") == (0, "")
    assert read(tree / "contracts" / "released" / "9.9.9.json") == TODAY
    assert checked(tree) == (0, "")
    status, said = checked(tree, "release", "9.9.9")
    assert (status, said) == (1, "9.9.9 was released already, and a release never changes\n")
