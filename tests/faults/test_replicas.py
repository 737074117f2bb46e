"""Several processes of one service: they share the work, and what must be done once is done once."""

import eventlet
import pytest

from tests.faults.load import Load
from tests.faults.oracle import examine

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


def test_two_relays_and_two_subscribers(deployment, measured, scale):
    """Two processes of each service, and halfway the ones that had the work are killed."""
    others = deployment.process("visits"), deployment.process("reporting")
    for other in others:
        other.start()
    load, count = Load(deployment), scale(50_000)
    with load.desks(4, 60.0):
        both = [eventlet.spawn(load.batch, count // 2, process) for process in (deployment.visits, others[0])]
        both[0].wait()
        both[1].wait()
        deployment.visits.kill()
        deployment.reporting.kill()
        deployment.visits.start()
        seconds = deployment.wait_level(60)
    deployment.wait_level(60)
    verdict = examine(deployment, load.accepted)
    measured("two relays, two subscribers", f"{count:,} visits", verdict, seconds=f"{seconds:.1f}")


def test_stopped_under_load(deployment, measured, scale):
    """SIGTERM again and again: gone within 10 s, and what was in flight is finished or comes again."""
    times = scale(50)
    load, slowest = Load(deployment), 0.0
    with load.desks(4, 100.0):
        for number in range(times):
            process = (deployment.visits, deployment.reporting)[number % 2]
            slowest = max(slowest, process.terminate(deadline=12.0))
            process.start()
            eventlet.sleep(0.5)
    assert slowest <= 10.0
    seconds = deployment.wait_level(30)
    verdict = examine(deployment, load.accepted)
    measured("SIGTERM", f"{times} stops", verdict, slowest_stop_s=f"{slowest:.1f}", seconds=f"{seconds:.1f}")
