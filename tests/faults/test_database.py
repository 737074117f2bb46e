"""PostgreSQL goes away and comes back: the desk is told to try again, and nobody has to intervene."""

import time

import eventlet
import pytest

from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

RECOVERED = 10.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def test_database_restarted(deployment, measured, scale):
    """The plug is pulled again and again: 503 with Retry-After, and visits are taken again within 10 s."""
    times, slowest = scale(5), 0.0
    load = Load(deployment)
    with load.desks(4, 100.0):
        for _ in range(times):
            eventlet.sleep(2)
            deployment.postgres.kill()
            deployment.postgres.start()
            slowest = max(slowest, taken_again(load))
    told_when_to_try_again(deployment, load, measured, "PostgreSQL's plug pulled", f"{times} times", slowest)


def test_database_down(deployment, measured, scale):
    """Down for a minute: 503 with Retry-After all that time, and visits are taken again within 10 s."""
    down = scale(60)
    load = Load(deployment)
    with load.desks(4, 100.0):
        deployment.postgres.stop()
        eventlet.sleep(down)
        assert load.answers[503] + load.unanswered > 0
        deployment.postgres.start()
        slowest = taken_again(load)
    told_when_to_try_again(deployment, load, measured, "PostgreSQL down", f"{down} s", slowest)


def test_backends_terminated(deployment, measured, scale):
    """All connections are cut again and again: the next statements get new ones."""
    times, slowest = scale(20), 0.0
    load = Load(deployment)
    with load.desks(4, 100.0):
        for _ in range(times):
            eventlet.sleep(0.5)
            for url in deployment.urls.values():
                deployment.postgres.terminate_backends(url)
            slowest = max(slowest, taken_again(load))
    told_when_to_try_again(deployment, load, measured, "backends terminated", f"{times} times", slowest)


def test_no_connection_left(deployment, measured, scale):
    """Others have taken every connection that the server has: 503 with Retry-After, and visits are taken when they let go."""
    seconds = max(10, scale(60))
    load = Load(deployment)
    with load.desks(8, 100.0):
        eventlet.sleep(1)
        with deployment.postgres.no_connection_left(*deployment.urls.values()):
            wait_until(lambda: load.answers[503], "a 503", RECOVERED)
            eventlet.sleep(seconds)
        slowest = taken_again(load)
    told_when_to_try_again(deployment, load, measured, "no connection left", f"{seconds} s", slowest)


def taken_again(load):
    """Seconds until a visit is taken."""
    began, before = time.monotonic(), len(load.accepted)
    wait_until(lambda: len(load.accepted) > before, "a visit to be taken", RECOVERED)
    return time.monotonic() - began


def told_when_to_try_again(deployment, load, measured, fault, how, slowest):
    seconds = deployment.wait_level(30)
    assert not load.without_retry_after
    assert set(load.answers) <= {200, 201, 412, 503}, load.answers
    verdict = examine(deployment, load.accepted)
    figures = {"taken_again_s": f"{slowest:.1f}", "level_s": f"{seconds:.1f}", "503": load.answers[503]}
    measured(fault, how, verdict, **figures)
