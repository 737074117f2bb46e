"""What visits publishes about a digipunt decides when a device is due, and is shown to borrowers."""

from datetime import date
from uuid import uuid4

from chassis.broker import memory
from chassis.run import Runner
from chassis.settings import Settings
from services.loans.queries.context import digipunt_of
from services.loans.service import LoansService
from services.visits.service import VisitsService
from tests.services.loans.api import TIENEN, Running, new_id
from tests.services.visits import api as visits_api
from tests.support.processes import wait_until


def test_a_device_is_due_when_its_digipunt_is_open(tmp_path):
    """Open on Saturdays only: due on a Saturday once lending knows of it, even if it lent there before."""
    name = f"memory://points{uuid4().hex}"
    settings = Settings(
        deployment="test",
        broker_url=name,
        database_urls={each: f"sqlite:///{tmp_path / each}.sqlite" for each in ("visits", "loans")},
        listen=("127.0.0.1", 0),
        signing_key=b"a key that only this test knows, 32+",
        data_keys=(b"a data key that only this test knows",),
    )
    runner = Runner(settings, [VisitsService, LoansService])
    runner.start()
    try:
        runner.wait_until_ready()
        lending = Running(runner).client("coordinator", [TIENEN])
        point = new_id()
        before = lending.get(f"/loans/{lending.loan(point)}").json()["dueOn"]
        assert date.fromisoformat(before).weekday() < 5

        visits = visits_api.Running(runner).client("coordinator", [TIENEN])
        body = {
            "name": "BOM",
            "municipality": TIENEN,
            "phone": "016 80 56 62",
            "address": {"street": "Grote Markt 1", "postalCode": "3300", "town": "Tienen"},
            "opening": [{"weekday": "sat", "opens": "10:00", "closes": "12:00"}],
        }
        assert visits.put(f"/digipunts/{point}", body).status_code == 201

        def known():
            with runner.applications["loans"].database.read() as connection:
                found = digipunt_of(connection, point, "nl", date(2026, 11, 30))
            return found if found["phone"] else None

        shown = wait_until(known, "loans to know the digipunt")
        assert (shown["name"], shown["phone"]) == ("BOM", "016 80 56 62")
        assert (shown["address"], shown["opening"]) == (
            "Grote Markt 1, 3300 Tienen",
            "zaterdag van 10.00 tot 12.00 uur",
        )
        due = lending.get(f"/loans/{lending.loan(point)}").json()["dueOn"]
        assert date.fromisoformat(due).weekday() == 5

        # After a rebuild it knows the same, and what it lent is not touched.
        ops = Running(runner).client("ops")
        assert ops.post("/rebuild", {"source": "visits"}).status_code == 202
        status = wait_until(lambda: _rebuilt(ops), "the rebuild")
        assert (status["state"], status["parked"]) == ("following", 0)
        assert known() == shown
        assert lending.get("/loans", digipunt=point).json()["total"] == 2
    finally:
        runner.stop()
        memory.forget(name.removeprefix("memory://"))


def _rebuilt(ops):
    [status] = ops.get("/status").json()["items"]
    return None if status["rebuilding"] else status
