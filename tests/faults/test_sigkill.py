"""The plug is pulled, at every point where a promise hangs on what comes next, and at any other."""

import random
from collections import defaultdict, deque

import eventlet
import pytest

from chassis.faults import POINTS
from tests.faults.load import Load
from tests.faults.oracle import Verdict, examine
from tests.support.processes import wait_until

LANES = 3
"""Deployments that are struck side by side; most of a round is waiting for a relay's lease to run out."""


def test_sigkill_at_each_point(deployments, measured):
    """Killed once at each named point under load, nothing is lost or doubled."""
    strike_all(deployments, measured, repeat=1, deadline=30.0)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_sigkill_at_each_point_again_and_again(deployments, measured, scale):
    """Killed many times at each named point under load, nothing is lost or doubled, and lag is 0 within 10 s."""
    strike_all(deployments, measured, repeat=scale(20), deadline=10.0)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_sigkill_of_any_service_at_any_moment(deployment, measured, scale):
    """One of the services is killed every half to three seconds: nothing is lost or doubled, level within 30 s."""
    load, chance, count, kills = Load(deployment), random.Random(2), scale(50_000), 0
    sending = eventlet.spawn(load.batch, count)
    with load.desks(3, 60.0):
        while deployment.recorded() < count:
            eventlet.sleep(chance.uniform(0.5, 3.0))
            struck = chance.choice((deployment.visits, deployment.reporting))
            struck.kill()
            struck.start()
            kills += 1
        sending.wait()
    seconds = deployment.wait_level(30)
    verdict = examine(deployment, load.accepted)
    measured("SIGKILL at any moment", f"{kills} kills", verdict, seconds=f"{seconds:.1f}")


def strike_all(deployments, measured, *, repeat, deadline):
    chance = random.Random(1)
    strikes = deque((point, chance.randint(1, 6)) for _ in range(repeat) for point in POINTS)
    seconds = defaultdict(list)
    lanes = [eventlet.spawn(strike_on, deployments(), strikes, seconds, deadline) for _ in range(LANES)]
    verdicts = [lane.wait() for lane in lanes]
    total = Verdict(*(sum(each) for each in zip(*(vars(v).values() for v in verdicts), strict=True)))
    assert {point: len(each) for point, each in seconds.items()} == dict.fromkeys(POINTS, repeat)
    worst = max(max(each) for each in seconds.values())
    measured(
        "SIGKILL at each named point", f"{len(POINTS)} points × {repeat}", total, slowest_s=f"{worst:.1f}"
    )


def strike_on(deployment, strikes, seconds, deadline):
    """Take strikes from the queue until it is empty, under 60 visits a second."""
    deployment.start()
    load = Load(deployment)
    with load.desks(3, 60.0):
        while strikes:
            point, passes = strikes.popleft()
            struck = deployment.reporting if point.startswith("subscription.") else deployment.visits
            struck.strike(point, passes)
            wait_until(lambda struck=struck: struck.dead, f"{struck.service} to stand at {point}", 30)
            struck.start()
            seconds[point].append(deployment.wait_level(deadline))
    deployment.wait_level(deadline)
    return examine(deployment, load.accepted)
