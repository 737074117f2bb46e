"""What the rows are measured on: private servers, and processes of the installed command or of a peer."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from chassis.http.auth import issue
from chassis.settings import Settings
from tests.support.postgresql import PostgreSQL
from tests.support.processes import end, environment, free_port, wait_until
from tests.support.rabbitmq import RabbitMQ

KEY = "a key that only this measurement knows, 32+"
DIGIPUNT = Path(sys.executable).with_name("digipunt")
TIENEN = "24107"


@dataclass(frozen=True, slots=True)
class Process:
    """A running server process and the port it answers on."""

    popen: subprocess.Popen[bytes]
    port: int

    def resident(self) -> int:
        """Bytes of memory in use."""
        return self._status("VmRSS")

    def peak(self) -> int:
        """The most bytes of memory that were ever in use."""
        return self._status("VmHWM")

    def forget_peak(self) -> None:
        """Let `peak` count from now (Linux: proc_pid_clear_refs(5))."""
        Path(f"/proc/{self.popen.pid}/clear_refs").write_text("5")

    def cpu_seconds(self) -> float:
        """Seconds of CPU used so far."""
        after_name = Path(f"/proc/{self.popen.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.popen.pid}/status").read_text().splitlines()
        [line] = [line for line in lines if line.startswith(f"{name}:")]
        return int(line.split()[1]) * 1024


class Stage:
    """The servers of one whole run, and how often and how long each row measures."""

    def __init__(self, postgres: PostgreSQL, rabbitmq: RabbitMQ, *, runs: int, quick: bool) -> None:
        self.postgres = postgres
        self.rabbitmq = rabbitmq
        self.runs = runs
        self.quick = quick
        self.folder = Path(tempfile.mkdtemp(prefix="digipunt-bench-"))

    def size(self, full: int, quick: int) -> int:
        """How many of something, by whether this is the quick run."""
        return quick if self.quick else full

    def settings(self, broker: str, port: int = 0, **databases: str) -> dict[str, str]:
        """The environment of our processes, and of peers that check the same tokens."""
        urls = {f"DIGIPUNT_{name.upper()}_DATABASE_URL": url for name, url in databases.items()}
        return urls | {
            "DIGIPUNT_DEPLOYMENT": "bench",
            "DIGIPUNT_BROKER_URL": broker,
            "DIGIPUNT_LISTEN": f"127.0.0.1:{port}",
            "DIGIPUNT_SIGNING_KEY": KEY,
            "DIGIPUNT_LOG": "json",
            # One token writes as fast as it can, and is counted as anywhere.
            "DIGIPUNT_RATES": "writes=1000000",
        }

    def migrated(self, service: str) -> str:
        """The address of a new database with the tables of `service`."""
        url = self.postgres.url_for(service)
        command = [DIGIPUNT, "migrate", service]
        subprocess.run(
            command, env=environment(self.settings("memory://", **{service: url})), check=True, stdout=2
        )
        return url

    @contextmanager
    def process(
        self, command: Sequence[str | Path], settings: Mapping[str, str], port: int | None
    ) -> Iterator[Process]:
        """A process that accepts connections on `port`, stopped at the end. Its words go to a file in `folder`."""
        log = self.folder / "log"
        with log.open("ab") as output:
            popen = subprocess.Popen(command, env=environment(settings), stdout=output, stderr=output)
        try:
            if port is not None:
                wait_until(lambda: accepts(popen, port, log), f"{command[0]} to listen; see {log}")
            yield Process(popen, port or 0)
        finally:
            if popen.poll() is None:
                end(popen)


@contextmanager
def staged(*, runs: int, quick: bool) -> Iterator[Stage]:
    """A stage with its own servers, gone at the end."""
    with ExitStack() as stack:
        postgres = PostgreSQL()
        stack.callback(postgres.remove)
        rabbitmq = RabbitMQ()
        stack.callback(rabbitmq.remove)
        yield Stage(postgres, rabbitmq, runs=runs, quick=quick)


def accepts(popen: subprocess.Popen[bytes], port: int, log: Path) -> bool:
    """Whether the process listens; fails when it has ended."""
    assert popen.poll() is None, log.read_text()[-2000:]
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def token(role: str = "coordinator") -> str:
    """A token for Tienen that our processes and the peers accept."""
    return issue(Settings(deployment="bench", signing_key=KEY.encode()), role, [TIENEN])


__all__ = [
    "DIGIPUNT",
    "KEY",
    "TIENEN",
    "Process",
    "Stage",
    "end",
    "environment",
    "free_port",
    "staged",
    "token",
    "wait_until",
]
