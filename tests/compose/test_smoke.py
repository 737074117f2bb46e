"""The deployment that an operator gets with `scripts/init` and `docker compose up --wait`."""

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page

from services.desk import web_app
from tests.compose.compose import POINT, Compose, deployment
from tests.conftest import running
from tests.e2e.command import served
from tests.support.browser import Chromium, Laptop
from tests.support.processes import wait_until

LISTS = Path(__file__).parents[1] / "e2e" / "files" / "import"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def compose():
    began = time.monotonic()
    with deployment("visits,reporting,desk") as made:
        print(f"up after {time.monotonic() - began:.0f} s")
        yield made


def test_a_visit_becomes_a_figure(compose: Compose):
    """A visit that is registered through the edge is in the summary."""
    with compose.client() as client:
        compose.register(client)
        wait_until(lambda: compose.contacts(client) == 1, "the figure")


def test_a_missing_service_is_a_problem(compose: Compose):
    """What is not part of the deployment answers 503 as a problem that names it."""
    with compose.client() as client:
        answer = client.get("/loans/v1/devices")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Retry-After" in answer.headers
    assert "loans" in answer.json()["detail"]


def test_containers_can_do_little(compose: Compose):
    """Containers are healthy, not root, on a read-only root, without capabilities; only the edge has a port, on loopback."""
    published = {}
    for container in compose.containers():
        name, host = container["Config"]["Labels"]["com.docker.compose.service"], container["HostConfig"]
        assert container["State"]["Health"]["Status"] == "healthy", name
        assert container["Config"]["User"].split(":")[0] not in ("", "0", "root"), name
        assert host["ReadonlyRootfs"], name
        assert host["CapDrop"] == ["ALL"], name
        assert not host["CapAdd"], name
        assert "no-new-privileges:true" in host["SecurityOpt"], name
        assert host["Memory"] > 0, name
        assert host["LogConfig"]["Config"]["max-size"], name
        bindings = [each for port in (host["PortBindings"] or {}).values() for each in port]
        if bindings:
            published[name] = {each["HostIp"] for each in bindings}
    assert published == {"edge": {"127.0.0.1"}}


def test_the_image_holds_no_node(compose: Compose):
    """What built the desk stayed behind; what was built is there."""
    search = "find / -xdev \\( -name node -o -name npm -o -name 'nodejs*' -o -name node_modules \\) 2>/dev/null; id -u"
    assert compose.inside("desk", "sh", "-c", search).split() == ["10001"]
    built = "from services.desk import web_app; print(web_app.is_built())"
    assert compose.inside("desk", "python", "-c", built).strip() == "True"


def test_least_rights(compose: Compose):
    """No service can open another's database, and the broker knows no user but ours, none of whom reads others' queues."""
    may = "SELECT has_database_privilege('reporting', 'visits', 'CONNECT')"
    answer = compose.inside("database", "psql", "-U", "postgres", "-Atc", may)
    assert answer.strip() == "f"
    users = compose.inside("broker", "rabbitmqctl", "-q", "list_users", "--no-table-headers")
    assert {line.split()[0] for line in users.splitlines()} == {
        "admin", "visits", "loans", "notifications", "reporting", "desk",
    }  # fmt: skip
    attempt = (
        "import pika,pathlib; c = pika.BlockingConnection(pika.URLParameters("
        "pathlib.Path('/run/secrets/visits_broker_url').read_text().strip())).channel()\n"
        "try: c.basic_get('reporting.visits.events'); print('read')\n"
        "except pika.exceptions.ChannelClosedByBroker as error: print(error.reply_code)"
    )
    assert compose.inside("visits", "python", "-c", attempt).strip() == "403"


@pytest.mark.case("use import under Compose")
def test_a_list_is_imported(compose: Compose):
    """As docs/compose.md says: over standard input, with a mapping in the memory of the container."""
    compose.piped("exec", "-T", "visits", "tee", "/tmp/map.yaml", source=LISTS / "map.yaml")
    counts = compose.folder / "counts"
    command = ["exec", "-T", "visits", "digipunt", "import", "visits", "-", "--map", "/tmp/map.yaml"]
    compose.piped(*command, source=LISTS / "same.xlsx", output=counts)
    assert counts.read_text().splitlines()[-1] == "accepted 3, refused 0, already there 0, skipped 0"


# The desk, in a browser before the edge.

PERSON = {"Accept": "text/html,application/xhtml+xml;q=0.9"}
OF_THE_MOMENT = {"date", "server", "belgov-trace-id", "connection", "keep-alive"}
OF_THE_CONTENT = {"etag", "content-length"}
SENT = "Alles is verstuurd"
INSTALLED = "async () => { await navigator.serviceWorker.ready; }"
OVER = """() => localStorage.setItem(
  "digipunt.laptopToken", JSON.stringify({ token: "over", expiresAt: "2026-01-01T00:00:00Z" }),
)"""
"""The laptop's token is over, so that it needs the desk before it can send."""


