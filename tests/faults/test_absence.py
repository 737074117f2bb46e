"""A service that was dropped comes back to a long journal; an owner comes back with a shorter one."""

import time

import pytest

from tests.e2e.command import digipunt
from tests.faults.load import Load
from tests.faults.oracle import examine, read_models
from tests.support.journals import record
from tests.support.processes import wait_until

FLAT = 1.1
"""How much more memory than for the first half a catching-up service may take for the whole."""


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_dropped_and_added_again(deployment, measured, scale):
    """Reporting is added again after a million events: at half the rate of a rebuild or more, killed on its way, exact."""
    count = scale(1_000_000)
    deployment.reporting.terminate()
    known = deployment.recorded()
    wait_until(deployment.published, "the relay")
    record(deployment.urls["visits"], count, stamped=True, after=known)
    target = known + count
    deployment.reporting.start()
    wait_until(lambda: deployment.applied() > target // 4, "a quarter", 300)
    deployment.reporting.kill()
    at = deployment.applied()
    began = deployment.reporting.start()
    wait_until(lambda: deployment.applied() > target // 2, "half", 300)
    half = deployment.reporting.memory("VmHWM")
    wait_until(lambda: deployment.caught_up(target), "the rest", 600)
    rate = (target - at) / (time.monotonic() - began)
    growth = deployment.reporting.memory("VmHWM") / half

    before = read_models(deployment)
    began = time.monotonic()
    rebuild(deployment)
    rebuilt = target / (time.monotonic() - began)
    assert read_models(deployment) == before, "what was caught up equals a rebuild"
    assert rate >= rebuilt / 2
    assert growth <= FLAT
    measured(
        "reporting dropped, then added again",
        f"{count:,} events, one SIGKILL",
        events_a_second=f"{rate:,.0f}",
        rebuild_a_second=f"{rebuilt:,.0f}",
        memory_end_to_half=f"{growth:.2f}",
    )


@pytest.mark.parametrize("new_epoch", [False, True], ids=["same epoch", "new epoch"])
def test_owner_restored_from_a_backup(deployment, measured, new_epoch):
    """Visits comes back as it was yesterday: reporting stops with an alarm, overwrites nothing, and the way out works."""
    load = Load(deployment)
    load.batch(500)
    deployment.wait_level(30)
    kept = set(load.accepted)
    backup = deployment.back_up()
    load.batch(300)
    deployment.wait_level(30)
    counted = deployment.contacts()

    deployment.restore(backup, new_epoch=new_epoch)
    wait_until(lambda: deployment.stopped() is not None, "the alarm", 30)
    load.accepted = kept
    load.batch(900)
    assert deployment.contacts() == counted == 800, "what was counted is not silently overwritten"
    assert "digipunt events rebuild reporting --source visits" in deployment.stopped()

    rebuild(deployment)
    seconds = deployment.wait_level(30)
    assert deployment.contacts() == 1400
    verdict = examine(deployment, load.accepted)
    how = "new epoch" if new_epoch else "journal shorter"
    measured("owner restored from a backup", how, verdict, seconds=f"{seconds:.1f}")


def rebuild(deployment):
    """The documented way out."""
    ops = deployment.token("ops")
    run = digipunt(
        "events",
        "rebuild",
        "reporting",
        "--source",
        "visits",
        "--url",
        deployment.reporting.address,
        "--token",
        ops,
    )
    assert run.returncode == 0, run.stderr
