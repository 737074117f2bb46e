"""What an operator does with a deployment, at full length; scripts/faults runs these."""

import subprocess

import httpx
import pytest

import services
from tests.compose.compose import MUNICIPALITY, RELEASE, Compose, deployment
from tests.support.processes import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

ALL = ",".join(services.NAMES)
REGISTRY = "/opt/digipunt/lib/python3*/site-packages/services/__init__.py"


def paired(compose: Compose, client: httpx.Client) -> dict[str, str]:
    """A laptop that a coordinator paired, with the secret that it keeps."""
    body = {"digipunt": compose.point(client), "municipality": MUNICIPALITY}
    pairing = client.post("/desk/v1/pairings", json=body)
    assert pairing.status_code == 201, pairing.text
    laptop = client.post("/desk/v1/laptops", json={"code": pairing.json()["code"], "name": "balie"})
    assert laptop.status_code == 201, laptop.text
    return {name: laptop.json()[name] for name in ("id", "secret")}


def is_known(client: httpx.Client, laptop: dict[str, str]) -> bool:
    """Whether the desk gives this laptop a new token."""
    address = f"/desk/v1/laptops/{laptop['id']}/token"
    return client.post(address, json={"secret": laptop["secret"]}).status_code == 200


def test_drop_and_add_again():
    """Reporting is dropped, the broker wiped, visits scaled, reporting added again: exact; then loans is dropped."""
    with deployment(ALL) as compose, compose.client() as client:
        compose.register(client, 500)
        wait_until(lambda: compose.contacts(client) == 500, "the first figure")

        compose.drop("reporting", "visits,loans,notifications,desk")
        assert compose.contacts(client) is None
        compose.register(client, 2_500)
        compose.compose("rm", "--stop", "--force", "broker")
        compose.run("docker", "volume", "rm", f"{compose.name}_broker")
        compose.register(client, 1_000)
        compose.up("--scale", "visits=3")
        compose.register(client, 1_500)

        compose.profiles(ALL)
        compose.up("--scale", "visits=3")
        wait_until(lambda: compose.contacts(client) == 5_500, "the exact figure", 60)
        assert compose.accepted == 5_500

        compose.drop("loans", "visits,notifications,reporting,desk")
        assert client.get("/loans/v1/devices").status_code == 503
        compose.register(client, 100)
        wait_until(lambda: compose.contacts(client) == 5_600, "the others")


def test_backup_and_restore():
    """Backed up, every volume destroyed, restored: the same figures, subscribers go on, and laptops are still paired."""
    with deployment("visits,reporting,desk") as compose, compose.client() as client:
        compose.register(client, 1_000)
        laptop = paired(compose, client)
        wait_until(lambda: compose.contacts(client) == 1_000, "the figure")
        file = compose.folder / "backup"
        compose.piped("run", "--rm", "--no-TTY", "tools", "backup", "-", output=file)
        compose.compose("down", "--volumes")

        compose.up("database")
        compose.piped("run", "--rm", "--no-TTY", "tools", "restore", "-", source=file)
        compose.up()
        assert compose.contacts(client) == 1_000
        assert is_known(client, laptop)
        compose.register(client, 500)
        wait_until(lambda: compose.contacts(client) == 1_500, "what came after")
        assert "stopped" not in compose.status()


def test_upgrade_and_back():
    """A release that runs is taken; one that does not is left again, and nothing that was recorded is lost."""
    for tag, line in (("test-next", ""), ("test-broken", 'ENTRYPOINT ["false"]\n')):
        made = f"FROM digipunt:{RELEASE}\n{line}"
        subprocess.run(
            ["docker", "build", "-q", "-t", f"digipunt:{tag}", "-"], input=made.encode(), check=True
        )
    with (
        deployment("visits,reporting,desk", DIGIPUNT_UPGRADE_SECONDS="60") as compose,
        compose.client() as client,
    ):
        compose.register(client, 500)
        laptop = paired(compose, client)
        compose.release(None)
        compose.run(str(compose.folder / "scripts" / "upgrade"), "test-next")
        assert compose.releases() == {"digipunt:test-next"}
        with pytest.raises(AssertionError, match="runs again"):
            compose.run(str(compose.folder / "scripts" / "upgrade"), "test-broken")
        assert compose.releases() == {"digipunt:test-next"}
        compose.register(client, 500)
        wait_until(lambda: compose.contacts(client) == 1_000, "the figure")
        assert is_known(client, laptop)


def test_upgrade_to_a_release_with_a_new_service():
    """A deployment from before the desk is backed up and upgraded; then the desk is added, and pairs laptops."""
    made = f"FROM digipunt:{RELEASE}\nUSER root\nRUN sed -i '/Registered(\"desk\"/d' {REGISTRY}\nUSER 10001:10001\n"
    subprocess.run(
        ["docker", "build", "-q", "-t", "digipunt:test-before", "-"], input=made.encode(), check=True
    )
    with deployment("visits,reporting") as compose, compose.client() as client:
        compose.inside(
            "database", "psql", "-U", "postgres", "-c", "DROP DATABASE desk", "-c", "DROP ROLE desk"
        )
        compose.inside("broker", "rabbitmqctl", "-q", "delete_user", "desk")
        compose.release("test-before")
        compose.up()
        compose.register(client, 500)
        env = compose.folder / ".env"
        env.write_text(env.read_text().replace(f"DIGIPUNT_RELEASE={RELEASE}", "DIGIPUNT_RELEASE=test-before"))
        compose.release(None)
        compose.run(str(compose.folder / "scripts" / "upgrade"), RELEASE)
        compose.profiles("visits,reporting,desk")
        compose.up()
        assert is_known(client, paired(compose, client))
        wait_until(lambda: compose.contacts(client) == 500, "the figure")


def test_replicas_are_one(compose_of_three: Compose):
    """Three replicas of visits: a figure is never doubled, and stopping them one by one answers every request."""
    compose = compose_of_three
    with compose.client() as client:
        compose.register(client, 1_000)
        for number in (1, 2):
            compose.run("docker", "stop", f"{compose.name}-visits-{number}")
            compose.register(client, 1_000)
        wait_until(lambda: compose.contacts(client) == 3_000, "the figure", 60)


@pytest.fixture
def compose_of_three():
    with deployment("visits,reporting") as made:
        made.up("--scale", "visits=3")
        yield made
