"""What cannot be applied is set aside with the reason; all else goes on, and after the mend it is applied."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from chassis.broker.publisher import Publisher
from chassis.clock import SystemClock, new_id
from chassis.outbox.unit_of_work import UnitOfWork
from contracts.events import exchange
from services.visits.model.visits import to_event
from services.visits.tables import visits
from tests.e2e.command import digipunt
from tests.faults import next_release
from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until

COUNT = 2000
EACH = 5
"""Of each of the four kinds: together 1 %."""

BAD_THEME = "skillsCheck"

NO_EVENTS = (
    '{"specversion": "1.0", "id": ',
    "\x00",
    '"\\ud800"',
    "x" * 5_000_000,
    '{"specversion": "1.0", "subject": "visits/\\u0000"}',
)
"""Bad JSON, and what a database could not keep as it is."""


@pytest.mark.case("public E5")
def test_poison(deployment, measured, monkeypatch):
    """No events, an unknown type, a newer version, a handler that raises: parked, others in time, retry after the mend."""
    load = Load(deployment)
    defect = deployment.folder / "defect"
    defect.write_text(BAD_THEME)
    deployment.reporting.terminate()
    deployment.reporting.start("--defect", str(defect))
    with deployment.client(deployment.visits) as client:
        slowest = 0.0
        for body in NO_EVENTS:
            load.batch(COUNT // EACH)
            publish(deployment, body)
            refused_by_the_defect(load, client)
            recorded_by_the_next_release(deployment, load, monkeypatch)
            assert load.put(client, str(uuid4()), load.visit()) == 201
            slowest = max(slowest, deployment.wait_level(30))
        wait_until(lambda: len(parked(deployment)) == EACH * 5, "what is parked")
    examine(deployment, load.accepted, parked=EACH * 4)
    errors = " ".join(each["error"] for each in parked(deployment))
    assert all(
        word in errors
        for word in ("not JSON", "longer than any event", "unknown event type", "a defect", "waits behind")
    )

    assert retried(deployment) == f"reporting: applied 0, left {EACH * 5}"
    defect.unlink()
    deployment.reporting.terminate()
    deployment.reporting.start("--next-release")
    assert retried(deployment) == f"reporting: applied {EACH * 4}, left {EACH}"
    next_release.know(monkeypatch.setitem)
    for each in parked(deployment):
        assert "gave up" in dropped(deployment, each["id"])
    assert parked(deployment) == []
    assert kept_as_dropped(deployment) == ["a message of the test"] * EACH
    verdict = examine(deployment, load.accepted)
    measured(
        "poison, then the mend and `events retry`",
        f"1 % of {COUNT:,}",
        verdict,
        others_lag_s=f"{slowest:.1f}",
    )


def publish(deployment, body):
    publisher = Publisher(deployment.admin_url, exchange("visits"))
    publisher.send([(next_release.REGISTERED, "m", body)])
    publisher.confirm()
    publisher.close()


def refused_by_the_defect(load, client):
    """A visit that the defect refuses, and a correction that waits behind it."""
    id = str(uuid4())
    assert load.put(client, id, load.visit(themes=[BAD_THEME])) == 201
    corrected = client.patch(f"/visits/v1/visits/{id}", json={"themes": ["tax"]}, headers={"If-Match": '"1"'})
    assert corrected.status_code == 200


def recorded_by_the_next_release(deployment, load, monkeypatch):
    """Visits whose events have a type, and a version, that reporting does not know yet."""
    database = deployment.databases["visits"]
    with database.read() as connection:
        some = dict(connection.execute(sa.select(visits).limit(1)).mappings().one())
    with monkeypatch.context() as patch:
        next_release.know(patch.setitem)
        for type in (next_release.PHONED, next_release.REGISTERED_V2):
            row = some | {"id": new_id()}
            clock = SystemClock()
            with UnitOfWork(database, clock=clock, new_id=new_id, when_recorded=lambda: None) as uow:
                data = {"visit": to_event(row)}
                assert uow.insert_new(visits, row, type, data, version=1, municipality=row["municipality"])
            load.accepted.add(row["id"])


def parked(deployment):
    with deployment.client(deployment.reporting, "ops") as client:
        return client.get("/reporting/v1/parked").json()["items"]


def retried(deployment):
    """What `digipunt events retry` says."""
    return events(deployment, "retry")


def dropped(deployment, id):
    """What `digipunt events drop` says."""
    return events(deployment, "drop", "reporting", str(id), "--reason", "a message of the test")


def kept_as_dropped(deployment):
    """The reasons with which dead letters were given up."""
    with deployment.databases["reporting"].read() as connection:
        return list(connection.execute(sa.text("SELECT reason FROM dropped")).scalars())


def events(deployment, *command):
    run = digipunt(
        "events", *command, "--url", deployment.reporting.address, "--token", deployment.token("ops")
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()
