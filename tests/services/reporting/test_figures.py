"""From a registered visit to the figures a coordinator reads, over HTTP."""

from uuid import uuid4

import pytest
from openapi_schema_validator import OAS30ReadValidator
from openapi_spec_validator import validate

from chassis.http.openapi import document
from services.reporting.service import ReportingService
from tests.backends.deployment import wait_until
from tests.services.reporting.api import of_source
from tests.services.reporting.ledger import LANDEN, TIENEN, codes

YEAR = "2026-01-01", "2026-06-30"


@pytest.fixture
def coordinator(region):
    """A coordinator of Tienen and Landen."""
    return region.client("coordinator", [TIENEN, LANDEN])


@pytest.fixture
def point(coordinator):
    """A digipunt in Tienen of which nothing is known yet."""
    return coordinator.digipunt(TIENEN)


def test_a_visit_becomes_a_figure(coordinator, point):
    """What the desk registers is what the coordinator reads, with its definitions."""
    coordinator.visit(
        point,
        startedAt="2026-03-04T10:12:00+01:00",
        durationMinutes=20,
        themes=["tax", "digitalId"],
        help="together",
        outcome="referred",
        selfReliance="aLittle",
        contact="first",
        bottlenecks=[{"service": "itsme", "cause": "smartphoneOnly"}],
        referredFrom="ocmw",
        referredTo="bank",
        residence=LANDEN,
    )
    figures = coordinator.summary(*YEAR, digipunt=point)
    assert figures["contacts"] == 1
    assert figures["people"]["estimated"] == 1
    assert codes(figures["themes"]) == {"tax": 1, "digitalId": 1}
    assert codes(figures["outcomes"]) == {"referred": 1}
    assert (figures["selfReliance"]["asked"], figures["selfReliance"]["share"]) == (1, None)
    assert codes(figures["referrals"]["in"]) == {"ocmw": 1}
    assert codes(figures["referrals"]["out"]) == {"bank": 1}
    assert figures["bottlenecks"] == [{"service": "itsme", "cause": "smartphoneOnly", "count": 1}]
    assert codes(figures["residences"]) == {LANDEN: 1}
    assert figures["minutes"] == {"total": 20, "contacts": 1}
    assert "nieuwe personen" in figures["people"]["definition"]
    english = coordinator.summary(*YEAR, digipunt=point, language="en")
    assert "new people" in english["people"]["definition"]


def test_the_same_visit_twice_is_one_contact(coordinator, point):
    """A resend is answered 200 and counts once."""
    id = coordinator.visit(point, startedAt="2026-03-04T10:00:00Z")
    body = {"digipunt": point, "themes": ["tax"], "startedAt": "2026-03-04T10:00:00Z"}
    assert coordinator.http.put(f"/visits/v1/visits/{id}", json=body).status_code == 200
    assert coordinator.summary(*YEAR, digipunt=point)["contacts"] == 1


def test_corrections_and_voids_take_effect(coordinator, point):
    """A corrected visit counts as it is now, a voided one not at all."""
    kept = coordinator.visit(point, startedAt="2026-03-04T10:00:00Z", themes=["tax"])
    gone = coordinator.visit(point, startedAt="2026-03-05T10:00:00Z", themes=["apps"])
    patch = coordinator.http.patch(
        f"/visits/v1/visits/{kept}",
        json={"themes": ["work"], "startedAt": "2026-02-03T10:00:00Z"},
        headers={"If-Match": '"1"'},
    )
    assert patch.status_code == 200, patch.text
    void = coordinator.http.post(f"/visits/v1/visits/{gone}/void", json={"reason": "mistake"})
    assert void.status_code == 200, void.text
    figures = coordinator.summary(*YEAR, digipunt=point)
    assert figures["contacts"] == 1
    assert codes(figures["themes"]) == {"work": 1}
    assert coordinator.summary("2026-03-01", "2026-03-31", digipunt=point)["contacts"] == 0


def test_a_day_begins_at_midnight_in_brussels(coordinator, point):
    """A visit at 00:30 in Brussels belongs to that day, though it is the day before in UTC."""
    coordinator.visit(point, startedAt="2026-03-31T22:30:00Z")
    assert coordinator.summary("2026-03-01", "2026-03-31", digipunt=point)["contacts"] == 0
    assert coordinator.summary("2026-04-01", "2026-04-01", digipunt=point)["contacts"] == 1


