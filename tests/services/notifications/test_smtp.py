"""E-mail at a real SMTP server: what left, what bounced, and what nobody can know."""

import socket
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from threading import Thread
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller

from chassis.errors import ConfigurationError
from services.notifications.channels.base import (
    ChannelUnavailable,
    Deferred,
    OutcomeUnknown,
    Outgoing,
    Refused,
    Sent,
)
from services.notifications.channels.smtp import SmtpChannel, SmtpServer
from tests.support.mail import MailServer
from tests.support.processes import free_port


@pytest.fixture(scope="module")
def mail(tmp_path_factory):
    server = MailServer(tmp_path_factory.mktemp("mail"))
    yield server
    server.stop()


class SevenBits:
    """Keeps the MAIL command and the bytes of each message; announces neither 8BITMIME nor SMTPUTF8."""

    def __init__(self):
        self.received = []

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return [each for each in responses if "8BITMIME" not in each and "SMTPUTF8" not in each]

    async def handle_MAIL(self, server, session, envelope, address, options):
        envelope.mail_from = address
        self.command = " ".join([address, *options])
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append((self.command, envelope.original_content))
        return "250 OK"


@pytest.fixture
def seven_bits():
    handler = SevenBits()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, f"smtp://127.0.0.1:{controller.port}?from=digipunt@example.be"
    controller.stop()


def channel(url, timeout=60.0):
    return SmtpChannel(SmtpServer.of(url), timeout=timeout)


def to(address, text="Dag,\n\nBreng de laptop terug.\n.\nTot dan!"):
    return Outgoing("0197-key", address, "Uw laptop: één dag", text)


def test_an_email_arrives_as_it_was_written(mail):
    """Subject and text survive accents and a dot alone on a line; the Message-ID comes from the key."""
    sent = channel(mail.url).send(to("an@example.be"))
    [email] = mail.emails("an@example.be")
    assert sent == Sent("<0197-key@example.be>")
    assert (email["Message-ID"], email["Subject"]) == ("<0197-key@example.be>", "Uw laptop: één dag")
    assert email.get_content().splitlines() == ["Dag,", "", "Breng de laptop terug.", ".", "Tot dan!"]
    assert (email["Auto-Submitted"], email["From"]) == ("auto-generated", "digipunt@example.be")
    assert datetime.now(UTC) - email["Date"].datetime < timedelta(minutes=5)


@pytest.mark.case("public L17")
def test_a_server_of_seven_bits_gets_seven_bits(seven_bits):
    """A server that announces no 8BITMIME gets no byte over 127, no long line, and no BODY; the text is whole."""
    server, url = seven_bits
    text = "Één dag: breng ’t terug, " + "héél " * 400 + "\n.\nTot dan! €"
    assert isinstance(channel(url).send(to("an@example.be", text)), Sent)
    [(command, raw)] = server.received
    assert "BODY" not in command
    assert max(raw) < 128
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    email = message_from_bytes(raw, policy=policy.default)
    assert email["Content-Transfer-Encoding"] == "quoted-printable"
    assert email.get_content().splitlines() == text.splitlines()


@pytest.mark.case("use 12")
@pytest.mark.parametrize("name", ["’t Recupke", "BOM, Tienen", 'De "Digi"', "Één\r\nBcc: x@example.be"])
def test_an_email_comes_from_the_digipunt_by_name(mail, name):
    """Whatever is in the name, it is one name and no other header; answers go where somebody reads them."""
    address = f"{uuid4().hex}@example.be"
    message = Outgoing("0197-key", address, "Uw laptop", "Dag!", name, "bom@example.be")
    assert isinstance(channel(mail.url).send(message), Sent)
    [email] = mail.emails(address)
    [sender] = email["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (" ".join(name.split()), "digipunt@example.be")
    assert (email["Reply-To"], email["Bcc"]) == ("bom@example.be", None)


@pytest.mark.case("use 12")
def test_answers_go_to_the_address_of_the_deployment_or_nowhere_else(mail):
    """`replyTo` in the setting counts where the municipality has none; it has to be an e-mail address."""
    for more, expected in (("&replyTo=help@example.be", "help@example.be"), ("", None)):
        address = f"{uuid4().hex}@example.be"
        channel(mail.url + more).send(to(address))
        [email] = mail.emails(address)
        assert email["Reply-To"] == expected
    with pytest.raises(ConfigurationError, match="replyTo"):
        SmtpServer.of(mail.url + "&replyTo=nobody")


def test_a_refused_recipient_is_a_bounce(mail):
    """550 for the recipient and 554 for the message are final; 451 asks to come back."""
    assert channel(mail.url).send(to("gone@example.be")) == Refused(
        "bounced", "the server refuses this recipient (550)"
    )
    assert isinstance(channel(mail.url).send(to("full@example.be")), Refused)
    for address in ("an", "an@@be", "an janssens@example.be", "än@example.be\n"):
        assert channel(mail.url).send(to(address)) == Refused("bounced", "this is not an e-mail address"), (
            address
        )
    with pytest.raises(Deferred, match="451"):
        channel(mail.url).send(to("later@example.be"))


def test_no_answer_after_the_message_is_unknown(mail):
    """The server has the message and then hangs: nobody knows, so nobody may send it again."""
    with pytest.raises(OutcomeUnknown):
        channel(mail.url, timeout=0.5).send(to("hang@example.be"))
    assert len(mail.emails("hang@example.be")) == 1


@contextmanager
def speaking(answers):
    """A server that gives these answers, one a line it gets, and then hangs."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as lines:
            for answer in answers:
                connection.sendall(answer)
                lines.readline()
            while lines.readline():
                continue

    Thread(target=serve, daemon=True).start()
    yield f"smtp://127.0.0.1:{listener.getsockname()[1]}?from=digipunt@example.be"
    listener.close()


@pytest.mark.parametrize("answers", [(), (b"220 hello\r\n",), (b"220 hello\r\n", b"250 OK\r\n")])
def test_a_server_that_hangs_has_sent_nothing(answers):
    """A server that is silent before the message was given keeps nobody waiting, and may be tried again."""
    with speaking(answers) as url, pytest.raises(ChannelUnavailable):
        channel(url, timeout=0.3).send(to("an@example.be"))


def test_no_server_no_password_in_the_clear_no_sender():
    """Nothing listens; a password would go over an open line; a URL does not say from whom."""
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    with pytest.raises(ChannelUnavailable):
        channel(f"smtp://127.0.0.1:{port}?from=a@b.be").send(to("an@example.be"))
    with (
        speaking((b"220 hello\r\n", b"250 OK\r\n")) as url,
        pytest.raises(ChannelUnavailable, match="no password"),
    ):
        channel(url.replace("127", "u:p@127")).send(to("an@example.be"))
    for wrong in ("smtp://mail.be", "http://mail.be?from=a@b.be", "smtp://mail.be:x?from=a@b.be"):
        with pytest.raises(ConfigurationError, match="DIGIPUNT_SMTP_URL"):
            SmtpServer.of(wrong)
