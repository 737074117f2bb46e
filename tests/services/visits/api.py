"""A client of the visits service, as a role, and what its journal holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from uuid import uuid4

import eventlet
import httpx

from chassis.http.auth import issue
from chassis.run import Runner
from chassis.runtime.application import Application
from services.visits.service import VisitsService

TIENEN, LANDEN = "24107", "24059"
DEADLINE = 30.0


def new_id() -> str:
    """An id that no other test has."""
    return str(uuid4())


@dataclass
class Running:
    """The service, running."""

    runner: Runner

    @property
    def application(self) -> Application:
        return self.runner.applications[VisitsService.name]

    def client(self, role: str, municipalities: Iterable[str] = (), digipunts: Iterable[str] = ()) -> Client:
        """A client with a token of this role."""
        token = issue(self.runner.settings, role, municipalities, digipunts)
        return Client(self.runner.address, {"Authorization": f"Bearer {token}"})

    def stranger(self) -> Client:
        """A client without a token."""
        return Client(self.runner.address, {})

    def events(self, id: str) -> list[dict[str, Any]]:
        """The events about one resource, oldest first, as they travel; waits until all are published."""
        journal = self.application.journal
        until = monotonic() + DEADLINE
        while journal.waiting():
            assert monotonic() < until, "the relay did not publish in time"
            eventlet.sleep(0.005)
        position = 0
        found: list[dict[str, Any]] = []
        while entries := journal.page(position, 2000)[1]:
            found += [json.loads(entry.body) for entry in entries]
            position = found[-1]["position"]
        return [event for event in found if event["subject"].endswith(f"/{id}")]


class Client:
    """Speaks to `/visits/v1`."""

    def __init__(self, address: str, headers: dict[str, str]) -> None:
        self._http = httpx.Client(base_url=f"{address}/visits/v1", headers=headers, timeout=120)

    def get(self, path: str, *, known: str | None = None, **query: Any) -> httpx.Response:
        """`known` is the tag of what the client has."""
        headers = {} if known is None else {"If-None-Match": known}
        return self._http.get(path, params=query, headers=headers)

    def put(self, path: str, body: Any) -> httpx.Response:
        return self._http.put(path, json=body)

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self._http.post(path, json=body, headers=headers)

    def patch(self, path: str, body: Any, version: int | str | None = None) -> httpx.Response:
        """`version` is a number, or the tag as it was read."""
        tag = f'"{version}"' if isinstance(version, int) else version
        headers = {} if tag is None else {"If-Match": tag}
        return self._http.patch(path, json=body, headers=headers)

    def digipunt(self, municipality: str = TIENEN, **more: Any) -> str:
        """The id of a new digipunt."""
        id = new_id()
        answer = self.put(f"/digipunts/{id}", {"name": "BOM", "municipality": municipality, **more})
        assert answer.status_code == 201, answer.text
        return id

    def visit(self, digipunt: str, **more: Any) -> str:
        """The id of a new visit."""
        id = new_id()
        answer = self.put(f"/visits/{id}", {"digipunt": digipunt, "themes": ["tax"], **more})
        assert answer.status_code == 201, answer.text
        return id


def issues(answer: httpx.Response) -> list[str | None]:
    """The names of the fields that a refusal points at."""
    assert answer.status_code == 400, answer.text
    return [issue.get("name") for issue in answer.json()["issues"]]


def now_text() -> str:
    """This moment as a client writes it."""
    return datetime.now(UTC).isoformat()
