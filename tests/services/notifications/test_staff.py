"""Registrations that nobody's name or number stands behind: staff are told what to say at the desk."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest

from chassis.broker import memory
from chassis.http.auth import issue
from chassis.run import Runner
from chassis.settings import Settings
from services.visits.service import VisitsService
from tests.services.notifications.conftest import Quick
from tests.services.notifications.owner import TIENEN
from tests.services.notifications.world import MONDAY, MovedClock
from tests.support.processes import wait_until


@pytest.fixture
def town(tmp_path) -> Iterator[tuple[httpx.Client, MovedClock]]:
    """visits and notifications on one laptop, on a Monday, without any other service."""
    names, name, clock = ("visits", "notifications"), uuid4().hex, MovedClock()
    settings = Settings(
        deployment="test",
        broker_url=f"memory://{name}",
        database_urls={each: f"sqlite:///{tmp_path / each}.sqlite" for each in names},
        listen=("127.0.0.1", 0),
        signing_key=b"a key that only this test knows, 32+",
        phone="016 80 56 62",
    )
    runner = Runner(settings, [VisitsService, Quick], clock=clock)
    runner.start()
    headers = {"Authorization": f"Bearer {issue(settings, 'coordinator', [TIENEN])}"}
    with httpx.Client(base_url=runner.address, headers=headers, timeout=120, trust_env=False) as client:
        yield client, clock
    runner.stop()
    memory.forget(name)


def put(client, path, body):
    answer = client.put(f"/visits/v1/{path}", json=body)
    assert answer.status_code == 201, answer.text


def lines(client, path):
    answer = client.get(f"/notifications/v1/{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


def test_a_cancelled_session_is_told_at_the_desk(town):
    """Staff see which references were registered; a session that nobody registered for is told to nobody."""
    client, clock = town
    clock.set(MONDAY)
    session, empty = str(uuid4()), str(uuid4())
    starts = (clock.now() + timedelta(days=3)).isoformat()
    ends = (clock.now() + timedelta(days=3, hours=2)).isoformat()
    body = {"kind": "infoSession", "municipality": TIENEN, "seats": 5, "startsAt": starts, "endsAt": ends}
    for id in (session, empty):
        put(client, f"sessions/{id}", body | {"title": "Veilig online"})
    answer = client.put(f"/visits/v1/sessions/{session}/registrations/{uuid4()}", json={})
    reference = answer.json()["reference"]
    for seats in (6, 7):
        version = client.get(f"/visits/v1/sessions/{session}").headers["etag"]
        change = client.patch(
            f"/visits/v1/sessions/{session}", json={"seats": seats}, headers={"If-Match": version}
        )
        assert change.status_code == 200, change.text
    clock.later(seconds=5)
    [changed] = wait_until(lambda: lines(client, "inPerson"), "the change at the desk", 60)
    assert "is veranderd" in changed["script"]
    for id in (empty, session):
        assert client.post(f"/visits/v1/sessions/{id}/cancel").status_code == 200
    clock.later(seconds=5)

    def cancelled():
        return [each for each in lines(client, "inPerson") if "gaat niet door" in each["script"]]

    [line] = wait_until(cancelled, "the line at the desk", 60)
    assert lines(client, "inPerson") == [line]
    assert "Veilig online" in line["script"]
    assert reference in line["script"]
    told = {"messages": [line["messages"][0]["id"]], "result": "told"}
    assert client.post("/notifications/v1/results", json=told).json()["items"][0]["state"] == "delivered"


def test_without_a_key_contacts_are_refused_and_all_else_works(town):
    """Nothing personal is stored in the clear; the answer says who mends it."""
    client, _ = town
    body = {"name": "Rita Claes", "digipunt": str(uuid4()), "municipality": TIENEN}
    answer = client.put(f"/notifications/v1/contacts/{uuid4()}", json=body)
    assert answer.status_code == 503
    assert "DIGIPUNT_DATA_KEY" in answer.json()["detail"]
    assert lines(client, "contacts") == lines(client, "callSheet") == []
