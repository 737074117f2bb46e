"""E-mail at a real SMTP server: what left, what bounced, and what nobody can know."""

import socket
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest

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


@pytest.fixture(scope="module")
def mail(tmp_path_factory):
    server = MailServer(tmp_path_factory.mktemp("mail"))
    yield server
    server.stop()


def channel(url, timeout=5.0):
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
