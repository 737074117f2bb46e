"""The disk is full, the broker's or the database's: that is told, nothing is half-written, and it goes on by itself."""

import eventlet
import httpx
import pytest

from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

LEAST = 15
"""Seconds of a full disk, however much the load is brought down."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_broker_disk_full(deployment, measured, scale):
    """The broker takes nothing any more: readiness says that events wait, no write fails, all is carried afterwards."""
    seconds, load = max(LEAST, scale(60)), Load(deployment)
    with load.desks(4, 100.0):
        deployment.rabbitmq.fill_disk()
        wait_until(lambda: "events wait" in readiness(deployment.visits), "it to be told", 20)
        eventlet.sleep(seconds)
        deployment.rabbitmq.free_disk()
        level = deployment.wait_level(60)
    deployment.wait_level(60)
    assert not load.unanswered
    assert set(load.answers) <= {200, 201}, load.answers
    verdict = examine(deployment, load.accepted)
    measured("disk of the broker full", f"{seconds} s", verdict, level_s=f"{level:.1f}")


def test_database_disk_full(deployments, measured, scale):
    """No room for another row: 503 with Retry-After, nothing half-written, and visits are taken again by themselves."""
    deployment = deployments()
    seconds = max(LEAST, scale(60))
    with deployment.small_disk("visits", megabytes=48) as disk:
        deployment.start()
        load = Load(deployment)
        with load.desks(4, 100.0):
            eventlet.sleep(1)
            disk.fill()
            wait_until(lambda: load.answers[503], "a 503", 60)
            eventlet.sleep(seconds)
            disk.free()
            before = len(load.accepted)
            wait_until(lambda: len(load.accepted) > before, "a visit to be taken", 10)
        level = deployment.wait_level(60)
        assert not load.without_retry_after
        assert set(load.answers) <= {200, 201, 412, 503}, load.answers
        verdict = examine(deployment, load.accepted)
    figures = {"level_s": f"{level:.1f}", "503": load.answers[503]}
    measured("disk of the database full", f"{seconds} s", verdict, **figures)


def readiness(process):
    return httpx.get(f"{process.address}/{process.service}/health/ready", timeout=10).text
