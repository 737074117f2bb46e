"""The network between a service and its broker or its database swallows, slows down or cuts what it should carry."""

import time

import eventlet
import pytest

from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

SEEN = 20.0
"""Two heartbeats."""

LATENCY = 0.1
"""Seconds more each way: the other end of the world."""

RECOVERED = 10.0
LEAST = 30
"""Seconds of a black hole, however much the load is brought down: it has to be seen in them."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_broker_behind_a_black_hole(networks, measured, scale):
    """Nothing comes back from the broker: readiness says so within two heartbeats, and no write fails."""
    deployment, broker, _ = networks
    seconds, load = max(LEAST, scale(60)), Load(deployment)
    with load.desks(4, 100.0):
        eventlet.sleep(2)
        broker.swallow()
        began = time.monotonic()
        for process in (deployment.visits, deployment.reporting):
            wait_until(lambda process=process: not process.answers("health/ready"), "it to be seen", SEEN + 5)
        seen = time.monotonic() - began
        eventlet.sleep(began + seconds - time.monotonic())
        broker.heal()
        level = deployment.wait_level(60)
    never_failed(load)
    concluded(deployment, load, measured, "black hole to the broker", f"{seconds} s", level, seen)
    assert seen <= SEEN + 1


def test_database_behind_a_black_hole(networks, measured, scale):
    """Nothing comes back from the databases: 503 within two heartbeats, and no worker hangs afterwards."""
    deployment, _, database = networks
    seconds, load = max(LEAST, scale(60)), Load(deployment)
    with load.desks(4, 100.0):
        eventlet.sleep(2)
        database.swallow()
        began = time.monotonic()
        wait_until(lambda: load.answers[503], "a 503", SEEN + 5)
        seen = time.monotonic() - began
        eventlet.sleep(began + seconds - time.monotonic())
        database.heal()
        taken_again(load)
        level = deployment.wait_level(60)
    told_when_to_try_again(load)
    concluded(deployment, load, measured, "black hole to the databases", f"{seconds} s", level, seen)
    assert seen <= SEEN + 1


@pytest.mark.parametrize("end", ["broker", "databases"])
def test_latency(networks, measured, scale, end):
    """Everything takes a while longer: it goes on, and nothing fails."""
    deployment, broker, database = networks
    seconds, load = scale(60), Load(deployment)
    with load.desks(4, 20.0):
        (broker if end == "broker" else database).slow_down(LATENCY)
        eventlet.sleep(seconds)
        level = deployment.wait_level(30)
        (broker if end == "broker" else database).heal()
    never_failed(load)
    concluded(
        deployment, load, measured, f"{LATENCY * 1000:.0f} ms each way to the {end}", f"{seconds} s", level
    )


@pytest.mark.parametrize("end", ["broker", "databases"])
def test_reset(networks, measured, scale, end):
    """Connections are reset again and again: each is made anew, and a desk sees no more than a 503."""
    deployment, broker, database = networks
    network = broker if end == "broker" else database
    seconds, load = scale(60), Load(deployment)
    with load.desks(4, 100.0):
        for _ in range(seconds):
            network.reset()
            network.heal()
            eventlet.sleep(1)
        taken_again(load)
        level = deployment.wait_level(60)
    if end == "broker":
        never_failed(load)
    told_when_to_try_again(load)
    concluded(deployment, load, measured, f"connections to the {end} reset", f"{seconds} times", level)


def taken_again(load):
    before = len(load.accepted)
    wait_until(lambda: len(load.accepted) > before, "a visit to be taken", RECOVERED)


def never_failed(load):
    assert not load.unanswered
    assert set(load.answers) <= {200, 201}, load.answers


def told_when_to_try_again(load):
    assert not load.without_retry_after
    assert set(load.answers) <= {200, 201, 412, 503}, load.answers


def concluded(deployment, load, measured, fault, how, level, seen=None):
    deployment.wait_level(60)
    figures = {} if seen is None else {"seen_s": f"{seen:.1f}"}
    verdict = examine(deployment, load.accepted)
    measured(fault, how, verdict, level_s=f"{level:.1f}", **figures, **{"503": load.answers[503]})
