"""The wall clock jumps an hour, ahead and back: whatever happens every so often follows another clock."""

import time

import eventlet
import pytest
import sqlalchemy as sa

from chassis.inbox.session import HEAD_EVERY
from chassis.outbox.journal import LEASE
from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

HOUR = 3600
WATCHED = 3 * HEAD_EVERY
SETTLED = 0.9 * HEAD_EVERY
"""Looks come more often for a while after a start; without one for so long, they come every HEAD_EVERY seconds."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def test_wall_clock_jumps(deployment, measured):
    """Both services' clocks go an hour ahead, then two hours back: no burst and no stall, and visits are counted at once."""
    load, numbers, slowest = Load(deployment), [], 0.0
    with load.desks(2, 20.0):
        deployment.wait_level(30)
        wait_until(lambda: settled(deployment), "looks to come seldom", 90)
        for shift in (HOUR, -HOUR):
            for process in (deployment.visits, deployment.reporting):
                process.shift_clock(shift)
            numbers.append(looks_at_the_head(deployment, WATCHED))
            slowest = max(slowest, deployment.wait_level(10))
    assert all(2 <= number <= 5 for number in numbers), numbers
    assert set(load.answers) <= {200, 201}, load.answers
    verdict = examine(deployment, load.accepted)
    shown = " and ".join(map(str, numbers))
    measured(
        "wall clock ± 1 h",
        f"{WATCHED:.0f} s each",
        verdict,
        looks_at_the_head=shown,
        level_s=f"{slowest:.1f}",
    )


def test_database_clock_goes_back(deployment, measured):
    """The database's clock went back an hour after a relay took its lease, and that relay was killed: the next one works."""
    load = Load(deployment)
    load.batch(100)
    deployment.wait_level(30)
    deployment.visits.kill()
    with deployment.databases["visits"].begin() as connection:
        connection.execute(sa.text(f"UPDATE journal_head SET relay_until = relay_until + {HOUR}"))
    deployment.visits.start()
    load.batch(100)
    seconds = deployment.wait_level(2 * LEASE)
    verdict = examine(deployment, load.accepted)
    measured("database's clock an hour back", "a lease in the future", verdict, level_s=f"{seconds:.1f}")


def settled(deployment):
    """Whether after the next look there is none for long."""
    before = deployment.head_seen()
    wait_until(lambda: deployment.head_seen() != before, "a look at the head", 2 * HEAD_EVERY)
    return looks_at_the_head(deployment, SETTLED) == 0


def looks_at_the_head(deployment, seconds):
    """How often reporting looked at the head of visits in that time."""
    seen, until = set(), time.monotonic() + seconds
    before = deployment.head_seen()
    while time.monotonic() < until:
        seen.add(deployment.head_seen())
        eventlet.sleep(0.05)
    return len(seen - {before})
