"""The files of an app beside the routes of the services."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from chassis.errors import ConfigurationError
from chassis.http import Response, static

SCRIPT = b"console.log('dag');" * 100
PERSON = {"Accept": "text/html,application/xhtml+xml;q=0.9"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An app as it is built."""
    built = tmp_path / "web"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html><title>Digipunt</title>")
    (built / "sw.js").write_text("// worker")
    (built / "assets" / "main-2XK4PQ7A.js").write_bytes(SCRIPT)
    (built / ".built").write_text("not for browsers")
    (tmp_path / "secret").write_text("geheim")
    return built


@pytest.fixture
def client(serve, folder) -> Iterator[httpx.Client]:
    server = serve()
    server.add_route("GET", "/visits/v1/visits", lambda request: Response({"items": []}))
    static.mount(server, folder, apart=["loans"])
    with httpx.Client(base_url=server.address, trust_env=False) as client:
        yield client


def test_page_is_asked_for_again_and_hashed_files_are_not(client):
    """`no-cache` for the page and the worker, for ever for what has its content's hash in its name."""
    for path, kept in (("/", "no-cache"), ("/index.html", "no-cache"), ("/sw.js", "no-cache")):
        assert client.get(path).headers["cache-control"] == kept
    assert client.get("/").text == "<!doctype html><title>Digipunt</title>"
    script = client.get("/assets/main-2XK4PQ7A.js")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"


def test_same_version_is_not_sent_twice(client):
    """304 for a known tag, with the same protection: a browser would put another policy over the one that it kept."""
    page = client.get("/")
    again = client.get("/", headers={"If-None-Match": page.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    for name in ("content-security-policy", "permissions-policy", "cache-control", "etag"):
        assert again.headers[name] == page.headers[name]


def test_compressed_for_who_can_read_it(client):
    """Gzip where the client takes it and it is smaller; caches are told that there are two forms."""
    plain = client.get("/assets/main-2XK4PQ7A.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    packed = client.get("/assets/main-2XK4PQ7A.js", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(gzip.compress(SCRIPT, 9, mtime=0))
    assert plain.content == packed.content == SCRIPT
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] == plain.headers["etag"]


def test_head_has_the_headers_and_no_body(client):
    """HEAD is a GET without what it asks for."""
    answer = client.head("/assets/main-2XK4PQ7A.js", headers={"Accept-Encoding": "identity"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["content-length"] == str(len(SCRIPT))


def test_address_of_a_screen_is_the_app(client):
    """A person who goes to an address that is no file gets the app, which knows what it is; a script gets 404."""
    assert client.get("/bezoek/nieuw", headers=PERSON).text.startswith("<!doctype html>")
    for headers in ({"Accept": "*/*"}, PERSON | {"Sec-Fetch-Mode": "cors"}):
        refused = client.get("/bezoek/nieuw", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (404, "addressUnknown")
    assert client.put("/bezoek/nieuw", headers=PERSON).status_code == 404


def test_addresses_of_services_stay_their_own(client):
    """What a service does not know is its own 404, whoever asks, also when the service does not run here."""
    assert client.get("/visits/v1/visits", headers=PERSON).json() == {"items": []}
    for path in ("/visits/nothing", "/visits", "/visits/v1/visits/x", "/loans/doc"):
        assert client.get(path, headers=PERSON).json()["code"] == "addressUnknown"
    assert client.post("/visits/v1/visits").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/../secret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret", "//etc/passwd", "/.built", "/assets/%00"],
)
def test_no_path_leads_out_of_the_folder(serve, folder, talk, path):
    """Only what was read at the start is served."""
    server = serve()
    static.mount(server, folder)
    client = talk(server)
    client.send(b"GET %s HTTP/1.1\r\nHost: x\r\n\r\n" % path.encode())
    assert client.reply().status == 404


def test_every_answer_protects_the_browser(client):
    """No script, style, frame or sender from elsewhere; the camera for the app alone; nothing that begins with `unsafe-`."""
    for path in ("/", "/sw.js", "/assets/main-2XK4PQ7A.js"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe-" not in policy
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["permissions-policy"] == "camera=(self), geolocation=(), microphone=()"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers.get_list("x-content-type-options") == ["nosniff"]


def test_issuer_of_accounts_may_be_spoken_to(serve, folder):
    """Its origin is in the policy and nothing else is new; the worker learns that the page it kept is another one now."""
    revision = hashlib.sha256((folder / "index.html").read_bytes()).hexdigest()[:10]
    (folder / "sw.js").write_text(f'keep([{{url:"/index.html",revision:"{revision}"}}])')
    told = {}
    for issuer in (None, "https://sso.example.be/realms/stad", "https://other.example.be:8443"):
        server = serve()
        static.mount(server, folder, speaks_to=issuer)
        with httpx.Client(base_url=server.address, trust_env=False) as client:
            told[issuer] = (client.get("/").headers["content-security-policy"], client.get("/sw.js").text)
    (plain, worker), (policy, _), (with_port, _) = told.values()
    assert revision in worker
    assert policy == plain.replace("connect-src 'self';", "connect-src 'self' https://sso.example.be;")
    assert "connect-src 'self' https://other.example.be:8443;" in with_port
    assert len({each for _, each in told.values()}) == 3


def test_app_that_is_not_built_says_how(serve, tmp_path):
    """Without the folder there is a page with one sentence in three languages, and the APIs are there all the same."""
    server = serve()
    server.add_route("GET", "/visits/v1/visits", lambda request: Response({"items": []}))
    static.mount(server, tmp_path / "nothing")
    with httpx.Client(base_url=server.address, trust_env=False) as client:
        page = client.get("/", headers=PERSON)
        assert page.text.count("scripts/demo") == 3
        assert client.get("/visits/v1/visits").status_code == 200


def test_folder_has_a_size(serve, folder, monkeypatch):
    """What would not fit the memory of a service is refused at the start."""
    monkeypatch.setattr(static, "MOST_BYTES", 1000)
    with pytest.raises(ConfigurationError, match="MB"):
        static.mount(serve(), folder)
