"""Finds the handler of a method on a path: 404 for an unknown path, 405 with `Allow` for an unknown method."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from chassis.errors import NotFound
from chassis.http.problems import MethodNotAllowed
from chassis.http.request import Request
from chassis.http.responses import Response
from chassis.http.route import PARAMETER

Handler = Callable[[Request], Response]
Admission = Callable[[Request], Response | None]
"""Looks at a request before its body is taken; the refusal, if it is refused."""
UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Target:
    """What answers a request: whom it admits, how large a body it takes, and the names of its path's parameters."""

    handler: Handler
    admit: Admission
    body_bytes: int
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class _Node:
    """A point in the tree of paths, one level per segment. A literal segment takes precedence over a parameter."""

    literal: dict[str, _Node] = field(default_factory=dict)
    uuid: _Node | None = None
    text: _Node | None = None
    targets: dict[str, Target] = field(default_factory=dict)


class Router:
    """Paths such as `/visits/v1/visits/{id}`; `{id}` is a UUID, `{name:text}` any one segment."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, method: str, path: str, handler: Handler, admit: Admission, body_bytes: int) -> None:
        """Raises ValueError when the route is taken."""
        node = self._node(path)
        if method in node.targets:
            raise ValueError(f"{method} {path} is a route already")
        names = tuple(name for name, _ in PARAMETER.findall(path))
        node.targets[method] = Target(handler, admit, body_bytes, names)

    def remove(self, method: str, path: str) -> None:
        self._node(path).targets.pop(method, None)

    def knows(self, first: str) -> bool:
        """Whether routes with more than one part begin with this one."""
        node = self._root.literal.get("", self._root).literal.get(first)
        return node is not None and any(
            part is not None for part in (node.uuid, node.text, *node.literal.values())
        )

    def find(self, method: str, path: str) -> tuple[Target, dict[str, str]]:
        """The target and its parameters. Raises NotFound or MethodNotAllowed."""
        node = self._root
        values = []
        for segment in path.split("/"):
            if "%" in segment:
                segment = unquote(segment)
            inner = node.literal.get(segment)
            if inner is None:
                if node.uuid is not None and UUID.fullmatch(segment):
                    inner, segment = node.uuid, segment.lower()
                elif node.text is not None and segment:
                    inner = node.text
                elif node.uuid is not None:
                    raise NotFound("addressNeedsUuid")
                else:
                    raise NotFound("addressUnknown")
                values.append(segment)
            node = inner
        target = node.targets.get("GET" if method == "HEAD" else method)
        if target is None:
            if not node.targets:
                raise NotFound("addressUnknown")
            raise MethodNotAllowed(method, node.targets)
        return target, dict(zip(target.names, values, strict=True)) if values else {}

    def _node(self, path: str) -> _Node:
        node = self._root
        for segment in path.split("/"):
            parameter = PARAMETER.fullmatch(segment)
            if parameter is None:
                node = node.literal.setdefault(segment, _Node())
            elif parameter[2]:
                node.text = node.text or _Node()
                node = node.text
            else:
                node.uuid = node.uuid or _Node()
                node = node.uuid
        return node
