"""Many visits in one request."""

import time

import pytest

from services.visits.schemas.visits import BATCH
from tests.services.visits.api import LANDEN, new_id


def item(digipunt, **more):
    return {"id": new_id(), "digipunt": digipunt, "themes": ["tax"], **more}


def statuses(answer):
    assert answer.status_code == 200, answer.text
    return [each["status"] for each in answer.json()["items"]]


def test_each_visit_is_accepted_or_refused_on_its_own(visits, helper, coordinator, point):
    """One answer for each visit, in order, as its own PUT would have had; the good ones are kept."""
    other, foreign = coordinator.digipunt(), visits.client("coordinator", ["24130"]).digipunt("24130")
    good, there = item(point), item(point)
    helper.put(f"/visits/{there['id']}", {name: there[name] for name in ("digipunt", "themes")})
    sent = [
        good,
        item(point, themes=["cooking"]),
        there,
        there | {"themes": ["work"]},
        item(other),
        item(foreign),
        item(new_id()),
        item(point, note="bel 0470 12 34 56"),
        item(point, startedAt="2999-01-01T00:00:00Z"),
        {"digipunt": point, "themes": ["tax"]},
        {},
        good,
        good | {"themes": ["work"]},
    ]
    answer = helper.post("/visits/batch", {"items": sent})
    assert statuses(answer) == [201, 400, 200, 409, 403, 404, 404, 400, 400, 400, 400, 200, 409]
    results = answer.json()["items"]
    assert [result.get("id") for result in results] == [each.get("id") for each in sent]
    assert results[1]["problem"]["issues"][0]["name"] == "themes[0]"
    assert "0470" not in answer.text
    assert [event["type"].rsplit(".", 1)[1] for event in visits.events(good["id"])] == ["registered"]
    for refused in (sent[1], *sent[4:9]):
        assert visits.events(refused["id"]) == []


def test_a_batch_sent_again_changes_nothing(visits, coordinator, point):
    """The whole of a batch may be sent again, as one or one by one."""
    sent = [item(point, durationMinutes=10 + number) for number in range(50)]
    assert statuses(coordinator.post("/visits/batch", {"items": sent})) == [201] * 50
    assert statuses(coordinator.post("/visits/batch", {"items": sent})) == [200] * 50
    one = {name: value for name, value in sent[7].items() if name != "id"}
    assert coordinator.put(f"/visits/{sent[7]['id']}", one).status_code == 200
    assert coordinator.get("/visits", digipunt=point).json()["total"] == 50
    assert len(visits.events(sent[7]["id"])) == 1


def test_a_resend_survives_a_closing(coordinator):
    """Visits that were taken stay taken on a resend, though their digipunt closed; new ones are refused."""
    landen = coordinator.digipunt(LANDEN)
    kept = item(landen)
    coordinator.post("/visits/batch", {"items": [kept]})
    coordinator.post(f"/digipunts/{landen}/close", {})
    assert statuses(coordinator.post("/visits/batch", {"items": [kept, item(landen)]})) == [200, 400]


def test_cards_are_read_in_a_batch(visits, coordinator, point):
    """The visits of a batch name visitor cards; one that does not exist refuses its own visit only."""
    card = coordinator.put(f"/cards/{new_id()}", {}).json()
    sent = [item(point, card=card["code"].lower()), item(point, card="nonsense")]
    assert statuses(coordinator.post("/visits/batch", {"items": sent})) == [201, 400]
    (event,) = visits.events(sent[0]["id"])
    assert event["data"]["visit"]["visitor"] == card["id"]


def test_a_batch_has_a_size(coordinator, point):
    """Five hundred visits are taken at once, not more and not none."""
    assert coordinator.post("/visits/batch", {"items": []}).status_code == 400
    many = [item(point) for _ in range(BATCH + 1)]
    assert coordinator.post("/visits/batch", {"items": many}).status_code == 400
    assert set(statuses(coordinator.post("/visits/batch", {"items": many[:BATCH]}))) == {201}


