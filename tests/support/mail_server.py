"""aiosmtpd in a process of its own: `python -m tests.support.mail_server PORT FOLDER` keeps each e-mail as a file.

How it treats a recipient stands before the @: `gone` is refused with 550, `later` gets 451, `full` is refused after the
message, `hang` gets no answer after the message has come, and `cut` loses the line.
"""

import asyncio
import sys
from itertools import count
from pathlib import Path

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session


class Postbox:
    """Keeps what comes in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later"):
            return "451 4.7.1 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        [to] = envelope.rcpt_tos
        if to.startswith("full"):
            return "554 5.2.2 not wanted"
        name = f"{next(self._numbers):04}-{to}"
        # Written beside and renamed, so that a reader never sees half an e-mail.
        (self._folder / f".{name}").write_bytes(envelope.original_content or b"")
        (self._folder / f".{name}").rename(self._folder / name)
        if to.startswith("hang"):
            await asyncio.sleep(3600)
        if to.startswith("cut"):
            server.transport.abort()
        return "250 OK"


def main() -> None:
    port, folder = int(sys.argv[1]), Path(sys.argv[2])
    loop = asyncio.new_event_loop()
    controller = UnthreadedController(Postbox(folder), hostname="127.0.0.1", port=port, loop=loop)
    controller.begin()
    loop.run_forever()


if __name__ == "__main__":
    main()
