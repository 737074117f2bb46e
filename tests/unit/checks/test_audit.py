"""Every locked dependency is asked about; what is vulnerable fails, and a silent service is told and fails nothing."""

import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

CHECK = Path(__file__).parents[3] / "scripts" / "checks" / "audit.py"


@pytest.fixture(scope="module")
def audit():
    """The check, as a module."""
    spec = importlib.util.spec_from_file_location("audit_check", CHECK)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def service() -> Iterator[HTTPServer]:
    """An advisory service that knows of one vulnerable package."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            self.server.asked = queries
            known = {
                "results": [
                    {"vulns": [{"id": "X-1"}]} if each["package"]["name"] == "orjson" else {}
                    for each in queries
                ]
            }
            body = json.dumps(known if self.server.answers else []).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    server.answers = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_vulnerable_dependency_fails(audit, service, capsys):
    """With its name, its version and where to read on; both ecosystems are asked about."""
    assert audit.main(f"http://127.0.0.1:{service.server_port}/") == 1
    assert "PyPI orjson" in capsys.readouterr().out
    names = {(each["package"]["ecosystem"], each["package"]["name"]) for each in service.asked}
    assert {("PyPI", "pyjwt"), ("PyPI", "nameko"), ("npm", "preact"), ("npm", "@preact/signals")} <= names


def test_service_that_is_away_is_told(audit, service, capsys):
    """Nothing is known then, and that is said; so when it answers what is no answer."""
    service.answers = False
    for address in (f"http://127.0.0.1:{service.server_port}/", "http://127.0.0.1:9/"):
        assert audit.main(address) == 0
        assert "does not answer: nothing is said about" in capsys.readouterr().out
