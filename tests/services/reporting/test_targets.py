"""Targets over HTTP, and the one event of each step, as others receive it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import uuid4

import eventlet
import pika
import pytest
import sqlalchemy as sa

from chassis.inbox.checkpoints import deployment_of
from chassis.storage.tables import checkpoints
from contracts.events import exchange
from services.reporting.handlers.targets import tell_reached
from services.reporting.model.targets import event_id
from services.reporting.queries.sources import deployments_of
from services.reporting.queries.targets import own_target
from services.reporting.tables import digipunts
from tests.backends.deployment import wait_until
from tests.services.reporting.ledger import LANDEN, TIENEN

ZOUTLEEUW, LINTER, HOEGAARDEN, GEETBETS = "24130", "24133", "24041", "24028"
"""Where no other test counts."""
TYPE = "be.digipunt.reporting.v1.targets.notify.reached"
GRANT = {
    "name": "Subsidie digibanken",
    "measure": "reach",
    "audience": "all",
    "from": "2025-01-01",
    "to": "2026-07-31",
    "steps": [3, 5, 8],
}


def put(client, id, body, **headers):
    """The answer to setting a target."""
    return client.http.put(f"/reporting/v1/targets/{id}", json=body, headers=headers)


def read(client, id, **query):
    """The target as it is now."""
    answer = client.get(f"/targets/{id}", **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def visits(client, point, count, day, **more):
    """The ids of so many visits of one day."""
    return [client.visit(point, startedAt=f"{day}T{hour + 8:02}:00:00Z", **more) for hour in range(count)]


def look(region):
    """What the timer does each minute, now."""
    region.settle()
    region.runner.instance("reporting").tell_reached()


def told(region, id):
    """The events about a target, as they travel, once all are with the broker."""
    journal = region.runner.applications["reporting"].journal
    wait_until(lambda: not journal.waiting(), "reporting to publish")
    found, position = [], 0
    while entries := journal.page(position, 2000)[1]:
        found += [json.loads(entry.body) for entry in entries]
        position = found[-1]["position"]
    return [event for event in found if event["subject"] == f"targets/{id}"]


def test_a_target_is_set_once_and_changed_with_its_version(region):
    """201, then 200 for the same; other content replaces it, unless somebody was faster (412)."""
    coordinator, id = region.client("coordinator", [TIENEN, LANDEN]), str(uuid4())
    body = GRANT | {"municipalities": [TIENEN]}
    new = put(coordinator, id, body)
    assert (new.status_code, new.json()["etag"]) == (201, '"1"')
    same = put(coordinator, id, body)
    assert (same.status_code, same.json()["etag"]) == (200, '"1"')
    changed = put(coordinator, id, body | {"name": "Subsidie"}, **{"If-Match": same.headers["etag"]})
    assert (changed.status_code, changed.json()["name"], changed.json()["etag"]) == (200, "Subsidie", '"2"')
    assert put(coordinator, id, body, **{"If-Match": '"1"'}).status_code == 412
    listed = {each["id"]: each for each in coordinator.get("/targets").json()["items"]}
    assert listed[id]["etag"] == '"2"'
    assert coordinator.http.delete(f"/reporting/v1/targets/{id}").status_code == 204
    assert coordinator.get(f"/targets/{id}").status_code == 404
    assert coordinator.http.delete(f"/reporting/v1/targets/{id}").status_code == 404


def test_a_target_is_of_all_own_municipalities_when_none_is_named(region):
    """And is not there for who has only some of them: each counts in its number."""
    id = str(uuid4())
    both = region.client("coordinator", [ZOUTLEEUW, LINTER])
    assert put(both, id, GRANT).json()["municipalities"] == [ZOUTLEEUW, LINTER]
    one = region.client("coordinator", [LINTER])
    assert one.get(f"/targets/{id}").status_code == 404
    assert id not in [each["id"] for each in one.get("/targets").json()["items"]]
    assert put(one, id, GRANT).status_code == 404
    assert one.http.delete(f"/reporting/v1/targets/{id}").status_code == 404
    elsewhere = put(one, str(uuid4()), GRANT | {"municipalities": [ZOUTLEEUW]})
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "otherMunicipality")
    policy = region.client("policy", [ZOUTLEEUW, LINTER])
    assert id in [each["id"] for each in policy.get("/targets").json()["items"]]
    assert both.http.delete(f"/reporting/v1/targets/{id}").status_code == 204


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"steps": [5, 3]}, 400, "stepsGoUp"),
        ({"steps": []}, 400, None),
        ({"steps": [0]}, 400, None),
        ({"measure": "loans", "audience": "adults"}, 400, "adultsOfReachOnly"),
        ({"measure": "bread"}, 400, None),
        ({"to": "2024-12-31"}, 400, "endsBeforeItBegins"),
        ({"to": "2099-12-31"}, 400, "tooManyMonths"),
        ({"name": "bel 0478 12 34 56"}, 400, "personalDataPhone"),
    ],
)
def test_what_is_no_target_is_refused(region, change, status, code):
    """With a code for each."""
    coordinator = region.client("coordinator", [LINTER])
    answer = put(coordinator, str(uuid4()), GRANT | change)
    assert answer.status_code == status, answer.text
    codes = [answer.json()["code"], *(issue["code"] for issue in answer.json().get("issues", []))]
    assert code is None or code in codes


def test_progress_is_told_in_numbers_and_in_words(region):
    """Three firsts of one year and three of the next: at least three people, at most six."""
    coordinator, id = region.client("coordinator", [HOEGAARDEN]), str(uuid4())
    point = coordinator.digipunt(HOEGAARDEN)
    visits(coordinator, point, 3, "2025-11-04", contact="first")
    visits(coordinator, point, 3, "2026-02-04", contact="first", ageBand="35to54")
    visits(coordinator, point, 1, "2026-02-05", contact="first", ageBand="under18")
    put(coordinator, id, GRANT)
    progress = read(coordinator, id)["progress"]
    assert (progress["atLeast"], progress["atMost"]) == (4, 7)
    assert [step["state"] for step in progress["steps"]] == ["reached", "maybe", "notReached"]
    assert [step["missing"] for step in progress["steps"]] == [0, 1, 4]
    assert (
        progress["steps"][1]["sentence"]
        == "De stap van 5 is misschien bereikt. Minstens 4, hoogstens 7 van 5."
    )
    assert "wie in twee jaren kwam" in progress["definition"]
    period = {"from_": GRANT["from"], "to": GRANT["to"]}
    reach = coordinator.get("/reach", **period).json()
    assert (reach["atLeast"], reach["atMost"]) == (4, 7)
    line = coordinator.get("/charts/target.svg", target=id, language="en").text
    assert "at least 4, at most 7" in line.replace("\N{NO-BREAK SPACE}", " ")
    band = coordinator.get("/charts/reach.svg", **period).text
    assert "5: misschien bereikt" in band
    assert "5: misschien" not in coordinator.get("/charts/reach.svg", **period, digipunt=point).text
    stranger = region.client("policy", [LINTER]).get("/charts/target.svg", target=id)
    assert stranger.status_code == 404


def test_09_under_18_is_not_in_a_target_for_adults(region):
    """Who was not asked counts in at most only, and it says so."""
    coordinator, id = region.client("coordinator", [GEETBETS]), str(uuid4())
    point = coordinator.digipunt(GEETBETS)
    visits(coordinator, point, 2, "2026-02-04", contact="first", ageBand="35to54")
    visits(coordinator, point, 4, "2026-02-05", contact="first", ageBand="under18")
    visits(coordinator, point, 3, "2026-02-06", contact="first")
    put(coordinator, id, GRANT | {"audience": "adults"})
    progress = read(coordinator, id)["progress"]
    assert (progress["atLeast"], progress["atMost"]) == (2, 5)
    assert "alleen volwassenen" in progress["definition"]
    before = coordinator.get(f"/targets/{id}").headers["etag"]
    visits(coordinator, point, 1, "2026-02-07", contact="first")
    assert coordinator.get(f"/targets/{id}").headers["etag"] != before
    french = read(coordinator, id, language="fr")["progress"]
    assert "seuls les adultes" in french["definition"].lower()


@pytest.mark.parametrize(
    ("measure", "bounds"),
    [("contacts", (9, 9)), ("newPeople", (4, 6)), ("sessions", (0, 0)), ("loans", (0, 0))],
)
def test_each_measure_counts_its_own(region, measure, bounds):
    """New people are between who said so and who was not asked; the others are exact."""
    municipality = "24054"
    coordinator, id = region.client("coordinator", [municipality]), str(uuid4())
    point = coordinator.digipunt(municipality, f"BOM {measure}")
    period = {"from": "2026-03-01", "to": "2026-03-31"}
    if coordinator.summary(*period.values())["contacts"] == 0:
        visits(coordinator, point, 4, "2026-03-04", contact="first")
        visits(coordinator, point, 3, "2026-03-05", contact="repeat")
        visits(coordinator, point, 2, "2026-03-31")
    put(coordinator, id, GRANT | period | {"measure": measure})
    progress = read(coordinator, id)["progress"]
    assert (progress["atLeast"], progress["atMost"]) == bounds
    assert progress["definition"]
    # The loans service does not run here, and never did.
    assert ("geen uitleendienst" in progress["definition"]) == (measure == "loans")


def test_a_step_is_told_once_whatever_happens_afterwards(region):
    """Not again after a void and a new visit, after another look, a rebuild, or the target being set anew under its id."""
    coordinator, id = region.client("coordinator", [ZOUTLEEUW]), str(uuid4())
    point = coordinator.digipunt(ZOUTLEEUW)
    body = GRANT | {"measure": "contacts"}
    put(coordinator, id, body)
    first, *_ = visits(coordinator, point, 3, "2026-05-04")
    look(region)
    [event] = told(region, id)
    assert (event["type"], event["id"], event["municipality"]) == (TYPE, event_id(id, 3), ZOUTLEEUW)
    assert event["data"] == {
        "target": {
            "id": id,
            "measure": "contacts",
            "audience": "all",
            "firstDay": "2025-01-01",
            "lastDay": "2026-07-31",
            "municipalities": [ZOUTLEEUW],
        },
        "step": 3,
    }
    coordinator.http.post(f"/visits/v1/visits/{first}/void", json={"reason": "test"})
    look(region)
    assert read(coordinator, id)["progress"]["atLeast"] == 2
    visits(coordinator, point, 3, "2026-05-05")
    look(region)
    assert [each["data"]["step"] for each in told(region, id)] == [3, 5]
    region.runner.applications["reporting"].request_rebuild("visits")
    reporting = region.runner.applications["reporting"]
    wait_until(
        lambda: all(status["rebuilding"] is None for status in reporting.subscriptions_status()),
        "the rebuild",
    )
    look(region)
    assert coordinator.http.delete(f"/reporting/v1/targets/{id}").status_code == 204
    put(coordinator, id, body)
    look(region)
    assert [each["data"]["step"] for each in told(region, id)] == [3, 5]


def test_two_looks_at_the_same_moment_tell_a_step_once(region):
    """As two processes of this service would."""
    coordinator, id = region.client("coordinator", [ZOUTLEEUW]), str(uuid4())
    visits(coordinator, coordinator.digipunt(ZOUTLEEUW), 2, "2026-06-04")
    region.settle()
    put(coordinator, id, GRANT | {"measure": "contacts", "from": "2026-06-01", "steps": [1, 2, 90]})
    looks = [eventlet.spawn(region.runner.instance("reporting").tell_reached) for _ in range(4)]
    for each in looks:
        each.wait()
    assert sorted(event["data"]["step"] for event in told(region, id)) == [1, 2]


def test_a_step_is_not_marked_as_told_without_its_event(region):
    """One transaction: what was taken back is in neither, and is told at the next look."""
    coordinator, id = region.client("coordinator", [ZOUTLEEUW]), str(uuid4())
    visits(coordinator, coordinator.digipunt(ZOUTLEEUW), 2, "2026-07-04")
    put(coordinator, id, GRANT | {"measure": "contacts", "from": "2026-07-01", "steps": [2]})
    application = region.runner.applications["reporting"]
    with application.database.read() as connection:
        row = own_target(connection, [ZOUTLEEUW], id)

    def broken():
        with application.unit_of_work() as uow:
            assert tell_reached(uow, row, [2]) == [2]
            raise ConnectionError

    with pytest.raises(ConnectionError):
        broken()
    assert told(region, id) == []
    look(region)
    assert [event["data"]["step"] for event in told(region, id)] == [2]
    with application.unit_of_work() as uow:
        assert tell_reached(uow, row, [2]) == []
        assert tell_reached(uow, {**row, "version": 2}, [3]) == []


def test_perhaps_is_not_told(region):
    """The lower bound decides: three people of one year, and three of the next who may be the same."""
    coordinator, id = region.client("coordinator", [LINTER]), str(uuid4())
    point = coordinator.digipunt(LINTER)
    visits(coordinator, point, 3, "2025-11-04", contact="first")
    visits(coordinator, point, 3, "2026-02-04", contact="first")
    put(coordinator, id, GRANT | {"steps": [4]})
    look(region)
    assert read(coordinator, id)["progress"]["steps"][0]["state"] == "maybe"
    assert told(region, id) == []


def test_nothing_is_told_while_a_journal_is_ahead(region):
    """A void that is recorded already, and not known here yet, could not take back what was told."""
    coordinator, id = region.client("coordinator", [LINTER]), str(uuid4())
    visits(coordinator, coordinator.digipunt(LINTER), 2, "2026-06-04")
    region.settle()
    put(coordinator, id, GRANT | {"measure": "contacts", "from": "2026-06-01", "steps": [2]})
    database = region.runner.applications["reporting"].database
    ours = (checkpoints.c.source == "visits") & checkpoints.c.active.is_(True)
    with database.begin() as connection:
        head = connection.execute(sa.select(checkpoints.c.position).where(ours)).scalar_one()
        connection.execute(sa.update(checkpoints).where(ours).values(head=head + 1))
    region.runner.instance("reporting").tell_reached()
    assert told(region, id) == []
    with database.begin() as connection:
        connection.execute(sa.update(checkpoints).where(ours).values(head=head))
    region.runner.instance("reporting").tell_reached()
    assert [event["data"]["step"] for event in told(region, id)] == [2]


def test_in_a_region_a_journal_that_is_away_delays_its_own_municipalities_only(read_models):
    """What counts for a target comes from the deployments that have its digipunten."""
    read_models.begin_again()
    with read_models.database.begin() as connection:
        connection.execute(sa.delete(checkpoints))
        for generation, source, municipality in (
            (901, "tienen/visits", TIENEN),
            (902, "landen/visits", LANDEN),
            (903, "landen/loans", None),
        ):
            row = {
                "source": source,
                "generation": generation,
                "active": True,
                "position": 0,
                "state": "following",
            }
            row |= {"epoch": str(uuid4()), "updated_at": datetime(2026, 3, 4, tzinfo=UTC)}
            connection.execute(sa.insert(checkpoints).values(row))
            if municipality:
                point = {"id": str(uuid4()), "name": "BOM", "municipality": municipality, "state": "open"}
                connection.execute(sa.insert(digipunts).values(point | {"generation": generation}))
        of = {nis: deployments_of(connection, [nis]) for nis in (TIENEN, LANDEN, LINTER)}
        assert of == {TIENEN: {"tienen"}, LANDEN: {"landen"}, LINTER: set()}
        assert deployments_of(connection, [TIENEN, LANDEN]) == {"tienen", "landen"}
    assert (deployment_of("landen/loans"), deployment_of("visits")) == ("landen", "")


def test_a_data_team_receives_it_from_the_exchange(region):
    """With plain pika, on a queue of its own; on a laptop the broker is inside the process, and the journal has it."""
    url = region.runner.settings.broker_url
    if not url.startswith("amqp"):
        pytest.skip("no broker to subscribe to")
    connection = pika.BlockingConnection(pika.URLParameters(url))
    channel = connection.channel()
    queue = channel.queue_declare("", exclusive=True).method.queue
    channel.queue_bind(queue, exchange("reporting"), "be.digipunt.reporting.v1.#")
    coordinator, id = region.client("coordinator", [LINTER]), str(uuid4())
    visits(coordinator, coordinator.digipunt(LINTER), 2, "2026-07-04")
    put(coordinator, id, GRANT | {"measure": "contacts", "from": "2026-07-01", "steps": [1]})
    look(region)
    bodies = []

    def arrived():
        bodies.extend(json.loads(body) for *_, body in [channel.basic_get(queue, auto_ack=True)] if body)
        return any(event["subject"] == f"targets/{id}" for event in bodies)

    wait_until(arrived, "the event on the exchange")
    connection.close()
    [event] = [event for event in bodies if event["subject"] == f"targets/{id}"]
    assert (event["type"], event["data"]["step"]) == (TYPE, 1)