def test_a_period_is_compared_with_the_one_before(coordinator, point):
    """`compare` brings the same figures of the previous period, or of a year earlier."""
    coordinator.visit(point, startedAt="2025-02-01T10:00:00Z")
    for day in ("2026-01-10", "2026-02-10", "2026-02-11"):
        coordinator.visit(point, startedAt=f"{day}T10:00:00Z")
    february = coordinator.summary("2026-02-01", "2026-02-28", digipunt=point, compare="previous")
    assert (february["contacts"], february["compared"]["contacts"]) == (2, 1)
    assert (february["compared"]["from"], february["compared"]["to"]) == ("2026-01-01", "2026-01-31")
    year = coordinator.summary("2026-02-01", "2026-02-28", digipunt=point, compare="lastYear")
    assert (year["compared"]["from"], year["compared"]["contacts"]) == ("2025-02-01", 1)


def test_figures_by_point_and_by_residence(region, coordinator):
    """Somebody from Linter who was helped in Tienen counts for Tienen by point and for Linter by residence."""
    linter = region.client("policy", ["24133"])
    before = linter.summary(*YEAR, residence="24133")["contacts"]
    coordinator.visit(coordinator.digipunt(TIENEN), startedAt="2026-05-05T10:00:00Z", residence="24133")
    assert linter.summary(*YEAR)["contacts"] == 0
    figures = linter.summary(*YEAR, residence="24133")
    assert figures["contacts"] == before + 1
    assert "digipunts" not in figures


def test_people_recognised_are_different_cards(coordinator, point):
    """The same card twice is one person, in the period and in its months."""
    codes_of_cards = [
        coordinator.http.put(f"/visits/v1/cards/{id}", json={}).json()["code"] for id in (uuid4(), uuid4())
    ]
    for card, day in zip([*codes_of_cards, codes_of_cards[0]], ("01-05", "02-05", "02-06"), strict=True):
        coordinator.visit(point, startedAt=f"2026-{day}T10:00:00Z", card=card)
    assert coordinator.summary(*YEAR, digipunt=point)["people"]["recognised"] == 2
    answer = coordinator.get(
        "/series", from_=YEAR[0], to="2026-03-31", digipunt=point, measure="peopleRecognised"
    )
    assert [part["count"] for part in answer.json()["items"]] == [1, 2, 0]


def test_a_series_has_every_part(coordinator, point):
    """Months and days without contacts are there with 0."""
    coordinator.visit(point, startedAt="2026-01-20T10:00:00Z")
    coordinator.visit(point, startedAt="2026-03-20T10:00:00Z", themes=["tax", "work"])
    months = coordinator.get("/series", from_="2026-01-15", to="2026-04-30", digipunt=point).json()
    assert [(part["from"], part["count"]) for part in months["items"]] == [
        ("2026-01-15", 1),
        ("2026-02-01", 0),
        ("2026-03-01", 1),
        ("2026-04-01", 0),
    ]
    days = coordinator.get("/series", from_="2026-03-19", to="2026-03-21", by="day", digipunt=point).json()
    assert [part["count"] for part in days["items"]] == [0, 1, 0]
    themes = coordinator.get(
        "/series",
        from_="2026-01-01",
        to="2026-12-31",
        by="year",
        measure="theme",
        theme="work",
        digipunt=point,
    ).json()
    assert [part["count"] for part in themes["items"]] == [1]


