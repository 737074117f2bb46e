"""A process of its own for work that is slow or handles what strangers made: bytes in on stdin, bytes out on stdout.

It starts in about a second or less, frees its memory when it ends, and can be killed when it hangs, so a service is never
blocked by it. Nothing is written to disk.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from signal import SIGKILL
from threading import BoundedSemaphore, Timer

import structlog

from chassis.errors import Unavailable

log = structlog.get_logger(__name__)

WAIT = 30.0
"""Seconds that one piece of work waits for its turn."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a process ended: its exit code, what it wrote, and the name of the error if it failed."""

    code: int
    output: bytes
    error: str


class Workers:
    """Runs one command for each piece of work, a few at a time."""

    def __init__(self, command: Sequence[str], *, timeout: float, at_once: int, busy: str, late: str) -> None:
        """`busy` and `late` are the codes for work that has to wait, or takes, too long."""
        self._command = list(command)
        self._timeout = timeout
        self._turns = BoundedSemaphore(at_once)
        self._busy = busy
        self._late = late

    def run(self, sent: bytes) -> Outcome:
        """What became of the work. Raises Unavailable when all are busy, or when it took too long."""
        if not self._turns.acquire(timeout=WAIT):
            raise Unavailable(self._busy)
        try:
            return self._run(sent)
        finally:
            self._turns.release()

    def _run(self, sent: bytes) -> Outcome:
        pipe = subprocess.PIPE
        # A file in memory and no pipe: whoever writes to a process that has ended would wait for ever under eventlet.
        with os.fdopen(os.memfd_create("work"), "w+b") as work:
            work.write(sent)
            work.seek(0)
            process = subprocess.Popen(self._command, stdin=work, stdout=pipe, stderr=pipe)  # noqa: S603 - our own command
        late = Timer(self._timeout, process.kill)
        late.start()
        try:
            output, stderr = process.communicate()
        finally:
            late.cancel()
            process.kill()
        if process.returncode == -SIGKILL:
            log.warning("worker.timedOut", command=self._command[-1], seconds=self._timeout)
            raise Unavailable(self._late)
        return Outcome(process.returncode, output, _error_name(stderr) if process.returncode else "")


def _error_name(stderr: bytes) -> str:
    """The last line names the error; the lines above may quote what the work was about, which is a person."""
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].partition(":")[0] if lines else "no message"
