"""A private SMS gateway: Kannel's bearerbox and smsbox, with its fakesmsc as the telephone network."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote_plus

from tests.support.processes import ServerFolder, free_port, program, wait_until

SECRET = "only-the-tests-know"

CONFIG = """\
group = core
admin-port = {admin}
admin-password = {secret}
smsbox-port = {boxes}
box-allow-ip = 127.0.0.1
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = network
port = {network}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {sendsms}
sendsms-interface = 127.0.0.1
global-sender = Digipunt

group = sendsms-user
username = digipunt
password = {secret}
max-messages = 6
concatenation = true
white-list-regex = ^[+]3247[0-8]
"""

GOT = re.compile(r"Got message \d+: <\S+ (\S+) (?:udh \S+ )?(text|data) (.*)>$", re.MULTILINE)

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "kannel.yaml"


@dataclass(frozen=True, slots=True)
class Sms:
    """One part of a message, as the network got it."""

    to: str
    text: str


class Kannel:
    """One gateway; it takes numbers in +32470 to +32478 only, and refuses others."""

    def __init__(self) -> None:
        bearerbox = program("bearerbox", "/usr/sbin/bearerbox", package="kannel")
        smsbox = program("smsbox", "/usr/sbin/smsbox", package="kannel")
        network = program("fakesmsc", "/usr/lib/kannel/test/fakesmsc", package="kannel-extras")
        self._folder = folder = ServerFolder("kannel", "kannel")
        self.port, admin, boxes, smsc = (free_port() for _ in range(4))
        config = folder.path / "kannel.conf"
        config.write_text(
            CONFIG.format(admin=admin, boxes=boxes, network=smsc, sendsms=self.port, secret=SECRET)
        )
        folder.start([bearerbox, "-v", "2", config])
        for port in (boxes, smsc):
            wait_until(lambda port=port: _listens(port), "Kannel's bearerbox to listen")
        self._sent = folder.path / "network.log"
        # It says at least one message of its own, which nobody awaits.
        folder.start(
            ["sh", "-c", f'exec {network} -r {smsc} -i 0.01 -m 1 "100 200 text nop" >network.log 2>&1']
        )
        folder.start([smsbox, "-v", "2", config])
        wait_until(lambda: _listens(self.port), "Kannel's smsbox to listen")

    def gateway_file(self, folder: Path) -> Path:
        """The example's description of a Kannel gateway, for this one."""
        text = EXAMPLE.read_text(encoding="utf-8").replace("127.0.0.1:13013", f"127.0.0.1:{self.port}")
        path = folder / "gateway.yaml"
        path.write_text(text)
        return path

    def messages(self, to: str = "") -> list[Sms]:
        """What the network got for this number, or for all but the network's own, oldest first."""
        log = self._sent.read_text(errors="replace")
        return [
            Sms(number, unquote_plus(text) if coding == "data" else text)
            for number, coding, text in GOT.findall(log)
            if number == to or (not to and number.startswith("+"))
        ]

    def remove(self) -> None:
        self._folder.remove()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
