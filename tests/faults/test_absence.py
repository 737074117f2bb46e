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


def test_an_older_copy_that_has_grown_meanwhile(deployment, measured):
    """The owner's database is an older copy, longer by now than what reporting had applied: an alarm, and the way out."""
    load = Load(deployment)
    load.batch(300)
    deployment.wait_level(30)
    kept = set(load.accepted)
    backup = deployment.back_up()
    load.batch(100)
    deployment.wait_level(30)
    deployment.reporting.terminate()
    deployment.restore(backup, new_epoch=False)
    load.accepted = kept
    load.batch(300)
    wait_until(deployment.published, "the relay")

    began = deployment.reporting.start()
    wait_until(lambda: deployment.stopped() is not None, "the alarm", 30)
    seen = time.monotonic() - began
    assert deployment.contacts() == 400, "what was counted is not silently overwritten"
    rebuild(deployment)
    deployment.wait_level(30)
    assert deployment.contacts() == 600
    measured(
        "older copy of the owner",
        "grown past reporting",
        examine(deployment, load.accepted),
        seen_s=f"{seen:.1f}",
    )


def test_restored_with_full_queues(deployment, measured):
    """Both services are restored while the queue holds visits of after the backup: these are dropped, and nobody intervenes."""
    deployment.environment["DIGIPUNT_DATA_KEY"] = "a data key that only this test knows"
    load = Load(deployment)
    load.batch(50)
    deployment.wait_level(30)
    kept, file = set(load.accepted), str(deployment.folder / "backup")
    in_the_deployment(deployment, "backup", file)
    deployment.reporting.terminate()
    load.batch(300)
    wait_until(deployment.published, "the relay")
    deployment.visits.terminate()
    for database in deployment.databases.values():
        database.close()
    in_the_deployment(deployment, "restore", file, "--replace")

    load.accepted = kept
    deployment.visits.start()
    load.batch(60)
    wait_until(deployment.published, "the relay")
    deployment.reporting.start()
    seconds = deployment.wait_level(30)
    assert deployment.stopped() is None
    assert deployment.contacts() == 110
    verdict = examine(deployment, load.accepted)
    measured("restored with full queues", "300 ghosts, 60 since", verdict, level_s=f"{seconds:.1f}")


def in_the_deployment(deployment, *command):
    """Run a command with the settings of the services."""
    run = digipunt(*command, **deployment.environment)
    assert run.returncode == 0, run.stderr


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
