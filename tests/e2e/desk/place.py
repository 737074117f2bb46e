"""Where the tests of the desk work: services that run, and for each test a digipunt with helpers and laptops of its own."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Page

from tests.e2e.command import TIENEN, digipunt, token, wait_until

PIN = "2468"
DEADLINE = 30.0


def until(page: Page, condition: Callable[[], Any], what: str, deadline: float = DEADLINE) -> Any:
    """Wait until `condition()` is truthy and return it. Handlers of the page run meanwhile; a sleep would keep them waiting."""
    end = time.monotonic() + deadline
    while not (answer := condition()):
        assert time.monotonic() < end, f"waited {deadline:.0f} s for {what() if callable(what) else what}"
        page.wait_for_timeout(20)
    return answer


DEMO_PIN = "4711"
FILLED_SECONDS = 240.0


class Place:
    """Services that run, and a coordinator's token."""

    def __init__(self, address: str, folder: Path) -> None:
        self.address = address
        self.folder = folder
        self.token = token("coordinator", "--data", folder)
        headers = {"Authorization": f"Bearer {self.token}"}
        self.http = httpx.Client(base_url=address, headers=headers, timeout=120, trust_env=False)

    def sent(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """What the coordinator's request is answered; fails when it is refused."""
        answer = self.http.request(method, path, json=body, **options)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def signed_in(self) -> dict[str, Any]:
        """What a tab keeps after the coordinator opened a link."""
        until = (datetime.now(UTC) + timedelta(hours=12)).isoformat()
        return {
            "digipunt.helper": {"helper": None},
            "digipunt.session": {"token": self.token, "expiresAt": until, "role": "coordinator", "name": ""},
        }

    def link(self, role: str) -> str:
        """The address that signs somebody in, once."""
        made = digipunt("link", "--role", role, "--data", self.folder, "--url", self.address)
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def point(self) -> Point:
        """A new digipunt with two helpers, Rita and Jos."""
        id = str(uuid4())
        body = {"name": "'t Recupke", "municipality": TIENEN, "phone": "016 12 34 56"}
        self.sent("PUT", f"/visits/v1/digipunts/{id}", body)
        point = Point(self, id)
        for name in ("Rita", "Jos"):
            point.add_helper(name)
        return point


class Demo(Place):
    """The demo: seven municipalities, filled with made-up data."""

    def wait_until_filled(self) -> None:
        """Return when all of it is there."""
        wait_until(
            lambda: self.sent("GET", "/desk/v1/about")["filled"] == 1, "the demo to be filled", FILLED_SECONDS
        )

    def named(self, name: str) -> Point:
        """One of its digipunten, with its helpers."""
        points = self.sent("GET", "/visits/v1/digipunts", params={"pageSize": 200})["items"]
        found = next(each for each in points if each["name"] == name)
        point = Point(self, found["id"], found["municipality"])
        helpers = self.sent("GET", "/desk/v1/helpers", params={"pageSize": 200})["items"]
        point.helpers = {each["name"]: each for each in helpers if point.id in each["digipunts"]}
        return point


@dataclass
class Point:
    """A digipunt."""

    place: Place
    id: str
    municipality: str = TIENEN
    helpers: dict[str, dict[str, str]] = field(default_factory=dict)

    def add_helper(self, name: str) -> None:
        """Somebody helps here, and may be chosen by name."""
        body = {"name": name, "digipunts": [self.id], "municipality": self.municipality}
        self.helpers[name] = self.place.sent("PUT", f"/desk/v1/helpers/{uuid4()}", body)

    def give_pin(self, name: str) -> None:
        """The helper can sign in."""
        self.place.sent("POST", f"/desk/v1/helpers/{self.helpers[name]['id']}/pin", {"pin": PIN})

    def code(self) -> str:
        """A code that pairs one laptop."""
        body = {"digipunt": self.id, "municipality": self.municipality}
        return str(self.place.sent("POST", "/desk/v1/pairings", body)["code"])

    def paired(self, name: str = "laptop 1") -> dict[str, str]:
        """What a newly paired laptop of this digipunt keeps in its `localStorage`."""
        told = self.place.sent("POST", "/desk/v1/laptops", {"code": self.code(), "name": name})
        token = {name: told.pop(name) for name in ("token", "expiresAt")}
        told.pop("check")
        return {"digipunt.laptop": told, "digipunt.laptopToken": token}

    def signed_in(self, name: str, pin: str, laptop: dict[str, Any]) -> dict[str, Any]:
        """What a tab keeps in its `sessionStorage` after a helper typed the PIN on a paired laptop."""
        headers = {"Authorization": f"Bearer {laptop['digipunt.laptopToken']['token']}"}
        body = {"helper": self.helpers[name]["id"], "pin": pin}
        told = self.place.sent("POST", "/desk/v1/sessions", body, headers=headers)
        session = {name: told[name] for name in ("token", "expiresAt")} | {"role": "helper", "name": name}
        return self.seated(name) | {"digipunt.session": session}

    def seated(self, name: str) -> dict[str, Any]:
        """What a tab keeps after a name was chosen."""
        return {"digipunt.helper": {"helper": self.helpers[name]}}

    def first(self, path: str) -> str:
        """The id of the first of a list of this digipunt."""
        return str(self.place.sent("GET", f"{path}&digipunt={self.id}")["items"][0]["id"])

    def visits(self) -> list[dict[str, Any]]:
        """All visits of this digipunt as the service has them, the voided ones too."""
        query: dict[str, Any] = {"digipunt": self.id, "state": "any", "pageSize": 500}
        found: list[dict[str, Any]] = []
        while True:
            query["page"] = query.get("page", 0) + 1
            told = self.place.sent("GET", "/visits/v1/visits", params=query)
            found += told["items"]
            if not told["items"] or len(found) >= told["total"]:
                return found

    def visit(self, id: str) -> dict[str, Any]:
        """One visit as the service has it."""
        return dict(self.place.sent("GET", f"/visits/v1/visits/{id}"))

    def ids(self) -> list[str]:
        """Those of all visits, sorted."""
        return sorted(each["id"] for each in self.visits())

    def contacts(self) -> int | None:
        """The contacts of this digipunt in the figures; none before visits were heard of."""
        query = {"from": "2015-01-01", "to": "2099-12-31", "digipunt": self.id}
        found: int | None = self.place.sent("GET", "/reporting/v1/summary", params=query)["contacts"]
        return found


def settled(point: Point, *windows: Any, parked: Iterable[str] = ()) -> None:
    """The oracle of every test: what showed “Bewaard” is in the service, each once, and nothing else is.

    `windows` are all windows that saved something here; `parked` what may wait for a person. Each window first gets the time
    until it has nothing left to send, so that nothing comes later.
    """
    page = windows[0].page
    kept = sorted({id for window in windows for id in window.kept} - set(parked))
    assert len(kept) > 0, "nothing was saved"
    for window in windows:
        until(
            page,
            lambda w=window: w.waiting() == [],
            lambda w=window: f"all to be sent: {w.stored()['outbox']}",
        )
    assert point.ids() == kept
    assert {item["id"] for window in windows for item in window.stored()["outbox"]} == set(parked)


@dataclass
class Lent:
    """A laptop that somebody has on loan."""

    point: Point
    device: str
    label: str
    loan: str

    def state(self) -> str:
        """Of the device, as the service has it."""
        return str(self.point.place.sent("GET", f"/loans/v1/devices/{self.device}")["state"])

    def events(self) -> list[str]:
        """What happened to the device, in order."""
        path = f"/loans/v1/devices/{self.device}/history"
        return [each["what"] for each in reversed(self.point.place.sent("GET", path)["items"])]


_numbers = itertools.count(12)


def device(point: Point) -> tuple[str, str]:
    """A laptop that can be lent: its id, and the number on its sticker, which no other has in the municipality."""
    id, label = str(uuid4()), str(next(_numbers))
    body = {"kind": "laptop", "label": label, "digipunt": point.id, "municipality": TIENEN}
    point.place.sent("PUT", f"/loans/v1/devices/{id}", body)
    return id, label


def borrower(point: Point, name: str) -> str:
    """Somebody who may borrow."""
    id = str(uuid4())
    body = {"name": name, "digipunt": point.id, "municipality": TIENEN, "phone": "016 12 34 56"}
    point.place.sent("PUT", f"/loans/v1/borrowers/{id}", body)
    return id


def lent(point: Point) -> Lent:
    """A laptop that was handed over."""
    (id, label), loan = device(point), str(uuid4())
    body = {"borrower": borrower(point, "An Peeters"), "devices": [id], "digipunt": point.id}
    point.place.sent("PUT", f"/loans/v1/loans/{loan}", body)
    point.place.sent("POST", f"/loans/v1/loans/{loan}/handOver", {})
    return Lent(point, id, label, loan)
