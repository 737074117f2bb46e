"""A region: one reporting service that follows the visits of several deployments over their own brokers."""

import os
from contextlib import ExitStack, contextmanager

import pytest

from tests.e2e.command import Desk, contacts, free_port, started, token, wait_until

KEY = "k" * 48
MUNICIPALITIES = {"tienen": "24107", "landen": "24059"}
OWN = r"^(region\..+|rpc\.reply-.+)$"
WRITE = r"^(region\..+|rpc\.reply-.+|nameko-rpc)$"
READ = r"^(region\..+|rpc\.reply-.+|nameko-rpc|(visits|loans)\.events)$"


class Region:
    """Two municipalities, each with a broker and a service of its own, and the region's reporting."""

    def __init__(self, rabbitmq, folder, opened):
        self.rabbitmq = rabbitmq
        self.folder = folder
        self.vhosts = {name: opened.enter_context(rabbitmq.vhost()) for name in [*MUNICIPALITIES, "region"]}
        self.readers = {name: self.admit(name) for name in MUNICIPALITIES}
        self.desks = {}
        for name, municipality in MUNICIPALITIES.items():
            settings = self.settings(name, "visits") | {"DIGIPUNT_DEPLOYMENT": name}
            process = opened.enter_context(self.running("visits", settings))
            process.wait_for_answer("/visits/health/ready")
            desk = Desk(process.address, token("coordinator", **settings))
            self.desks[name] = (desk, desk.digipunt(municipality))

    def admit(self, name, *, rights=(OWN, WRITE, READ)):
        """The address of a municipality's broker for the region, which may read and no more."""
        configure, write, read = rights
        return self.rabbitmq.as_user(self.vhosts[name], "region", configure=configure, write=write, read=read)

    def cut_off(self, name):
        """The municipality's broker knows the region no more."""
        self.admit(name, rights=("^$", "^$", "^$"))
        self.rabbitmq.cut()

    def settings(self, name, service):
        return {
            "DIGIPUNT_BROKER_URL": self.vhosts[name],
            "DIGIPUNT_SIGNING_KEY": KEY,
            f"DIGIPUNT_{service.upper()}_DATABASE_URL": f"sqlite:///{self.folder / name}-{service}.sqlite",
        }

    @contextmanager
    def running(self, service, settings):
        port = free_port()
        settings = settings | {"DIGIPUNT_LISTEN": f"127.0.0.1:{port}"}
        with started(self.folder / f"{service}.log", ["run", service], port, **settings) as process:
            yield process

    @contextmanager
    def reporting(self, *sources):
        """The region's reporting, following `sources`; a desk that asks it."""
        settings = self.settings("region", "reporting") | {
            "DIGIPUNT_DEPLOYMENT": "region",
            "DIGIPUNT_SOURCES": ",".join(f"{name}={self.readers[name]}" for name in sources),
        }
        with self.running("reporting", settings) as process:
            process.wait_for_answer("/reporting/health/ready")
            self.ops = Desk(process.address, token("ops", **settings))
            yield Desk(process.address, token("coordinator", **settings))

    def register(self, name, count):
        desk, point = self.desks[name]
        desk.batch(point, count)


@pytest.fixture
def region(rabbitmq, tmp_path):
    if "DIGIPUNT_TEST_BROKER_URL" in os.environ:
        pytest.skip("needs a broker for each municipality")
    with ExitStack() as opened:
        yield Region(rabbitmq, tmp_path, opened)


def test_figures_of_a_region(region):
    """The sum of its municipalities'; one that was cut off is made up for, one that leaves stays counted."""
    region.register("tienen", 300)
    region.register("landen", 200)
    with region.reporting("tienen", "landen") as desk:
        wait_until(lambda: contacts(desk) == 500, "the sum", 30)
        assert contacts(desk, municipality="24059") == 200
        status = region.ops.http.get("/reporting/v1/status").json()["items"]
        states = {each["source"]: each["state"] for each in status}
        assert states == {
            "tienen/visits": "following",
            "landen/visits": "following",
            "tienen/loans": "waiting",  # nobody here lends anything
            "landen/loans": "waiting",
        }

        region.cut_off("landen")
        region.register("landen", 40)
        region.register("tienen", 60)
        wait_until(lambda: contacts(desk) == 560, "the one that is left", 30)
        region.admit("landen")
        wait_until(lambda: contacts(desk) == 600, "the one that is back", 30)

        queues = {each["name"] for each in region.rabbitmq.queues(region.vhosts["landen"])}
        assert "region.reporting.visits.events" in queues
    region.register("landen", 10)
    with region.reporting("tienen") as desk:
        region.register("tienen", 5)
        wait_until(
            lambda: contacts(desk) == 605, "the history of one that left, and what is new of the other", 30
        )
        assert contacts(desk, municipality="24059") == 240
    with region.reporting("tienen", "landen") as desk:
        wait_until(lambda: contacts(desk) == 615, "the one that joined again", 30)
