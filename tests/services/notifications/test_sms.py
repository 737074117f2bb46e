"""SMS at a real gateway (Kannel), and at gateways that answer nonsense."""

import base64
import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from chassis.errors import ConfigurationError
from services.notifications.channels.base import (
    ChannelUnavailable,
    OutcomeUnknown,
    Outgoing,
    Refused,
    Sent,
)
from services.notifications.channels.gateway import read_gateway
from services.notifications.channels.sms import Report, SmsChannel
from tests.support.kannel import SECRET
from tests.support.processes import free_port, wait_until

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
KEY = "0197-key"


@contextmanager
def web(status=200, body=b"{}"):
    """A web server that always gives this answer (None: closes the line); yields its address and what it was sent."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            got.append((self.path, dict(self.headers), sent))
            if status is not None:
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()
    server.server_close()


def described(folder, text):
    path = folder / "gateway.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def json_gateway(folder, address):
    text = (EXAMPLES / "sms-json.yaml").read_text().replace("https://gateway.example", address)
    report = "https://digipunt.be/reports"
    return SmsChannel(read_gateway(described(folder, text)), secret="s3cret", report=report)


def sms(to="+32470123456", text="Breng de laptop terug: ’t is tijd."):
    return Outgoing(KEY, to, "", text)


@pytest.mark.case("security L4")
def test_a_real_gateway_delivers_and_reports(kannel, tmp_path):
    """Kannel takes the message, the network gets it in its own alphabet, and a report comes that proves who sends it."""
    with web() as (address, got):
        channel = SmsChannel(read_gateway(kannel.gateway_file(tmp_path)), secret=SECRET, report=address)
        assert channel.send(sms()) == Sent(None)
        arrived = wait_until(lambda: kannel.messages("+32470123456"), "the SMS at the network")
        assert [each.text for each in arrived] == ["Breng de laptop terug: 't is tijd."]
        [(path, headers, _)] = wait_until(lambda: list(got), "the delivery report")
        headers = {name.lower(): value for name, value in headers.items()}
        query = path.partition("?")[2]
        assert SECRET not in path
        assert SECRET not in str(base64.b64decode(headers["authorization"].partition(" ")[2]))
        assert channel.report(headers, query, b"") == Report(KEY, "delivered")
        assert channel.report(headers | {"authorization": "Basic eDp5"}, query, b"") is None


@pytest.mark.case("security L4")
def test_without_a_secret_no_report_is_believed(kannel, tmp_path):
    """`digipunt:` and nothing is no proof where no secret is set."""
    channel = SmsChannel(read_gateway(kannel.gateway_file(tmp_path)), secret=None, report="")
    nothing = {"authorization": "Basic " + base64.b64encode(b"digipunt:").decode()}
    assert channel.report(nothing, f"id={KEY}&status=1", b"") is None


def test_a_real_gateway_refuses(kannel, tmp_path):
    """A number outside its list is refused; with a wrong password the gateway as a whole is of no use."""
    gateway = read_gateway(kannel.gateway_file(tmp_path))
    assert isinstance(SmsChannel(gateway, secret=SECRET, report="").send(sms("+32499123456")), Refused)
    with pytest.raises(ChannelUnavailable, match="403"):
        SmsChannel(gateway, secret="wrong", report="").send(sms())


def test_a_json_gateway_gets_what_its_file_says(tmp_path):
    """No text can break out of its place in the JSON, and the gateway's id is found."""
    with web(202, b'{"messages":[{"id":"m-1"}]}') as (address, got):
        text = 'Zeg "dag"\\n", {{ key }}'
        assert json_gateway(tmp_path, address).send(sms(text=text)) == Sent("m-1")
        [(_, headers, body)] = got
        assert headers["Authorization"] == "Bearer s3cret"
        assert json.loads(body)["messages"][0]["text"] == text


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b"<html>not JSON", Sent(None)),
        (400, b"{}", Refused("refused", "the gateway refuses it (400)")),
        (500, b"oops", OutcomeUnknown),
        (204, b"", OutcomeUnknown),
        (None, b"", OutcomeUnknown),
        (302, b"", ChannelUnavailable),
        (401, b"{}", ChannelUnavailable),
        (503, b"{}", ChannelUnavailable),
    ],
)
def test_what_each_answer_means(tmp_path, status, body, expected):
    """What its file calls success has left, a refusal has not, and nonsense means that nobody knows."""
    with web(status, body) as (address, _):
        channel = json_gateway(tmp_path, address)
        if isinstance(expected, type):
            with pytest.raises(expected):
                channel.send(sms())
        else:
            assert channel.send(sms()) == expected


def test_a_gateway_that_is_away_has_sent_nothing(tmp_path):
    """Nobody listens, so it may be tried again."""
    with pytest.raises(ChannelUnavailable):
        json_gateway(tmp_path, f"http://127.0.0.1:{free_port()}").send(sms())


def test_a_report_proves_where_it_comes_from(tmp_path):
    """Only with the secret of the file; its words are mapped; nonsense says nothing."""
    channel = json_gateway(tmp_path, "http://127.0.0.1:1")
    headers = {"content-type": "application/json", "x-webhook-token": "s3cret"}
    assert channel.report(headers, "", b'{"id":"m-1","status":"delivered"}') == Report("m-1", "delivered")
    assert channel.report(headers, "", b'{"id":"m-1","status":"expired"}') == Report("m-1", "failed")
    assert channel.report(headers, "", b'{"id":"m-1","status":"buffered"}') == Report("m-1", "other")
    for body in (b"", b"[]", b'{"id":{}}', b'{"status":"delivered"}', b"\xff"):
        assert channel.report(headers, "", body) is None
    wrong = {**headers, "x-webhook-token": "s3cre"}
    assert channel.report(wrong, "", b'{"id":"m-1","status":"delivered"}') is None
    basic = {"authorization": "Basic " + base64.b64encode(b"x:s3cret").decode()}
    assert channel.report(basic, "id=m-1&status=delivered", b"") is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("success: {status: [200, 202]}", ""), "success"),
        (("{{ text }}", "{{ txt }}"), "txt"),
        (("method: ", "methode: "), "methode"),
        (("header: {name: X-Webhook-Token, value: '{{ secret }}'}", ""), "reports"),
        (("status: [200, 202]", "status: [200], match: '('"), "success.match"),
        (("method: POST", "method: [POST"), "YAML"),
    ],
)
def test_a_wrong_gateway_file_is_named_at_the_start(tmp_path, change, named):
    """One line says which place in the file is wrong."""
    text = (EXAMPLES / "sms-json.yaml").read_text().replace('"{{ secret }}"', "'{{ secret }}'")
    assert change[0] in text
    with pytest.raises(ConfigurationError, match=named):
        read_gateway(described(tmp_path, text.replace(*change)))
