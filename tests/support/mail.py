"""A real SMTP server (aiosmtpd) whose e-mails a test can read."""

from __future__ import annotations

import email
import email.policy
import socket
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

from tests.support.processes import end, free_port, wait_until

ROOT = Path(__file__).parents[2]


class MailServer:
    """Runs in a process of its own and keeps what comes in under `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}?from=digipunt@example.be"
        self.start()

    def start(self) -> None:
        """Start it, at the same port as before."""
        command = [sys.executable, "-m", "tests.support.mail_server", str(self.port), str(self._folder)]
        self._process = subprocess.Popen(command, cwd=ROOT)
        wait_until(self._answers, "the mail server to answer")

    def stop(self) -> None:
        """Stop it; what came in stays."""
        end(self._process)

    def emails(self, to: str = "") -> list[EmailMessage]:
        """What came in for this address, or all, oldest first."""
        files = sorted(each for each in self._folder.iterdir() if not each.name.startswith("."))
        return [
            email.message_from_bytes(each.read_bytes(), policy=email.policy.default)  # type: ignore[misc]
            for each in files
            if each.name.endswith(f"-{to}" if to else "")
        ]

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0
