"""A deployment of its own under Docker Compose: a copy of what an operator has, on a free port, gone afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from chassis.clock import new_id
from tests.support.processes import free_port, wait_until

ROOT = Path(__file__).parents[2]
RELEASE = "test"
"""The tag of the image that the tests build of this checkout."""

IMAGES = ("postgres:17", "rabbitmq:4-management", "nginx:stable")
BUILD_DEADLINE = 400
UP_DEADLINE = 240
BATCH = 500
POINT = "'t Recupke"
MUNICIPALITY = "24059"


def engine() -> None:
    """Skip unless a Docker engine answers here that has, or can get, the images."""
    if shutil.which("docker") is None or _quietly("docker", "info", deadline=20):
        pytest.skip("no Docker engine answers here")
    if _quietly("docker", "compose", "version", deadline=20):
        pytest.skip("this Docker has no Compose")
    for image in IMAGES:
        if _quietly("docker", "image", "inspect", image, deadline=20) and _quietly(
            "docker", "pull", "--quiet", image, deadline=120
        ):
            pytest.skip(f"the image {image} is not here and cannot be pulled")
    if _quietly(
        "docker", "build", "--quiet", "--tag", f"digipunt:{RELEASE}", str(ROOT), deadline=BUILD_DEADLINE
    ):
        pytest.fail(f"the image does not build; try: docker build --tag digipunt:{RELEASE} .")


def _quietly(*command: str, deadline: float) -> int:
    try:
        return subprocess.run(command, capture_output=True, timeout=deadline).returncode
    except subprocess.TimeoutExpired:
        return 1


class Compose:
    """One deployment, in a folder of its own that `scripts/init` has prepared."""

    def __init__(self, profiles: str, *, files: Iterable[str] = (), **settings: str) -> None:
        self.name = f"digipunt-test-{uuid4().hex[:8]}"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = Path(tempfile.mkdtemp(prefix=f"{self.name}-"))
        self.accepted = 0
        self.digipunt: str | None = None
        (self.folder / "scripts").mkdir()
        for name in ("docker-compose.yml", "scripts/init", "scripts/upgrade"):
            shutil.copy(ROOT / name, self.folder / name)
        shutil.copytree(ROOT / "deploy", self.folder / "deploy")
        shutil.copytree(ROOT / "docs/examples", self.folder / "docs/examples")
        self._environment = os.environ | {
            "COMPOSE_PROJECT_NAME": self.name,
            "COMPOSE_FILE": ":".join(["docker-compose.yml", *files]),
            "COMPOSE_PROFILES": profiles,
            "DIGIPUNT_PORT": str(self.port),
            "DIGIPUNT_RELEASE": RELEASE,
            # One token writes as fast as it can.
            "DIGIPUNT_RATES": "writes=0",
            **settings,
        }
        self.run(str(self.folder / "scripts" / "init"), "--yes")

    def profiles(self, profiles: str) -> None:
        """Choose which services are part of the deployment from now on."""
        self._environment["COMPOSE_PROFILES"] = profiles

    def run(self, *command: str, deadline: float = UP_DEADLINE) -> str:
        """What a command says in the deployment's folder; fails with what it said."""
        done = subprocess.run(
            command, cwd=self.folder, env=self._environment, capture_output=True, text=True, timeout=deadline
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-2000:]}{done.stderr[-3000:]}"
        return done.stdout

    def compose(self, *arguments: str, deadline: float = UP_DEADLINE) -> str:
        """The answer of `docker compose …`."""
        return self.run("docker", "compose", *arguments, deadline=deadline)

    def up(self, *arguments: str) -> None:
        """Start what is missing, stop what is no longer part of it, and wait until all are healthy."""
        try:
            self.compose("up", "--detach", "--no-build", "--remove-orphans", "--wait", *arguments)
        except AssertionError as error:
            raise AssertionError(
                f"{error}\n{self.compose('logs', '--no-color', '--tail=15')[-6000:]}"
            ) from None

    def drop(self, service: str, left: str) -> None:
        """Leave a service out, as docs/drop-and-re-add.md says."""
        self.compose("--profile", service, "rm", "--stop", "--force", service)
        self.profiles(left)
        self.up()

    def piped(self, *arguments: str, source: Path | None = None, output: Path | None = None) -> None:
        """`docker compose …` from or into a file."""
        with ExitStack() as files:
            done = subprocess.run(
                ["docker", "compose", *arguments],
                cwd=self.folder,
                env=self._environment,
                stdin=files.enter_context(source.open("rb")) if source else subprocess.DEVNULL,
                stdout=files.enter_context(output.open("wb")) if output else subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                timeout=UP_DEADLINE,
            )
        assert done.returncode == 0, done.stderr

    def release(self, tag: str | None) -> None:
        """Run this release; with None, the one that .env names."""
        self._environment.pop("DIGIPUNT_RELEASE", None)
        if tag:
            self._environment["DIGIPUNT_RELEASE"] = tag

    def releases(self) -> set[str]:
        """The images that the services run from."""
        return {
            each["Config"]["Image"] for each in self.containers() if "digipunt:" in each["Config"]["Image"]
        }

    def status(self) -> str:
        """Where the subscriptions of reporting stand, as `events status` prints it."""
        return self.tools("events", "status", "--url", "http://reporting:8000")

    def tools(self, *command: str) -> str:
        """What a command of `digipunt` says where the command line has all that it needs."""
        return self.compose("run", "--rm", "--no-TTY", "tools", *command)

    def inside(self, service: str, *command: str) -> str:
        """What a command says in a container of `service`."""
        return self.compose("exec", "-T", service, *command)

    def containers(self) -> list[dict[str, Any]]:
        """What `docker inspect` says of each running container."""
        found: list[dict[str, Any]] = json.loads(
            self.run("docker", "inspect", *self.compose("ps", "--quiet").split())
        )
        return found

    def client(self, role: str = "coordinator", service: str | None = "visits") -> httpx.Client:
        """A caller with a token that was made in a container of `service`, or in one of its own."""
        asked = ("token", "--role", role)
        token = (self.inside(service, "digipunt", *asked) if service else self.tools(*asked)).strip()
        return httpx.Client(
            base_url=self.url, headers={"Authorization": f"Bearer {token}"}, timeout=30, trust_env=False
        )

    def point(self, client: httpx.Client) -> str:
        """The id of the deployment's digipunt, which is made when it is asked for first."""
        if self.digipunt is None:
            made = new_id()
            body = {"name": POINT, "municipality": MUNICIPALITY}
            assert client.put(f"/visits/v1/digipunts/{made}", json=body).status_code == 201
            self.digipunt = made
        return self.digipunt

    def register(self, client: httpx.Client, count: int = 1) -> None:
        """Register `count` visits in batches, each sent again until it is answered."""
        digipunt = self.point(client)
        for start in range(0, count, BATCH):
            visit = {"digipunt": digipunt, "themes": ["tax"], "startedAt": "2026-03-04T10:00:00Z"}
            body = {"items": [{"id": new_id(), **visit} for _ in range(min(BATCH, count - start))]}
            answer = wait_until(lambda body=body: _answered(client, body), "visits to answer", 60)
            assert {item["status"] for item in answer["items"]} <= {200, 201}, answer
            self.accepted += len(body["items"])

    def contacts(self, client: httpx.Client) -> int | None:
        """The figure of 2026; None while reporting does not answer, or has not heard of visits."""
        answer = client.get("/reporting/v1/summary", params={"from": "2026-01-01", "to": "2026-12-31"})
        found: int | None = answer.json()["contacts"] if answer.status_code == 200 else None
        return found

    def follow(self, name: str, address: str) -> None:
        """Make this a region that follows one deployment more, from its next `up` on."""
        sources = self.folder / "secrets" / "sources"
        before = sources.read_text() if sources.exists() else ""
        sources.write_text(",".join(filter(None, [before, f"{name}={address}"])))
        self._environment["COMPOSE_FILE"] = "docker-compose.yml:deploy/compose.region.yml"

    def down(self) -> None:
        """Remove the containers, the volumes and the folder."""
        self.profiles("*")
        self.compose("down", "--volumes", "--remove-orphans", "--timeout", "5")
        shutil.rmtree(self.folder)


def _answered(client: httpx.Client, body: Any) -> Any:
    try:
        answer = client.post("/visits/v1/visits/batch", json=body)
    except httpx.TransportError:
        return None
    return answer.json() if answer.status_code == 200 else None


@contextmanager
def deployment(profiles: str, **options: Any) -> Iterator[Compose]:
    """A deployment that is up, and gone after the block."""
    engine()
    made = Compose(profiles, **options)
    try:
        made.up()
        yield made
    finally:
        made.down()
