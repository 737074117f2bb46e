"""A visit becomes a figure, with a process for each service."""

from uuid import uuid4

import eventlet
import httpx

from tests.faults.load import Load
from tests.faults.oracle import examine
from tests.support.processes import wait_until


def test_put_twice_is_one_contact(deployment, measured):
    """The same visit put to two replicas of visits: 201, then 200, one contact."""
    replica = deployment.process("visits")
    replica.start()
    load = Load(deployment)
    id, visit = str(uuid4()), load.visit()
    with deployment.client(deployment.visits) as one, deployment.client(replica) as other:
        assert [load.put(one, id, visit), load.put(other, id, visit), load.put(one, id, visit)] == [
            201,
            200,
            200,
        ]
    seconds = deployment.wait_level(30)
    assert deployment.contacts() == 1
    verdict = examine(deployment, load.accepted)
    measured("the same visit put twice", "2 replicas", verdict, seconds=f"{seconds:.1f}")


def test_reporting_that_was_away_catches_up(deployment, measured):
    """Reporting stopped for 5,000 visits and its queue deleted: afterwards the summary is exact."""
    load = Load(deployment)
    load.batch(500)
    deployment.reporting.terminate()
    deployment.delete_queue()
    load.batch(5000)
    wait_until(deployment.published, "the relay")
    deployment.reporting.start()
    seconds = deployment.wait_level(60)
    assert deployment.contacts() == 5500
    verdict = examine(deployment, load.accepted)
    measured("reporting stopped, its queue deleted", "5,000 visits", verdict, seconds=f"{seconds:.1f}")


def test_what_was_answered_is_counted_after_the_plug_was_pulled(deployment, measured):
    """SIGKILL of visits while 500 visits are being put: the summary counts exactly those answered 201 or 200."""
    load = Load(deployment)
    visits = [(str(uuid4()), load.visit()) for _ in range(500)]

    def put(mine):
        with deployment.client(deployment.visits) as client:
            for id, visit in mine:
                try:
                    load.put(client, id, visit)
                except httpx.TransportError:
                    return

    desks = [eventlet.spawn(put, visits[number::4]) for number in range(4)]
    wait_until(lambda: len(load.accepted) > 150, "some visits")
    deployment.visits.kill()
    for desk in desks:
        desk.wait()
    answered = len(load.accepted)
    deployment.visits.start()
    seconds = deployment.wait_level(30)
    examine(deployment, load.accepted)
    # An answer that was cut off may have been recorded; putting everything again tells.
    with deployment.client(deployment.visits) as client:
        kept = sum(load.put(client, id, visit) == 200 for id, visit in visits)
    assert answered <= kept <= answered + 4
    deployment.wait_level(30)
    assert deployment.contacts() == 500
    verdict = examine(deployment, load.accepted)
    measured(
        "SIGKILL of visits, then a resend", "500 visits", verdict, seconds=f"{seconds:.1f}", answered=answered
    )
