"""The way to the issuer of accounts leads there and nowhere else (deploy/way-out.py)."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.processes import end, free_port, wait_until

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "deploy/way-out.py"

ISSUER = """
import http.server, json, ssl, sys

port, folder = int(sys.argv[1]), sys.argv[2]
issuer = f"https://localhost:{port}/realms/stad"

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        key = json.load(open(f"{folder}/key.json"))
        told = {"keys": [key]} if self.path == "/keys" else {"issuer": issuer, "jwks_uri": f"https://localhost:{port}/keys"}
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

server = http.server.HTTPServer(("127.0.0.1", port), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(f"{folder}/cert.pem", f"{folder}/key.pem")
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
"""

ASK = "import sys; from chassis.http.jwks import Jwks; print(Jwks(sys.argv[1]).count())"


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


@pytest.fixture
def way_out() -> Iterator[Callable[..., int]]:
    """Start it for these hosts; its port."""
    started = []

    def start(*hosts: str) -> int:
        port = free_port()
        environment = os.environ | {"WAY_OUT_PORT": str(port)}
        started.append(subprocess.Popen([sys.executable, "-S", SCRIPT, *hosts], env=environment))
        wait_until(lambda: answers(port), "the way out")
        return port

    yield start
    for process in started:
        end(process)


@pytest.fixture
def issuer(tmp_path: Path) -> Iterator[int]:
    """An issuer with a certificate of its own; its port."""
    port = free_port()
    subprocess.run(
        f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
        f" -keyout {tmp_path}/key.pem -out {tmp_path}/cert.pem".split(),
        check=True,
        capture_output=True,
    )
    ed25519 = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "1"}
    (tmp_path / "key.json").write_text(json.dumps(ed25519))
    process = subprocess.Popen(
        [sys.executable, "-c", ISSUER, str(port), str(tmp_path)], stderr=subprocess.DEVNULL
    )
    wait_until(lambda: answers(port), "the issuer")
    yield port
    end(process)


def keys_through(proxy: int, issuer: int, folder: Path) -> str:
    """How many keys a service finds that has no other way."""
    settings = {"HTTPS_PROXY": f"http://127.0.0.1:{proxy}", "SSL_CERT_FILE": str(folder / "cert.pem")}
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        [sys.executable, "-c", ASK, f"https://localhost:{issuer}/realms/stad"],
        env=kept | settings,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


@pytest.mark.case("security L14")
def test_a_service_gets_the_keys_of_the_issuer(way_out, issuer, tmp_path):
    """TLS is that of the issuer: the service checks its certificate."""
    assert keys_through(way_out(f"https://localhost:{issuer}/realms/stad", ""), issuer, tmp_path) == "1"


@pytest.mark.case("security L14")
def test_another_host_is_not_reached(way_out, issuer, tmp_path):
    """Nor another port of the issuer."""
    other = way_out("https://sso.example.be/realms/stad", "keys.example.be,localhost:1")
    assert "does not answer" in keys_through(other, issuer, tmp_path)


def said(port: int, *sent: bytes) -> bytes:
    """The answer to these bytes, until it closes."""
    with socket.create_connection(("127.0.0.1", port), 20) as sock:
        for part in sent:
            sock.sendall(part)
        told = b""
        while b"\r\n\r\n" not in told and (data := sock.recv(4096)):
            told += data
        return told


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"CONNECT database:5432 HTTP/1.1\r\n\r\n", b"403"),
        (b"CONNECT sso.example.be:22 HTTP/1.1\r\n\r\n", b"403"),
        (b"CONNECT sso.example.be HTTP/1.1\r\n\r\n", b"403"),
        (b"GET https://sso.example.be/ HTTP/1.1\r\n\r\n", b"403"),
        (b"GET http://sso.example.be:443/ HTTP/1.1\r\n\r\n", b"403"),
        (b"nonsense\r\n\r\n", b"400"),
        (b"\xff\xfe \x00 x\r\n\r\n", b"400"),
        (b"CONNECT sso.example.be:443 HTTP/1.1\r\nX: " + b"x" * 10_000 + b"\r\n\r\n", b"400"),
    ],
)
def test_only_tunnels_to_the_issuer_are_opened(way_out, sent, status):
    """Whatever else is asked ends there."""
    assert said(way_out("https://sso.example.be/realms/stad"), sent).split(b" ")[1] == status


def test_an_issuer_that_is_away_is_told(way_out):
    """The service hears so, and goes on with the keys that it knows."""
    port = free_port()
    assert b" 502 " in said(
        way_out(f"localhost:{port}"), f"CONNECT localhost:{port} HTTP/1.1\r\n\r\n".encode()
    )


@pytest.mark.parametrize(
    "host", ["http://sso.example.be", "", "ftp://sso.example.be", "https://a@sso.example.be"]
)
def test_an_issuer_without_tls_is_refused(host):
    """Then nobody could tell its keys from those of somebody between."""
    done = subprocess.run([sys.executable, "-S", SCRIPT, host], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip()
