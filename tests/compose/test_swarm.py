"""The same deployment as a stack of Docker Swarm, on one machine that plays all three."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

import services
from tests.compose.compose import RELEASE, Compose, engine
from tests.support.processes import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

LABELS = ("broker-1", "broker-2", "broker-3", "database")
DEADLINE = 240


class Stack(Compose):
    """One deployment under Swarm, named and prepared as any other."""

    def __init__(self) -> None:
        super().__init__("", DIGIPUNT_RELEASE=RELEASE)
        self.run("docker", "swarm", "init", "--advertise-addr", "127.0.0.1")
        node = self.run("docker", "node", "ls", "--quiet").strip()
        labels = [f"--label-add=digipunt.{label}=true" for label in LABELS]
        self.run("docker", "node", "update", *labels, node)

    def up(self, *arguments: str) -> None:
        """Deploy it and wait until all services answer through the edge."""
        self.run("docker", "stack", "deploy", "--compose-file", "deploy/swarm.yml", self.name)
        for service in services.NAMES:
            wait_until(
                lambda service=service: self.answers(service) == 200, f"{service} at the edge", DEADLINE
            )

    def answers(self, service: str) -> int | None:
        """With which status the edge answers when `service` is asked for its health."""
        try:
            return httpx.get(f"{self.url}/{service}/health/ready", timeout=10, trust_env=False).status_code
        except httpx.TransportError:
            return None

    def inside(self, service: str, *command: str) -> str:
        return self.run("docker", "exec", self.tasks(service)[0], *command)

    def tasks(self, service: str) -> list[str]:
        """The containers of `service` that run."""
        label = f"label=com.docker.swarm.service.name={self.name}_{service}"
        return self.run("docker", "ps", "--quiet", "--filter", label).split()

    def scale(self, service: str, replicas: int) -> None:
        self.run("docker", "service", "scale", f"{self.name}_{service}={replicas}")

    def down(self) -> None:
        self.run("docker", "stack", "rm", self.name)
        mine = f"label=com.docker.stack.namespace={self.name}"
        wait_until(
            lambda: not self.run("docker", "ps", "--all", "--quiet", "--filter", mine), "no container", 120
        )
        self.run("docker", "swarm", "leave", "--force")
        volumes = self.run("docker", "volume", "ls", "--quiet", "--filter", mine).split()
        self.run("docker", "volume", "rm", "--force", *volumes)
        shutil.rmtree(self.folder)


@contextmanager
def stack() -> Iterator[Stack]:
    """A stack that is up, and gone after the block; on an engine that is part of no Swarm."""
    engine()
    state = ("docker", "info", "--format", "{{.Swarm.LocalNodeState}}")
    if subprocess.run(state, capture_output=True, text=True).stdout.strip() != "inactive":
        pytest.skip("this engine is part of a Swarm already")
    made = Stack()
    try:
        made.up()
        yield made
    finally:
        made.down()


def test_a_stack_counts_what_it_accepts():
    """A broker node killed, reporting left out and taken back, visits replaced under load: the figure is exact."""
    with stack() as deployed, deployed.client() as client:
        deployed.register(client, 500)
        counted(deployed, client)

        deployed.run("docker", "kill", deployed.tasks("broker-2")[0])
        deployed.register(client, 500)
        counted(deployed, client)

        deployed.scale("reporting", 0)
        wait_until(lambda: deployed.answers("reporting") == 503, "the edge to say that reporting is away", 60)
        deployed.register(client, 500)
        deployed.scale("reporting", 2)
        counted(deployed, client)

        before = set(deployed.tasks("visits"))
        deployed.run("docker", "service", "update", "--detach", "--force", f"{deployed.name}_visits")

        def replaced() -> bool:
            deployed.register(client, 20)
            return len(after := set(deployed.tasks("visits"))) == 2 and not after & before

        wait_until(replaced, "new replicas of visits", DEADLINE)
        counted(deployed, client)


def counted(deployed: Stack, client: httpx.Client) -> None:
    wait_until(
        lambda: deployed.contacts(client) == deployed.accepted, f"{deployed.accepted} visits counted", 60
    )
