"""Server processes that belong to a test run: unprivileged, in a folder of their own, and gone with it.

A guard waits at a pipe whose other end only this process holds. However this process ends, the pipe closes, and the guard
kills the servers and removes the folder.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

STARTED = 60.0
"""Seconds within which a server must answer."""

PORTS = range(15_000, 32_000)
"""Below those that the kernel gives to whoever connects: while a server starts, nobody else comes by its port."""

GUARD = """read _; for group in $(cat "$1/groups"); do kill -9 "-$group"; done 2>/dev/null; sleep 0.2; rm -rf "$1" """


class Missing(Exception):
    """A server's program is not installed; the text says what to install."""


class ServerFolder:
    """A temporary folder with server processes that run as `user` when we are root, and as ourselves otherwise."""

    def __init__(self, name: str, user: str) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=f"digipunt-{name}-", dir="/tmp"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam(user)
            os.chown(self.path, account.pw_uid, account.pw_gid)
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        (self.path / "groups").touch()
        self._processes: list[subprocess.Popen[bytes]] = []
        self._guard = subprocess.Popen(
            ["sh", "-c", GUARD, "guard", str(self.path)], stdin=subprocess.PIPE, start_new_session=True
        )

    def run(self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> None:
        """Run a command to its end; raises CalledProcessError with what it said."""
        subprocess.run(
            [str(part) for part in command],
            env=os.environ | dict(environment or {}),
            cwd=self.path,
            check=True,
            capture_output=True,
            timeout=STARTED,
            **self._as,
        )

    def start(
        self, command: Sequence[str | Path], environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start a server in a process group of its own; its output goes to `log`."""
        with (self.path / "log").open("ab") as log:
            process = subprocess.Popen(
                [str(part) for part in command],
                env=os.environ | dict(environment or {}),
                cwd=self.path,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._as,
            )
        self._processes.append(process)
        with (self.path / "groups").open("a") as groups:
            groups.write(f"{process.pid}\n")
        return process

    def log(self) -> str:
        """What the servers said."""
        return (self.path / "log").read_text(errors="replace")

    def remove(self) -> None:
        """Kill what runs and delete the folder."""
        assert self._guard.stdin is not None
        self._guard.stdin.close()
        self._guard.wait(60)
        for process in self._processes:
            process.wait(60)


def program(name: str, *places: str, package: str) -> Path:
    """Where a program is: on PATH or in one of `places`, the last first. Raises Missing."""
    for pattern in places:
        found = sorted(Path("/").glob(pattern.lstrip("/")))
        if found:
            return found[-1]
    on_path = shutil.which(name)
    if on_path is None:
        raise Missing(f"{name} is not installed: apt-get install {package}")
    return Path(on_path)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    while True:
        port = secrets.choice(PORTS)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment with no settings but these."""
    return {k: v for k, v in os.environ.items() if not k.startswith("DIGIPUNT_")} | dict(settings)


def wait_until(condition: Callable[[], Any], what: str, deadline: float = STARTED) -> Any:
    """Wait until `condition()` is truthy and return it; fail after `deadline` seconds, saying `what` did not come."""
    until = time.monotonic() + deadline
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < until, f"waited {deadline:.0f} s for {what}"
        time.sleep(0.01)


def end(process: subprocess.Popen[bytes], with_signal: int = signal.SIGTERM, deadline: float = 30.0) -> None:
    """Send a signal and wait until the process is gone; kill it when it does not go."""
    process.send_signal(with_signal)
    try:
        process.wait(deadline)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(60)
