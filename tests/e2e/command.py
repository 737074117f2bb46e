"""Starts the installed `digipunt` in processes of its own, and speaks to it as its users do."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from tests.support.processes import environment, free_port

DIGIPUNT = Path(sys.executable).with_name("digipunt")
SEVEN = ("24107", "24059", "24130", "24133", "24041", "24028", "24054")
TIENEN = "24107"
DEADLINE = 60.0


def wait_until(condition: Any, what: str, deadline: float = DEADLINE) -> Any:
    """Wait until `condition()` is truthy and return it; fail after `deadline` seconds."""
    until = time.monotonic() + deadline
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < until, f"waited {deadline:.0f} s for {what}"
        time.sleep(0.005)


def digipunt(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [DIGIPUNT, *map(str, arguments)],
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )


def token(role: str, *arguments: str | Path, **settings: str) -> str:
    """A token from `digipunt token`, which prints nothing else."""
    made = digipunt("token", "--role", role, *arguments, **settings)
    assert made.returncode == 0, made.stderr
    [line] = made.stdout.splitlines()
    return line


@dataclass
class Process:
    """A running `digipunt serve`, `demo` or `run`."""

    popen: subprocess.Popen[bytes]
    address: str
    log: Path

    def wait_for_answer(self, path: str, deadline: float = DEADLINE) -> float:
        """Seconds from now until `path` is answered 200."""
        begin = time.monotonic()
        wait_until(lambda: self._answers(path), f"{self.address}{path}; {self.log.read_text()}", deadline)
        return time.monotonic() - begin

    def _answers(self, path: str) -> bool:
        assert self.popen.poll() is None, self.log.read_text()
        try:
            return httpx.get(self.address + path, timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """Pull the plug."""
        self.popen.send_signal(signal.SIGKILL)
        self.popen.wait(60)

    def terminate(self) -> float:
        """SIGTERM; the seconds until it was gone."""
        begin = time.monotonic()
        self.popen.send_signal(signal.SIGTERM)
        self.popen.wait(60)
        return time.monotonic() - begin


@contextmanager
def started(
    log: Path,
    arguments: Iterable[str | Path],
    port: int,
    program: Sequence[str | Path] = (DIGIPUNT,),
    **settings: str,
) -> Iterator[Process]:
    """`digipunt …` in a process of its own that answers on `port`, killed at the end if it is still there.

    `program` starts it another way, such as with another clock.
    """
    with log.open("ab") as output:
        popen = subprocess.Popen(
            [*program, *map(str, arguments)], env=environment(settings), stdout=output, stderr=output
        )
    process = Process(popen, f"http://127.0.0.1:{port}", log)
    try:
        yield process
    finally:
        if popen.poll() is None:
            process.kill()


@contextmanager
def served(
    folder: Path,
    port: int | None = None,
    command: str = "serve",
    options: Iterable[str] = (),
    **settings: str,
) -> Iterator[Process]:
    """`digipunt serve` (or `demo`) on a data folder, answering."""
    port = port or free_port()
    log = folder.with_name(folder.name + ".log")
    arguments = [command, "--port", str(port), "--data", folder, *options]
    with started(log, arguments, port, **settings) as process:
        process.wait_for_answer("/visits/health/live")
        yield process


@dataclass
class Desk:
    """Speaks to the services with a token, over one connection."""

    address: str
    token: str
    http: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        self.http = httpx.Client(base_url=self.address, headers=headers, timeout=120, trust_env=False)

    def digipunt(self, municipality: str = TIENEN) -> str:
        """The id of a new digipunt."""
        id = str(uuid4())
        body = {"name": "BOM", "municipality": municipality}
        assert self.http.put(f"/visits/v1/digipunts/{id}", json=body).status_code == 201
        return id

    def put(self, id: str, digipunt: str, **more: Any) -> int:
        """Register a visit; the status of the answer."""
        body = {"digipunt": digipunt, "themes": ["tax"], "startedAt": "2026-03-04T10:00:00Z"} | more
        return self.http.put(f"/visits/v1/visits/{id}", json=body).status_code

    def batch(self, digipunt: str, count: int) -> None:
        """Register `count` visits in batches."""
        for start in range(0, count, 500):
            items = [
                {
                    "id": str(uuid4()),
                    "digipunt": digipunt,
                    "themes": ["tax"],
                    "startedAt": "2026-03-04T10:00:00Z",
                }
                for _ in range(min(500, count - start))
            ]
            answer = self.http.post("/visits/v1/visits/batch", json={"items": items})
            assert {item["status"] for item in answer.json()["items"]} == {201}


def contacts(desk: Desk, **query: Any) -> int | None:
    """The contacts of 2026 that the summary shows; none where visits were not heard of yet, which is not 0."""
    answer = desk.http.get("/reporting/v1/summary", params={"from": "2026-01-01", "to": "2026-12-31"} | query)
    assert answer.status_code == 200, answer.text
    found: int | None = answer.json()["contacts"]
    return found