def test_the_bottleneck_register(coordinator, point):
    """Which service stopped people how often, why, and what came of it."""
    itsme = {"service": "itsme", "cause": "noDigitalId"}
    coordinator.visit(
        point, startedAt="2026-03-01T10:00:00Z", bottlenecks=[itsme, itsme], outcome="notPossible"
    )
    coordinator.visit(
        point, startedAt="2026-03-02T10:00:00Z", bottlenecks=[{"service": "itsme", "cause": "language"}]
    )
    coordinator.visit(
        point, startedAt="2026-03-03T10:00:00Z", bottlenecks=[{"service": "eBox", "cause": "fee"}]
    )
    answer = coordinator.get("/bottlenecks", from_=YEAR[0], to=YEAR[1], digipunt=point).json()
    assert [(each["service"], each["count"]) for each in answer["items"]] == [("itsme", 2), ("eBox", 1)]
    assert codes(answer["items"][0]["causes"]) == {"noDigitalId": 1, "language": 1}
    assert codes(answer["items"][0]["outcomes"]) == {"notPossible": 1, "notAsked": 1}
    assert answer["total"] == 2


def test_referrals_in_and_out(coordinator, point):
    """Who sent people here and where they went on to."""
    coordinator.visit(point, startedAt="2026-03-01T10:00:00Z", referredFrom="caw", referredTo="library")
    coordinator.visit(point, startedAt="2026-03-02T10:00:00Z", referredFrom="caw")
    answer = coordinator.get("/referrals", from_=YEAR[0], to=YEAR[1], digipunt=point).json()
    assert (codes(answer["in"]), codes(answer["out"])) == ({"caw": 2}, {"library": 1})


def test_sessions_feedback_and_follow_ups(coordinator, point):
    """Attendance is a count; marks have a mean; what was planned after a visit is done or not."""
    session = str(uuid4())
    plan = {
        "kind": "infoSession",
        "title": "Veilig online",
        "digipunt": point,
        "seats": 10,
        "startsAt": "2026-03-04T13:00:00Z",
        "endsAt": "2026-03-04T15:00:00Z",
    }
    sessions = f"/visits/v1/sessions/{session}"
    assert coordinator.http.put(sessions, json=plan).status_code == 201
    for _ in range(3):
        answer = coordinator.http.put(f"{sessions}/registrations/{uuid4()}", json={"seats": 1})
        assert answer.status_code == 201, answer.text
    attendance = {"present": 4, "registered": 3, "walkIn": 1}
    assert coordinator.http.post(f"{sessions}/held", json=attendance).status_code == 200
    for mark in (3, 5):
        body = {"digipunt": point, "day": "2026-03-04", "satisfaction": mark}
        assert coordinator.http.post("/visits/v1/feedback", json=body).status_code == 201
    follow_up = f"/visits/v1/followUps/{uuid4()}"
    plan = {"digipunt": point, "kind": "callBack", "dueOn": "2026-03-10"}
    assert coordinator.http.put(follow_up, json=plan).status_code == 201
    assert coordinator.http.post(f"{follow_up}/done", json={}).status_code == 200
    figures = coordinator.summary(*YEAR, digipunt=point)
    sessions_held = figures["sessions"]
    assert {name: sessions_held[name] for name in ("held", "seats", "registered", "present", "walkIn")} == {
        "held": 1,
        "seats": 10,
        "registered": 3,
        "present": 4,
        "walkIn": 1,
    }
    assert figures["contacts"] == 0
    assert figures["feedback"]["satisfaction"] == {"count": 2, "mean": 4.0}
    assert figures["followUps"] == {"planned": 1, "done": 1}


def test_another_municipality_is_not_there(region, point):
    """Somebody else's municipality or digipunt is 404, and its visits are in no figure."""
    stranger = region.client("policy", ["24130"])
    for place in ({"municipality": TIENEN}, {"digipunt": point}, {"residence": TIENEN}):
        assert stranger.get("/summary", from_=YEAR[0], to=YEAR[1], **place).status_code == 404
    assert stranger.summary(*YEAR)["contacts"] == 0


