"""The deployment that an operator gets with `scripts/init` and `docker compose up --wait`."""

import time
from pathlib import Path

import pytest

from tests.compose.compose import Compose, deployment
from tests.support.processes import wait_until

LISTS = Path(__file__).parents[1] / "e2e" / "files" / "import"

pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def compose():
    began = time.monotonic()
    with deployment("visits,reporting") as made:
        print(f"up after {time.monotonic() - began:.0f} s")
        yield made


def test_a_visit_becomes_a_figure(compose: Compose):
    """A visit that is registered through the edge is in the summary."""
    with compose.client() as client:
        compose.register(client)
        wait_until(lambda: compose.contacts(client) == 1, "the figure", 20)


def test_a_missing_service_is_a_problem(compose: Compose):
    """What is not part of the deployment answers 503 as a problem that names it; the page at the root is there."""
    with compose.client() as client:
        answer = client.get("/loans/v1/devices")
        assert client.get("/").text.startswith("<!doctype html>")
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