@dataclass
class Desk:
    """A browser that the link of this deployment made the desk of its digipunt, and what was recorded with it."""

    laptop: Laptop
    digipunt: str
    recorded: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        return self.laptop.page

    def record(self, theme: str) -> None:
        """Record a visit, and see that it is kept."""
        self.page.locator(f"#themes [data-name={theme}]").click()
        self.page.locator("[data-name=save]").click()
        self.page.locator("[data-name=saved]", has_text="Bewaard").wait_for()
        self.recorded.append(theme)

    def says(self, text: str) -> None:
        """Wait until the line at the bottom says so."""
        self.page.locator("[data-name=line]", has_text=text).wait_for(timeout=120_000)

    def themes(self, client: httpx.Client) -> list[str]:
        """What the service has that a desk recorded, first to last; what tests register themselves is of one day in March."""
        answer = client.get("/visits/v1/visits", params={"digipunt": self.digipunt, "pageSize": 500})
        newest = [each for each in answer.json()["items"] if not each["startedAt"].startswith("2026-03-04")]
        return [theme for each in reversed(newest) for theme in each["themes"]]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    yield from running(Chromium)


@pytest.fixture(scope="module")
def desk(compose: Compose, chromium: Chromium, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """As docs/compose.md says: the link that `digipunt link` prints in a container is opened on this machine."""
    with compose.client() as client:
        digipunt = compose.point(client)
    link = compose.inside("desk", "digipunt", "link").strip()
    assert link.startswith(f"{compose.url}/#signIn=")
    laptop = chromium.laptop(compose.url, tmp_path_factory.mktemp("laptop"))
    made = Desk(laptop, digipunt)
    made.page.goto(link)
    made.page.get_by_role("button", name=POINT).click()
    made.page.locator("[data-name=start]").click()
    made.page.evaluate(INSTALLED)
    yield made
    laptop.close()
    laptop.watch.check()


def test_desk_comes_as_from_serve(compose: Compose, tmp_path: Path):
    """Pages, hashed files and the service worker have the headers that one process gives them, each once."""
    if not web_app.is_built() and os.environ.get("CI") != "true":
        pytest.skip("the desk is not built: scripts/test builds it")
    with served(tmp_path / "data") as process:
        told = [headers_of_the_desk(address) for address in (compose.url, process.address)]
    assert told[0] == told[1]
    for path, cache in (
        ("/", "no-cache"),
        ("/sw.js", "no-cache"),
        ("hashed", "public, max-age=31536000, immutable"),
    ):
        headers = told[0][path]
        assert headers["cache-control"] == [cache]
        assert "script-src 'self'" in headers["content-security-policy"][0]
        assert headers["permissions-policy"] == ["camera=(self), geolocation=(), microphone=()"]


def headers_of_the_desk(address: str) -> dict[str, dict[str, list[str]]]:
    """Each header of the app's files, by path; not what is of the moment, nor the tags of what may be built another day."""
    with httpx.Client(base_url=address, headers=PERSON, trust_env=False) as client:
        page = client.get("/")
        hashed = re.search(r'"(/assets/[^"]+\.js)"', page.text)
        assert hashed
        answers = {"/": page, "/vandaag": client.get("/vandaag"), "/sw.js": client.get("/sw.js")}
        answers |= {
            "hashed": client.get(hashed[1]),
            "/manifest.webmanifest": client.get("/manifest.webmanifest"),
        }
    left_out = OF_THE_MOMENT | OF_THE_CONTENT
    for path, answer in answers.items():
        assert answer.status_code == 200, path
        assert OF_THE_CONTENT - {"content-length"} <= answer.headers.keys(), path
    return {
        path: {name: answer.headers.get_list(name) for name in answer.headers.keys() - left_out}
        for path, answer in answers.items()
    }


def test_desk_records_a_visit(compose: Compose, desk: Desk):
    """The browser that the link paired records a visit: it is at the service, and in the summary."""
    with compose.client() as client:
        before = compose.contacts(client)
        assert before is not None
        desk.record("email")
        desk.says(SENT)
        assert desk.themes(client) == desk.recorded
        wait_until(lambda: compose.contacts(client) == before + 1, "the figure")


def test_desk_goes_on_while_its_service_is_away(compose: Compose, desk: Desk, chromium: Chromium):
    """Without `desk` a paired laptop records and sends as long as its token lives, and keeps what it records after that.

    Whoever comes new reads where the desk is, in three languages. When `desk` is back, nobody has to pair again.
    """
    with compose.client() as client:
        before = compose.contacts(client)
        assert before is not None
        compose.compose("stop", "desk")
        assert client.get("/desk/v1/me").json()["code"] == "serviceAway"
        compose.register(client)
        desk.record("tax")
        desk.says(SENT)

        with chromium.context(compose.url) as (context, _):
            page = context.new_page()
            answer = page.goto("/vandaag")
            assert answer is not None
            assert (answer.status, answer.header_value("retry-after")) == (503, "30")
            for sentence in ("De balie is er even niet.", "Le guichet n’est pas là", "The desk is away"):
                assert page.get_by_text(sentence).is_visible()

        # The app itself is on the laptop.
        desk.page.reload()
        desk.record("health")
        desk.says(SENT)
        assert desk.themes(client) == desk.recorded
        desk.page.evaluate(OVER)
        desk.page.reload()
        desk.record("banking")
        desk.says("1 bezoek nog te sturen")
        desk.says("We kunnen even niet doorsturen.")

        compose.up()
        desk.says(SENT)
        assert desk.themes(client) == desk.recorded
        wait_until(lambda: compose.contacts(client) == before + 4, "the figure")
        desk.page.reload()
        desk.page.locator("[data-name=save]").wait_for()