@pytest.mark.case("public I13")
def test_a_dry_run_says_what_would_become_of_each(visits, helper, coordinator, point):
    """The same verdicts as the real one after it, and nothing is registered."""
    there = item(point)
    assert statuses(coordinator.post("/visits/batch", {"items": [there]})) == [201]
    new = item(point)
    sent = [
        new,
        there,
        there | {"themes": ["work"]},
        item(point, startedAt="2014-01-01T10:00:00Z"),
        item(point, note="x " * 600),
        item(new_id()),
        new,
    ]
    verdicts = statuses(coordinator.post("/visits/batch", {"items": sent, "dryRun": True}))
    assert verdicts == [201, 200, 409, 400, 400, 404, 200]
    assert visits.events(new["id"]) == []
    assert coordinator.get(f"/visits/{new['id']}").status_code == 404
    assert statuses(coordinator.post("/visits/batch", {"items": sent})) == verdicts
    assert coordinator.post("/visits/batch", {"items": sent, "dryRun": "yes"}).status_code == 400


@pytest.mark.case("public I15")
def test_a_visit_that_was_registered_under_a_former_id_is_there(visits, coordinator, point):
    """Whatever it says; one of another municipality, which the caller cannot see, is none."""
    before = item(point)
    elsewhere = visits.client("coordinator", ["24130"])
    foreign = item(elsewhere.digipunt("24130"))
    coordinator.post("/visits/batch", {"items": [before]})
    elsewhere.post("/visits/batch", {"items": [foreign]})
    renamed = item(point, formerId=before["id"], durationMinutes=20)
    sent = [renamed, item(point, formerId=foreign["id"]), item(point, formerId=new_id())]
    for dry_run in (True, False):
        answer = coordinator.post("/visits/batch", {"items": sent, "dryRun": dry_run})
        assert statuses(answer) == [200, 201, 201]
    assert visits.events(renamed["id"]) == []


@pytest.mark.timed
@pytest.mark.case("security H4")
@pytest.mark.parametrize(
    "part", ["0470/", "ww" + " " * 990 + ",", "0470 12 34 5 ", "a"], ids=["0470", "ww", "digits", "a"]
)
def test_a_batch_of_odd_long_notes_holds_nobody_up(helper, point, part):
    """What took up to 18 seconds of the only thread takes less than six of the processor, inserts and all."""
    note = (part * 200)[:1000].strip()
    sent = [item(point, note=note) for _ in range(500)]
    before = time.process_time()
    answer = helper.post("/visits/batch", {"items": sent})
    assert time.process_time() - before < 6
    assert {each["status"] for each in answer.json()["items"]} <= {201, 400}


@pytest.mark.case("use Accept-Language")
@pytest.mark.parametrize(
    ("language", "future", "phone"),
    [
        ("nl", "Een bezoek kan niet in de toekomst", "Laat het telefoonnummer weg."),
        ("fr", "Une visite ne peut pas être dans le futur", "Laissez de côté le numéro de téléphone."),
        ("en", "A visit cannot be in the future", "Leave out the phone number"),
    ],
)
def test_each_refusal_in_a_batch_has_a_code_and_the_callers_language(helper, point, language, future, phone):
    """The desk decides by the code what to do with a visit that waits, and shows the sentence that came with it."""
    kept = item(point)
    sent = [
        item(point, startedAt="2098-01-01T00:00:00Z"),
        item(point, note="bel 0470 12 34 56"),
        item(point, themes=["cooking"]),
        item(new_id()),
        kept,
        kept | {"themes": ["work"]},
    ]
    answer = helper.post("/visits/batch", {"items": sent}, **{"Accept-Language": language})
    problems = [each.get("problem", {}) for each in answer.json()["items"]]
    issues = [problem["issues"][0] for problem in problems[:3]]
    assert [issue["code"] for issue in issues] == ["visitInFuture", "personalDataPhone", "notInRefData"]
    codes = ["invalidInput"] * 3 + ["digipuntNotFound", None, "idTaken"]
    assert [problem.get("code") for problem in problems] == codes
    assert issues[0]["detail"].startswith(future)
    assert issues[1]["detail"].startswith(phone)
