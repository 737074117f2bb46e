"""A client of the desk service: as a coordinator, as a paired laptop, as a helper who signed in there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import httpx

from chassis.http.auth import issue
from chassis.run import Runner
from chassis.runtime.application import Application
from services.desk.service import DeskService
from tests.services.loans.api import MovedClock
from tests.services.visits.api import LANDEN, TIENEN, issues, new_id

__all__ = ["LANDEN", "PIN", "TIENEN", "Client", "Laptop", "MovedClock", "Running", "issues", "new_id"]

PIN, WRONG = "2468", "1357"


class Client:
    """Speaks to `/desk/v1`."""

    def __init__(self, address: str, token: str | None) -> None:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        self.token = token
        self._http = httpx.Client(base_url=f"{address}/desk/v1", headers=headers, timeout=60)

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self._http.get(path, params=query)

    def put(self, path: str, body: Any, version: int | None = None) -> httpx.Response:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self._http.put(path, json=body, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> httpx.Response:
        return self._http.post(path, json=body, headers=headers)

    def patch(self, path: str, body: Any, etag: str | None = None) -> httpx.Response:
        return self._http.patch(path, json=body, headers={} if etag is None else {"If-Match": etag})

    def delete(self, path: str) -> httpx.Response:
        return self._http.delete(path)

    def helper(self, *digipunts: str, name: str = "Rita", pin: str | None = PIN, **more: Any) -> str:
        """The id of a new helper, with a PIN."""
        id = new_id()
        body = {"name": name, "digipunts": digipunts, "municipality": TIENEN, **more}
        answer = self.put(f"/helpers/{id}", body)
        assert answer.status_code == 201, answer.text
        if pin is not None:
            answer = self.post(f"/helpers/{id}/pin", {"pin": pin})
            assert answer.status_code == 204, answer.text
        return id

    def code(self, digipunt: str, municipality: str = TIENEN) -> str:
        """The code of a new pairing."""
        answer = self.post("/pairings", {"digipunt": digipunt, "municipality": municipality})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    def sign_in(self, helper: str, pin: str = PIN) -> httpx.Response:
        return self.post("/sessions", {"helper": helper, "pin": pin})


@dataclass
class Laptop:
    """A paired laptop: what it was told, and a client with its token."""

    told: dict[str, Any]
    client: Client

    @property
    def id(self) -> str:
        return str(self.told["id"])


@dataclass
class Running:
    """The service, running."""

    runner: Runner

    @property
    def application(self) -> Application:
        return self.runner.applications[DeskService.name]

    def client(self, role: str, municipalities: Iterable[str] = (), digipunts: Iterable[str] = ()) -> Client:
        return self.bearing(issue(self.runner.settings, role, municipalities, digipunts))

    def bearing(self, token: str | None) -> Client:
        """A client with this token, or without one."""
        return Client(self.runner.address, token)

    def laptop(self, coordinator: Client, digipunt: str, name: str = "laptop 1") -> Laptop:
        """A new laptop of this digipunt."""
        answer = self.bearing(None).post("/laptops", {"code": coordinator.code(digipunt), "name": name})
        assert answer.status_code == 201, answer.text
        return Laptop(answer.json(), self.bearing(answer.json()["token"]))

    def signed_in(self, laptop: Laptop, helper: str, pin: str = PIN) -> Client:
        """A client of a helper who signed in on the laptop."""
        answer = laptop.client.sign_in(helper, pin)
        assert answer.status_code == 201, answer.text
        return self.bearing(answer.json()["token"])
