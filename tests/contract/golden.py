"""The golden events: two of each type, one with the least that it may carry and one with all that it can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import contracts
from contracts.json_schema import JsonSchema

CONTRACTS = Path(contracts.__file__).parent
FOLDER = CONTRACTS / "golden" / "v1"
FILES = sorted(FOLDER.glob("*.json"))

Place = tuple[str | int, ...]
"""The way to a value inside an event's data, such as `("visit", "bottlenecks", 0, "cause")`."""


def read(file: Path) -> Any:
    """The JSON of a file."""
    return json.loads(file.read_text(encoding="utf-8"))


def golden(name: str, size: str) -> Any:
    """The event of this short name, such as `visits.registered`; `size` is `minimal` or `full`."""
    return read(FOLDER / f"{name}.{size}.json")


def fields(schema: JsonSchema, path: str = "", *, required_only: bool = False) -> set[str]:
    """The fields that a JSON Schema names, such as `visit.bottlenecks[].cause`; or those that cannot be left out."""
    found: set[str] = set()
    for name, below in schema.get("properties", {}).items():
        if required_only and name not in schema.get("required", ()):
            continue
        here = f"{path}.{name}" if path else name
        found.add(here)
        found |= fields(below, here, required_only=required_only)
        if "items" in below:
            found |= fields(below["items"], f"{here}[]", required_only=required_only)
    return found


def present(value: Any, path: str = "") -> set[str]:
    """The fields that are in `value`, named as in `fields`."""
    found: set[str] = set()
    if isinstance(value, dict):
        for name, below in value.items():
            here = f"{path}.{name}" if path else name
            found |= {here} | present(below, here)
    elif isinstance(value, list):
        for below in value:
            found |= present(below, f"{path}[]")
    return found


def places(value: Any, at: Place = ()) -> list[Place]:
    """The way to every value inside `value`."""
    inside: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inside = list(value.items())
    elif isinstance(value, list):
        inside = list(enumerate(value))
    found = [(*at, step) for step, _ in inside]
    for step, below in inside:
        found += places(below, (*at, step))
    return found