def test_figures_are_for_coordinators_and_policy(region):
    """Helpers, ops and services read no figures; only ops reads how far the subscriptions are."""
    for role in ("helper", "ops", "service"):
        assert region.client(role, [TIENEN]).get("/summary", from_=YEAR[0], to=YEAR[1]).status_code == 403
    assert region.stranger().get("/summary", from_=YEAR[0], to=YEAR[1]).status_code == 401
    assert region.client("coordinator", [TIENEN]).get("/status").status_code == 403
    status = of_source(region.client("ops").get("/status").json()["items"], "visits")
    assert (status["source"], status["lag"], status["parked"]) == ("visits", 0, 0)
    assert region.client("policy").get("/summary", from_=YEAR[0], to=YEAR[1]).status_code == 403


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"from_": "2026-02-30", "to": "2026-03-01"}, "from"),
        ({"from_": "2026-03-01"}, "to"),
        ({"from_": "2026-03-02", "to": "2026-03-01"}, "to"),
        ({"from_": "2026-03-01", "to": "2026-03-01", "municipality": "Tienen"}, "municipality[0]"),
        ({"from_": "2026-03-01", "to": "2026-03-01", "digipunt": "bib"}, "digipunt"),
        ({"from_": "2026-03-01", "to": "2026-03-01", "compare": "never"}, "compare"),
        ({"from_": "2026-03-01", "to": "2026-03-01", "colour": "red"}, "colour"),
        (
            {"from_": "2026-03-01", "to": "2026-03-01", "residence": TIENEN, "municipality": TIENEN},
            "residence",
        ),
    ],
)
def test_a_wrong_question_is_told_where(coordinator, query, place):
    """A question that cannot be answered is 400 and names the parameter."""
    answer = coordinator.get("/summary", **query)
    assert answer.status_code == 400, answer.text
    assert [issue["name"] for issue in answer.json()["issues"]] == [place]


def test_a_series_of_too_many_parts_is_refused(coordinator):
    """Days of many years are asked for as months."""
    answer = coordinator.get("/series", from_="2020-01-01", to="2026-01-01", by="day")
    assert [issue["name"] for issue in answer.json()["issues"]] == ["by"]


def test_answers_are_as_described(region, coordinator, point):
    """The description is OpenAPI, and every answer holds to it."""
    description = document(ReportingService)
    validate(description)
    coordinator.visit(point, startedAt="2026-03-04T10:00:00Z", selfReliance="yes")
    period = {"from_": YEAR[0], "to": YEAR[1]}
    answers = {
        "/v1/summary": coordinator.get("/summary", compare="previous", **period),
        "/v1/series": coordinator.get("/series", **period),
        "/v1/bottlenecks": coordinator.get("/bottlenecks", **period),
        "/v1/referrals": coordinator.get("/referrals", **period),
        "/v1/reach": coordinator.get("/reach", **period),
        "/v1/query": coordinator.get("/query", by="theme,ageBand", **period),
        "/v1/status": region.client("ops").get("/status"),
    }
    for path, answer in answers.items():
        content = description["paths"][path]["get"]["responses"]["200"]["content"]
        schema = content["application/json"]["schema"] | {"components": description["components"]}
        OAS30ReadValidator(schema).validate(answer.json())


def test_a_rebuild_gives_the_same_figures(region, coordinator, point):
    """Rebuilt from the journal, every figure is as before."""
    coordinator.visit(point, startedAt="2026-03-04T10:00:00Z")
    before = coordinator.summary(*YEAR, digipunt=point)
    ops = region.client("ops")
    assert ops.http.post("/reporting/v1/rebuild", json={}).status_code == 202

    def rebuilt():
        status = of_source(ops.get("/status").json()["items"], "visits")
        return status["rebuilding"] is None

    wait_until(rebuilt, "the rebuild to finish")
    after = coordinator.summary(*YEAR, digipunt=point)
    assert after == before


def test_metrics_tell_where_events_stand(region, coordinator, point):
    """Ops sees what the relay and the subscription are behind, and that nothing is parked or stopped."""
    coordinator.visit(point, startedAt="2026-03-04T10:00:00Z")
    region.settle()
    status = of_source(region.client("ops").get("/status").json()["items"], "visits")
    stranger = region.stranger()
    reporting = stranger.http.get("/reporting/metrics").text.splitlines()
    assert f'digipunt_subscription_position{{source="visits"}} {float(status["position"])}' in reporting
    for name in ("lag_events", "parked_events", "stopped"):
        assert f'digipunt_subscription_{name}{{source="visits"}} 0.0' in reporting
    visits = stranger.http.get("/visits/metrics").text.splitlines()
    assert "digipunt_relay_lag_events 0.0" in visits
    assert 'digipunt_ready{part="relay"} 1.0' in visits
