"""E-mail over SMTP (RFC 5321), one connection a message: a digipunt sends tens a day, not thousands.

`DIGIPUNT_SMTP_URL` is `smtp://user:password@host:587?from=digipunt@example.be` (STARTTLS where the server offers it, and
always before a password) or `smtps://…` (TLS from the start); `&replyTo=…` names where answers are read, unless the
municipality has an address of its own. Before the last dot of the message nothing has left; after it, only the server's reply
can tell. A message is written in 7 bits (quoted-printable), so that every server takes it: many do not announce 8BITMIME
(RFC 6152), and what is 7-bit needs no BODY parameter.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import parse_qs, unquote, urlsplit

from chassis.errors import ConfigurationError
from common.reachability import why_unreachable
from services.notifications.channels.base import (
    ChannelUnavailable,
    Deferred,
    OutcomeUnknown,
    Outgoing,
    Refused,
    Sent,
)

TIMEOUT = 15.0
"""Seconds that the server gets for each reply."""

ADDRESS = r"[^@\s<>]+@[^@\s<>]+"
FORM = "smtp://user:password@host:587?from=digipunt@example.be"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where e-mail goes out, and from whom."""

    host: str
    port: int
    sender: str
    implicit_tls: bool = False
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    reply_to: str | None = None

    @classmethod
    def of(cls, url: str) -> SmtpServer:
        """Read `DIGIPUNT_SMTP_URL`. Raises ConfigurationError."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ConfigurationError(f"DIGIPUNT_SMTP_URL takes {FORM}, or smtps://…") from None
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ConfigurationError(f"DIGIPUNT_SMTP_URL takes {FORM}, or smtps://…")
        query = parse_qs(parts.query)
        [sender] = query.get("from", [""])[:1]
        if not re.fullmatch(ADDRESS, sender):
            raise ConfigurationError(f"DIGIPUNT_SMTP_URL does not say from whom e-mail comes: {FORM}")
        [reply_to] = query.get("replyTo", [sender])[:1]
        if not re.fullmatch(ADDRESS, reply_to):
            raise ConfigurationError(f"DIGIPUNT_SMTP_URL has a replyTo that is not an e-mail address: {FORM}")
        tls = parts.scheme == "smtps"
        user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
        other = reply_to if reply_to != sender else None
        return cls(parts.hostname, port or (465 if tls else 25), sender, tls, user, password, other)


class SmtpChannel:
    """Sends e-mail through one server."""

    def __init__(self, server: SmtpServer, *, timeout: float = TIMEOUT) -> None:
        self._server = server
        self._timeout = timeout

    def send(self, message: Outgoing) -> Sent | Refused:
        """Send one e-mail. A recipient that the server refuses permanently is a bounce."""
        try:
            email = self._compose(message)
            message.to.encode("ascii")
        except (ValueError, MessageError):
            return Refused("bounced", "this is not an e-mail address")
        with self._session() as smtp:
            with _nothing_left_yet():
                self._require_accepted(smtp.mail(self._server.sender), "the sender")
                code, _ = smtp.rcpt(message.to)
                if code >= 500:
                    return Refused("bounced", f"the server refuses this recipient ({code})")
                self._raise_if_deferred(code, 299)
                code, _ = smtp.docmd("DATA")
                if code >= 500:
                    return Refused("refused", f"the server takes no message ({code})")
                self._raise_if_deferred(code, 354)
                smtp.send(_dot_stuffed(email.as_bytes(policy=SMTP)))
            try:
                code, _ = smtp.getreply()
            except (OSError, smtplib.SMTPException) as error:
                raise OutcomeUnknown(f"no reply after the message was sent: {type(error).__name__}") from None
            if code >= 500:
                return Refused("refused", f"the server refuses the message ({code})")
            self._raise_if_deferred(code, 299)
        return Sent(email["Message-ID"])

    def check(self) -> None:
        """Raise ChannelUnavailable unless the server accepts a session."""
        with self._session():
            return

    def _compose(self, message: Outgoing) -> EmailMessage:
        email = EmailMessage()
        email["Message-ID"] = f"<{message.key}@{self._server.sender.partition('@')[2]}>"
        # A line end in a name would be the end of a header.
        name = " ".join((message.name or "").split())
        email["From"] = Address(display_name=name, addr_spec=self._server.sender)
        email["To"] = Address(addr_spec=message.to)
        if reply_to := message.reply_to or self._server.reply_to:
            email["Reply-To"] = Address(addr_spec=reply_to)
        email["Date"] = datetime.now(UTC)
        email["Subject"] = message.subject
        # RFC 3834: suppresses out-of-office replies.
        email["Auto-Submitted"] = "auto-generated"
        email.set_content(message.text, cte="quoted-printable")
        return email

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        server = self._server
        with _nothing_left_yet():
            context = ssl.create_default_context()
            smtp = (
                smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout, context=context)
                if server.implicit_tls
                else smtplib.SMTP(server.host, server.port, timeout=self._timeout)
            )
        try:
            with _nothing_left_yet():
                smtp.ehlo_or_helo_if_needed()
                if not server.implicit_tls and smtp.has_extn("starttls"):
                    smtp.starttls(context=context)
                elif server.user and not server.implicit_tls:
                    raise ChannelUnavailable("the server offers no TLS, so it gets no password")
                if server.user:
                    smtp.login(server.user, server.password or "")
            yield smtp
        finally:
            _quit(smtp)

    @staticmethod
    def _require_accepted(reply: tuple[int, bytes], what: str) -> None:
        if reply[0] >= 400:
            raise ChannelUnavailable(f"the server refuses {what} ({reply[0]})")

    @staticmethod
    def _raise_if_deferred(code: int, most: int) -> None:
        if code == 421:
            raise ChannelUnavailable("the server is closing (421)")
        if code > most:
            raise Deferred(f"the server asks to come back later ({code})")


@contextmanager
def _nothing_left_yet() -> Iterator[None]:
    """A failure in here happens before the message has left."""
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:
        code = getattr(error, "smtp_code", None)
        reason = why_unreachable(error) if code is None else f"it refuses us ({code})"
        raise ChannelUnavailable(f"the mail server: {reason}") from None


def _quit(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (OSError, smtplib.SMTPException):
        smtp.close()


def _dot_stuffed(message: bytes) -> bytes:
    """The message with its end mark, and a second dot before each line that starts with one (RFC 5321 §4.5.2)."""
    return re.sub(rb"(?m)^\.", b"..", message.removesuffix(b"\r\n") + b"\r\n") + b".\r\n"
