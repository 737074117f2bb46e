"""A text of a message as a template: text, fields and conditions, and nothing that computes or repeats.

Jinja is loaded here, with the first message, and not at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from chassis.errors import InvalidInput, Issue

__all__ = ["TemplateError", "fill", "names_in"]

PLAIN_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
"""What a template may consist of."""

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_environment.globals.clear()


def fill(text: str, fields: Mapping[str, Any]) -> str:
    """The template with its fields filled in. Raises TemplateError when one is missing."""
    return _template(text).render(fields)


def names_in(text: str) -> set[str]:
    """Every name in a template, `self` included, which Jinja says is declared. Raises InvalidInput unless it is plain."""
    try:
        parsed = _environment.parse(text)
        _template(text)
    except TemplateSyntaxError as error:
        raise InvalidInput(
            [Issue("notATemplate", "text", params={"line": error.lineno, "why": error.message})]
        ) from None
    except (RecursionError, SyntaxError):  # Python takes a hundred blocks inside one another.
        raise InvalidInput([Issue("templateTooDeep", "text")]) from None
    if not all(isinstance(node, PLAIN_NODES) for node in [parsed, *parsed.find_all(nodes.Node)]):
        raise InvalidInput([Issue("templateTooClever", "text")])
    return {node.name for node in parsed.find_all(nodes.Name)}


@lru_cache(maxsize=256)
def _template(text: str) -> Template:
    return _environment.from_string(text)
