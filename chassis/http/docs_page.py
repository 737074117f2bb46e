"""The API as one page to read, made from its OpenAPI description: no script, no other origin."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from chassis.http import openapi

CONTENT_TYPE = "text/html; charset=utf-8"
STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
section{border-top:1px solid #8886;padding:.5rem 0}
h2{margin-top:2.5rem;text-transform:capitalize}
h3{font-size:1.05rem;margin:.6rem 0;overflow-wrap:anywhere}
h3 b{display:inline-block;min-width:4rem}
table{border-collapse:collapse;width:100%;font-size:.95rem}
td,th{text-align:left;vertical-align:top;padding:.15rem .8rem .15rem 0}
code{font-size:.95em;overflow-wrap:anywhere}
.who{opacity:.75;margin:.2rem 0}
"""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)


@cache
def page(service: type) -> str:
    """The whole page."""
    spec = openapi.document(service)
    title = escape(spec["info"]["title"])
    by_tag: dict[str, list[str]] = {}
    for path, operations in spec["paths"].items():
        for method, operation in operations.items():
            text = "".join(_operation(spec, path, method, operation))
            by_tag.setdefault(operation["tags"][0], []).append(text)
    # What every service has, such as its health, comes after what this one is for.
    tags = sorted(by_tag, key=lambda tag: tag == openapi.PLUMBING)
    contents = " · ".join(f'<a href="#{escape(tag)}">{escape(tag)}</a>' for tag in [*tags, "data"])
    body = "".join(f'<h2 id="{escape(tag)}">{escape(tag)}</h2>{"".join(by_tag[tag])}' for tag in tags)
    schemas = "".join(_schema(name, schema) for name, schema in spec["components"]["schemas"].items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{STYLE}</style></head><body><h1>{title}</h1><p>{escape(spec['info']['description'])}</p>"
        "<p>Send a token with each request: <code>Authorization: Bearer &lt;token&gt;</code>. "
        "<code>digipunt token --role coordinator</code> prints one.</p>"
        '<p>The same for machines: <a href="doc/openapi.yaml">OpenAPI 3.0.3</a>.</p>'
        f'<nav>{contents}</nav>{body}<h2 id="data">Data</h2>{schemas}</body></html>'
    )


def _operation(spec: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Iterator[str]:
    path = spec["servers"][0]["url"] + path
    who = ", ".join(operation["x-roles"]) if "x-roles" in operation else "everybody, without a token"
    yield f'<section id="{operation["operationId"]}"><h3><b>{method.upper()}</b> <code>{escape(path)}</code></h3>'
    yield f'<p>{escape(operation["summary"])}.</p><p class="who">For {who}.</p>'
    if operation["description"]:
        yield f"<p>{escape(operation['description'])}</p>"
    if operation["parameters"]:
        rows = (
            _row(
                parameter["name"],
                f"{parameter['in']}: {_type(parameter['schema'])}",
                parameter.get("description"),
            )
            for parameter in operation["parameters"]
        )
        yield f"<table>{''.join(rows)}</table>"
    if "requestBody" in operation:
        content = next(iter(operation["requestBody"]["content"].values()))
        yield f"<p>Body: {_type(content['schema'])}</p>"
    rows = (_answer(spec, status, answer) for status, answer in operation["responses"].items())
    yield f"<details><summary>Answers</summary><table>{''.join(rows)}</table></details></section>"


def _answer(spec: dict[str, Any], status: str, answer: dict[str, Any]) -> str:
    if "$ref" in answer:
        answer = spec["components"]["responses"][answer["$ref"].rpartition("/")[2]]
    return _row(status, _content(answer), answer["description"])


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = schema.get("required", [])
    rows = (
        _row(field, _type(each) + (" (required)" if field in required else ""), each.get("description"))
        for field, each in schema.get("properties", {}).items()
    )
    return (
        f'<section id="schema-{escape(name)}"><h3>{escape(name)}</h3><table>{"".join(rows)}</table></section>'
    )


def _row(name: str, type: str, text: str | None) -> str:
    return f"<tr><td><code>{escape(name)}</code></td><td>{type}</td><td>{escape(text or '')}</td></tr>"


def _content(response: dict[str, Any]) -> str:
    content = response.get("content")
    return _type(next(iter(content.values()))["schema"]) if content else ""


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few words, with a link to the one it names."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#schema-{name}">{name}</a>'
    if "allOf" in schema:
        return _type(schema["allOf"][0])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    if "items" in schema.get("properties", {}):
        return f"page: {_type(schema['properties']['items'])}"
    if "enum" in schema:
        return escape(" | ".join(str(value) for value in schema["enum"]))
    return escape(schema.get("format") or schema.get("type") or "anything")
