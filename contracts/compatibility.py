"""FULL_TRANSITIVE: within a major version, every release reads what every other release wrote.

So only optional fields come or go. A list of codes may grow, because readers treat a code as text and look labels up;
a code is never removed, because recorded events use it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from contracts.json_schema import JsonSchema

FIXED = (
    "type",
    "format",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "x-refData",
)


def breaches(released: Mapping[str, JsonSchema], now: Mapping[str, JsonSchema]) -> list[str]:
    """What makes the events of `now` and of a release, both by type, unreadable to one another; empty when compatible."""
    found = [f"{name}: the event type is gone" for name in sorted(set(released) - set(now))]
    for name in sorted(set(released) & set(now)):
        found += _compare(released[name], now[name], name)
    return found


def _compare(old: JsonSchema, new: JsonSchema, path: str) -> Iterator[str]:
    for word in FIXED:
        if old.get(word) != new.get(word):
            yield f"{path}: {word} was {old.get(word)!r} and is {new.get(word)!r}"
    yield from _codes(old, new, path)
    if "items" in old and "items" in new:
        yield from _compare(old["items"], new["items"], f"{path}[]")
    yield from _fields(old, new, path)


def _codes(old: JsonSchema, new: JsonSchema, path: str) -> Iterator[str]:
    if ("enum" in old) != ("enum" in new):
        yield f"{path}: a list of codes came or went"
        return
    gone = [code for code in old.get("enum", ()) if code not in new["enum"]]
    if gone:
        yield f"{path}: codes are gone: {', '.join(gone)}; retire them instead"
    grown = [code for code in new.get("enum", ()) if code not in old["enum"]]
    if grown and "x-refData" not in old:
        yield f"{path}: only reference lists may grow, not {', '.join(grown)}"


def _fields(old: JsonSchema, new: JsonSchema, path: str) -> Iterator[str]:
    before, after = old.get("properties", {}), new.get("properties", {})
    needed_before, needed_after = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(set(before) | set(after)):
        here = f"{path}.{name}"
        if name not in after:
            if name in needed_before:
                yield f"{here}: a required field is gone"
        elif name not in before:
            if name in needed_after:
                yield f"{here}: a new field must be optional"
        elif (name in needed_before) != (name in needed_after):
            yield f"{here}: a field that is there stays required, or stays optional"
        else:
            yield from _compare(before[name], after[name], here)
