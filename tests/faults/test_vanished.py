"""One end of the connections vanishes without a word: the other end notices by itself, and nobody has to intervene."""

import time

import eventlet
import pytest

from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

LEVEL = 30.0
"""Seconds from the loss until everything is applied and all is ready."""

LATENCY = 0.05
"""Seconds more each way to the databases before the loss, so that it finds transactions in every state."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.mark.case("chaos V3")
def test_services_vanish_for_the_databases(networks, measured):
    """The databases keep transactions of connections that nobody has any more: what they lock is let go of."""
    deployment, _, database = networks
    database.slow_down(LATENCY)

    def lose():
        database.lose_clients()
        database.heal()

    vanished(deployment, measured, "services vanished for the databases", lose)


def test_databases_vanish_for_the_services(networks, measured):
    """A database machine is replaced; the services' connections are silent, and given up."""
    deployment, _, database = networks
    vanished(deployment, measured, "databases vanished for the services", database.lose_server)


@pytest.mark.case("chaos V3")
def test_power_loss(networks, measured):
    """The services' machine loses its power under load and starts again: neither database nor broker heard of it."""
    deployment, broker, database = networks
    database.slow_down(LATENCY)

    def lose_power():
        broker.lose_clients()
        database.lose_clients()
        database.heal()
        for process in (deployment.visits, deployment.reporting):
            process.kill()
        for process in (deployment.visits, deployment.reporting):
            process.start()

    vanished(deployment, measured, "power loss of the services", lose_power)


def vanished(deployment, measured, fault, lose):
    """Let the loss happen under load; all that was recorded is applied, and all is ready, within LEVEL."""
    load = Load(deployment)
    with load.desks(8, 100.0):
        eventlet.sleep(2)
        began = time.monotonic()
        lose()
        before = len(load.accepted)
        wait_until(lambda: len(load.accepted) > before, "a visit to be taken", LEVEL)
        taken = time.monotonic() - began
        eventlet.sleep(2)
    deployment.wait_level(LEVEL)
    level = time.monotonic() - began
    for process in (deployment.visits, deployment.reporting):
        wait_until(lambda process=process: process.answers("health/ready"), "it to be ready", LEVEL)
    ready = time.monotonic() - began
    assert not load.without_retry_after
    assert set(load.answers) <= {200, 201, 412, 503}, load.answers
    verdict = examine(deployment, load.accepted)
    figures = {"taken_again_s": f"{taken:.1f}", "level_s": f"{level:.1f}", "ready_s": f"{ready:.1f}"}
    measured(fault, "100 visits/s", verdict, **figures, **{"503": load.answers[503]})
    assert max(level, ready) <= LEVEL
