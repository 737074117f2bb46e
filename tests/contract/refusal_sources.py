"""Finds each code that the source can refuse with, by reading the source: no run meets them all."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ("chassis", "common", "services")
"""The command line (`digipunt`) speaks English sentences and has no codes."""

CODE_AT = {
    "Conflict": 0,
    "Forbidden": 0,
    "Unauthenticated": 0,
    "WrongSecret": 0,
    "Locked": 0,
    "Unavailable": 0,
    "UnsupportedMedia": 0,
    "TooLarge": 0,
    "TooManyRequests": 0,
    "NotFound": 0,
    "Issue": 0,
    "Reason": 0,
    "Refusal": 1,
    "ValidationError": 0,
    "InvalidInput.at": 1,
}
"""Where in a call the code stands."""

NOT_PARAMS = frozenset({"name", "where", "value", "type", "given", "expired", "retry_after", "members"})
"""Arguments of errors that are not values in a text."""

RESOURCE_AT = {"Resource": 1, "require_municipality": 2, "require_digipunt": 3, "require_place": 3}
"""Where the name of a resource stands, from which NotFound makes its code."""

LEFT_OUT = frozenset(
    {
        "chassis/errors.py",  # makes the errors
        "chassis/http/issues.py",  # maps marshmallow's messages, which a test of its own tries one by one
        "chassis/storage/migrations/__init__.py",  # what cannot be migrated stops the start, in a sentence
        "services/notifications/channels/gateway.py",  # a file of settings: its faults stop the start
    }
)

HANDED_OVER = {"Workers": ("busy", "late")}
"""Arguments that are codes, for a class that raises them later."""

VALIDATORS = frozenset({"Length", "Range", "OneOf", "Regexp", "Whole"})


@dataclass(frozen=True)
class Raised:
    """A code in the source, with the names of the values that are given with it, or None when that cannot be read."""

    code: str
    at: str
    params: frozenset[str] | None = None


def raised() -> Iterator[Raised]:
    """Every code in the source of the services and of what they stand on."""
    for source in SOURCES:
        here = ROOT / source
        for path in [here] if here.is_file() else sorted(here.rglob("*.py")):
            if str(path.relative_to(ROOT)) not in LEFT_OUT:
                yield from _in_file(path)


def _in_file(path: Path) -> Iterator[Raised]:
    tree = ast.parse(path.read_text())
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Dict)
    }
    handed_on = {each.arg for each in ast.walk(tree) if isinstance(each, ast.arg)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for code, params in _of_call(node, tables):
                if code.removesuffix("NotFound") in handed_on:
                    continue  # Read where the function is called.
                yield Raised(code, f"{path.relative_to(ROOT)}:{node.lineno}", params)


def _of_call(call: ast.Call, tables: dict[str, ast.Dict]) -> Iterator[tuple[str, frozenset[str] | None]]:
    name = _name(call.func)
    if name in RESOURCE_AT and len(call.args) > RESOURCE_AT[name]:
        for resource in _literals(call.args[RESOURCE_AT[name]], tables):
            yield f"{resource}NotFound", None
    elif name in VALIDATORS:
        for keyword in call.keywords:
            if keyword.arg == "error":
                yield from ((code, None) for code in _literals(keyword.value, tables))
    elif name in HANDED_OVER:
        for keyword in call.keywords:
            if keyword.arg in HANDED_OVER[name]:
                yield from ((code, frozenset()) for code in _literals(keyword.value, tables))
    elif name in CODE_AT and len(call.args) > CODE_AT[name]:
        suffix = "NotFound" if name == "NotFound" and len(call.args) > 1 else ""
        params = None if suffix or name in ("Reason", "ValidationError") else _params(call)
        for code in _literals(call.args[CODE_AT[name]], tables):
            yield f"{code}{suffix}", params


def _params(call: ast.Call) -> frozenset[str] | None:
    found: set[str] = set()
    for keyword in call.keywords:
        if keyword.arg is None:
            return None
        if keyword.arg == "params":
            if not isinstance(keyword.value, ast.Dict):
                return None
            found |= {str(ast.literal_eval(key)) for key in keyword.value.keys if key is not None}
        elif keyword.arg not in NOT_PARAMS:
            found.add(keyword.arg)
    return frozenset(found)


def _literals(node: ast.expr, tables: dict[str, ast.Dict]) -> Iterator[str]:
    """The texts that this expression can be; a variable's own name, which is no code, when the text stands elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield ast.unparse(node)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, tables)
        yield from _literals(node.orelse, tables)
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in tables:
        for value in tables[node.value.id].values:
            yield from _literals(value, tables)
    elif isinstance(node, ast.Name):
        yield node.id


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        owner = function.value.id if isinstance(function.value, ast.Name) else ""
        return "InvalidInput.at" if (owner, function.attr) == ("InvalidInput", "at") else function.attr
    return function.id if isinstance(function, ast.Name) else ""
