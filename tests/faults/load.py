"""Desks that register, correct and void visits, and remember what they were answered."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
import httpx

from chassis.clock import new_id
from tests.faults.deployment import Deployment, Process
from tests.support.processes import wait_until

THEMES = ("tax", "email", "banking", "health", "apps")
MUNICIPALITIES = ("24107", "24059", "24130")
BATCH = 500
AGAIN = 0.05
"""Seconds until a desk tries again when nobody answered."""


class Load:
    """What a deployment's desks sent. `accepted` are the ids of visits that were answered 201 or 200."""

    def __init__(self, deployment: Deployment, seed: int = 7) -> None:
        self.deployment = deployment
        self.accepted: set[str] = set()
        self.answers: Counter[int] = Counter()
        self.unanswered = 0
        self.without_retry_after = 0
        self._chance = random.Random(seed)
        self._stopping = False
        with deployment.client(deployment.visits) as client:
            self.points = [self._point(client, each) for each in MUNICIPALITIES]

    @contextmanager
    def desks(self, count: int = 4, rate: float = 100.0, *, settle: float = 60.0) -> Iterator[None]:
        """Visits at `rate` a second from `count` desks during the block; then each desk ends what it was at."""
        self._stopping = False
        desks = [eventlet.spawn(self._desk, count / rate) for _ in range(count)]
        try:
            yield
        finally:
            self._stopping = True
            with eventlet.Timeout(settle):
                for desk in desks:
                    desk.wait()

    def batch(self, count: int, process: Process | None = None) -> None:
        """Register `count` visits through the batch route, sending a batch again until it is answered."""
        with self.deployment.client(process or self.deployment.visits) as client:
            for start in range(0, count, BATCH):
                items = [{"id": new_id(), **self.visit()} for _ in range(min(BATCH, count - start))]
                answer = self._until_answered(
                    client, "POST", "/visits/v1/visits/batch", json={"items": items}
                )
                for item in answer.json()["items"]:
                    assert item["status"] in (200, 201), item
                    self.accepted.add(item["id"])

    def put(self, client: httpx.Client, id: str, visit: dict[str, Any]) -> int:
        """Register one visit; the status of the answer, which is remembered."""
        answer = client.put(f"/visits/v1/visits/{id}", json=visit)
        self._note(answer)
        if answer.status_code in (200, 201):
            self.accepted.add(id)
        return answer.status_code

    def visit(self, **more: Any) -> dict[str, Any]:
        """The body of some visit of March 2026."""
        day, hour = self._chance.randint(1, 28), self._chance.randint(8, 16)
        return {
            "digipunt": self._chance.choice(self.points),
            "themes": self._chance.sample(THEMES, self._chance.randint(1, 2)),
            "startedAt": f"2026-03-{day:02}T{hour:02}:00:00Z",
            "contact": self._chance.choice(("first", "repeat")),
            **more,
        }

    def _desk(self, every: float) -> None:
        with self.deployment.client(self.deployment.visits) as client:
            next_at = time.monotonic()
            while not self._stopping:
                self._register_and_mend(client)
                next_at = max(next_at + every, time.monotonic() - 1)
                eventlet.sleep(max(0.0, next_at - time.monotonic()))

    def _register_and_mend(self, client: httpx.Client) -> None:
        """One visit; some are corrected afterwards, and some of those voided."""
        path = f"/visits/v1/visits/{new_id()}"
        answer = self._until_answered(client, "PUT", path, json=self.visit())
        assert answer.status_code in (200, 201), answer.text
        self.accepted.add(path.rpartition("/")[2])
        if self._chance.random() < 0.2:
            headers = {"If-Match": '"1"'}
            self._until_answered(client, "PATCH", path, json={"themes": ["office"]}, headers=headers)
            if self._chance.random() < 0.5:
                self._until_answered(client, "POST", f"{path}/void", json={"reason": "test"})

    def _until_answered(self, client: httpx.Client, method: str, path: str, **options: Any) -> httpx.Response:
        """Send, as a desk does, until there is an answer other than 503."""
        return wait_until(
            lambda: self._once(client, method, path, options), f"an answer to {method} {path}", 300
        )

    def _once(
        self, client: httpx.Client, method: str, path: str, options: dict[str, Any]
    ) -> httpx.Response | None:
        try:
            answer = client.request(method, path, **options)
        except httpx.TransportError:
            self.unanswered += 1
        else:
            self._note(answer)
            if answer.status_code != 503:
                return answer
        eventlet.sleep(AGAIN)
        return None

    def _note(self, answer: httpx.Response) -> None:
        self.answers[answer.status_code] += 1
        if answer.status_code == 503 and "Retry-After" not in answer.headers:
            self.without_retry_after += 1
        assert answer.status_code < 500 or answer.status_code == 503, answer.text

    def _point(self, client: httpx.Client, municipality: str) -> str:
        id = new_id()
        body = {"name": f"point of {municipality}", "municipality": municipality}
        assert client.put(f"/visits/v1/digipunts/{id}", json=body).status_code == 201
        return id
