"""A question in one or two dimensions: cells with signs, totals that are counted, pages, CSV, refusals that help."""

import csv
import io
from uuid import uuid4

import pytest

from contracts import refdata
from services.reporting.service.query import QueryRoutes
from tests.backends.deployment import wait_until
from tests.services.reporting.api import of_source
from tests.services.reporting.ledger import LANDEN, TIENEN

YEAR = {"from_": "2026-01-01", "to": "2026-12-31"}
ITSME = {"service": "itsme", "cause": "smartphoneOnly"}
EBOX = {"service": "eBox", "cause": "fee"}


@pytest.fixture
def coordinator(region):
    """A coordinator of Tienen and Landen."""
    return region.client("coordinator", [TIENEN, LANDEN])


@pytest.fixture
def point(coordinator):
    """A digipunt in Tienen of which nothing is known yet."""
    return coordinator.digipunt(TIENEN)


@pytest.fixture(params=["facts", "prepared"])
def visited(request, monkeypatch, coordinator, point):
    """Four visits there in March and April, answered from the facts, or from what is prepared of closed months."""
    if request.param == "prepared":
        monkeypatch.setattr(QueryRoutes, "few_facts", 0)
    for day, more in (
        ("03-04", {"themes": ["tax", "digitalId"], "ageBand": "65to74", "bottlenecks": [ITSME, EBOX]}),
        ("03-05", {"themes": ["tax"], "ageBand": "under18", "contact": "first", "durationMinutes": 20}),
        ("03-31", {"themes": ["apps"], "contact": "repeat", "bottlenecks": [ITSME]}),
        ("04-01", {"themes": ["tax"], "ageBand": "65to74", "contact": "first", "residence": LANDEN}),
    ):
        coordinator.visit(point, startedAt=f"2026-{day}T10:00:00Z", **more)
    return point


def ask(coordinator, point, by, **more):
    """The answer to a question about the year of one digipunt."""
    answer = coordinator.get("/query", digipunt=point, by=by, **YEAR | more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def cells(answer):
    """Value by codes."""
    return {tuple(each[name] for name in answer["by"]): each["value"] for each in answer["cells"]}


@pytest.mark.case("figures 6")
def test_two_dimensions_with_counted_totals(coordinator, visited):
    """A visit with two themes is in both rows, and once in the total; the answer says what adds up."""
    answer = ask(coordinator, visited, "theme,ageBand")
    assert cells(answer) == {
        ("tax", "under18"): 1,
        ("tax", "65to74"): 2,
        ("digitalId", "65to74"): 1,
        ("apps", "notAsked"): 1,
    }
    assert answer["additive"] == {"theme": False, "ageBand": True}
    assert {each["theme"]: each["value"] for each in answer["totals"]["row"]} == {
        "tax": 3,
        "digitalId": 1,
        "apps": 1,
    }
    assert {each["ageBand"]: each["value"] for each in answer["totals"]["column"]} == {
        "under18": 1,
        "65to74": 2,
        "notAsked": 1,
    }
    assert answer["totals"]["all"] == {"value": 4, "status": "A"}
    assert answer["definition"].startswith("Contacten: elk geregistreerd bezoek telt één keer.")
    assert answer["asOf"]["visits"]["position"] > 0


def test_days_months_and_places(coordinator, visited):
    """Calendar periods have names that sort; a filter chooses contacts."""
    assert cells(ask(coordinator, visited, "month")) == {("2026-03",): 3, ("2026-04",): 1}
    assert cells(ask(coordinator, visited, "municipality,quarter")) == {
        (TIENEN, "2026-Q1"): 3,
        (TIENEN, "2026-Q2"): 1,
    }
    assert cells(ask(coordinator, visited, "day", theme="tax")) == {
        ("2026-03-04",): 1,
        ("2026-03-05",): 1,
        ("2026-04-01",): 1,
    }
    assert cells(ask(coordinator, visited, "digipunt,year")) == {(visited, "2026"): 4}
    assert cells(ask(coordinator, visited, "residence,halfYear", to="2026-04-01")) == {
        (LANDEN, "2026-H1"): 1,
        ("notAsked", "2026-H1"): 3,
    }


def test_other_measures(coordinator, visited):
    """Minutes are added up; bottlenecks count each service with each cause; a guessed person has its sign."""
    assert cells(ask(coordinator, visited, "theme", measure="minutes")) == {("tax",): 20}
    register = ask(coordinator, visited, "onlineService,bottleneckCause", measure="bottlenecks")
    assert cells(register) == {("itsme", "smartphoneOnly"): 2, ("eBox", "fee"): 1}
    assert (register["totals"]["all"]["value"], register["additive"]) == (
        3,
        {"onlineService": True, "bottleneckCause": True},
    )
    contacts = ask(coordinator, visited, "onlineService")
    assert cells(contacts) == {("itsme",): 2, ("eBox",): 1, ("none",): 2}
    assert (contacts["totals"]["all"]["value"], contacts["additive"]) == (4, {"onlineService": False})
    people = ask(coordinator, visited, "month", measure="newPeople")
    assert [(each["value"], each["status"]) for each in people["cells"]] == [(2, "e"), (1, "A")]
    summary = coordinator.summary("2026-01-01", "2026-12-31", digipunt=visited)
    assert people["totals"]["all"]["value"] == summary["people"]["newPeople"]["value"]


def test_filters_choose_contacts(coordinator, visited):
    """Of several dimensions all must fit; of one, any code; a service and a cause must be of one bottleneck."""
    assert cells(ask(coordinator, visited, "theme", ageBand="65to74", contact="first")) == {("tax",): 1}
    assert ask(coordinator, visited, "theme", ageBand=["under18", "notAsked"])["totals"]["all"]["value"] == 2
    both = {"onlineService": "itsme", "bottleneckCause": "fee"}
    assert ask(coordinator, visited, "theme", **both)["totals"]["all"]["value"] == 0
    assert ask(coordinator, visited, "theme", onlineService="none")["totals"]["all"]["value"] == 2


@pytest.mark.case("figures 10")
def test_nothing_is_zero_and_not_null(coordinator, point):
    """An empty period has a total of 0; with the empty cells every code is there, in the order of its list."""
    answer = ask(coordinator, point, "ageBand,halfYear", empty="include")
    assert answer["totals"]["all"] == {"value": 0, "status": "A"}
    assert [(each["ageBand"], each["halfYear"], each["value"]) for each in answer["cells"]][:3] == [
        ("under18", "2026-H1", 0),
        ("under18", "2026-H2", 0),
        ("18to24", "2026-H1", 0),
    ]
    assert len(answer["cells"]) == 16
    assert ask(coordinator, point, "ageBand")["cells"] == []


@pytest.mark.case("figures 27")
def test_what_is_prepared_is_made_anew_when_a_visit_changes(monkeypatch, coordinator, point):
    """A correction that moves a visit to another month, and a void, are in the next answer."""
    monkeypatch.setattr(QueryRoutes, "few_facts", 0)
    kept = coordinator.visit(point, startedAt="2026-03-04T10:00:00Z", themes=["tax"])
    gone = coordinator.visit(point, startedAt="2026-03-05T10:00:00Z", themes=["tax"])
    assert cells(ask(coordinator, point, "theme,month")) == {("tax", "2026-03"): 2}
    patch = {"startedAt": "2026-02-03T10:00:00Z", "themes": ["apps"]}
    answer = coordinator.http.patch(f"/visits/v1/visits/{kept}", json=patch, headers={"If-Match": '"1"'})
    assert answer.status_code == 200
    assert coordinator.http.post(f"/visits/v1/visits/{gone}/void", json={"reason": "mistake"}).is_success
    assert cells(ask(coordinator, point, "theme,month")) == {("apps", "2026-02"): 1}


@pytest.mark.case("figures 22")
def test_pages_hold_every_cell_once(coordinator, visited):
    """The pages of one answer, in JSON and in CSV, are the answer."""
    whole = ask(coordinator, visited, "theme,ageBand")
    paged, after = [], {}
    for _ in whole["cells"]:
        page = ask(coordinator, visited, "theme,ageBand", limit=1, **after)
        paged += page["cells"]
        after = {"cursor": page["next"]}
    assert paged == whole["cells"]
    assert page["next"] is None
    first = coordinator.get("/query", digipunt=visited, by="theme,ageBand", limit=3, dialect="plain", **YEAR)
    second = coordinator.http.get(first.links["next"]["url"])
    lines = [*csv.DictReader(io.StringIO(first.text)), *csv.DictReader(io.StringIO(second.text))]
    assert [(line["theme"], line["ageBand"], int(line["value"])) for line in lines] == [
        (each["theme"], each["ageBand"], each["value"]) for each in whole["cells"]
    ]
    assert "next" not in second.links


def test_csv_is_tidy(region, coordinator, visited):
    """By Accept as RFC 4180 has it; for a Belgian Excel with its mark and semicolons. A code has its label beside it."""
    region.settle()
    query = {"from": "2026-01-01", "to": "2026-12-31", "digipunt": visited, "by": "ageBand,municipality"}
    plain = coordinator.http.get("/reporting/v1/query", params=query, headers={"Accept": "text/csv"})
    assert plain.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert plain.text.startswith(
        "from,to,ageBand,ageBandLabel,municipality,municipalityLabel,measure,value,status,asOf\r\n"
        f"2026-01-01,2026-12-31,under18,jonger dan 18,{TIENEN},Tienen,contacts,1,A,20"
    )
    excel = coordinator.http.get("/reporting/v1/query", params=query | {"dialect": "excel"})
    assert excel.content.startswith("\ufefffrom;to;ageBand;".encode())
    french = coordinator.http.get(
        "/reporting/v1/query", params=query | {"dialect": "plain", "language": "fr"}
    )
    assert "moins de 18 ans" in french.text
    assert "Tirlemont" in french.text


@pytest.mark.case("figures 5")
def test_people_recognised_are_counted_for_each_total(coordinator, point):
    """One card in two months is one person in each and one in all; it says that it does not add up."""
    card = coordinator.http.put(f"/visits/v1/cards/{uuid4()}", json={}).json()["code"]
    for day in ("03-04", "04-01"):
        coordinator.visit(point, startedAt=f"2026-{day}T10:00:00Z", card=card)
    answer = ask(coordinator, point, "month,digipunt", measure="peopleRecognised")
    assert cells(answer) == {("2026-03", point): 1, ("2026-04", point): 1}
    assert answer["totals"]["column"] == [{"digipunt": point, "value": 1, "status": "A"}]
    assert answer["totals"]["all"]["value"] == 1
    assert answer["additive"] == {"month": False, "digipunt": False}


@pytest.mark.parametrize(
    ("query", "place", "code"),
    [
        ({"by": "theme,ageBand,help"}, "by", "tooManyDimensions"),
        ({"by": "colour"}, "by", "unknownDimension"),
        ({"by": "theme,theme"}, "by", "dimensionTwice"),
        ({"by": "month,year"}, "by", "twoTimes"),
        ({}, "by", "required"),
        ({"by": "theme", "from_": "2026-03-02", "to": "2026-03-01"}, "to", "endsBeforeItBegins"),
        ({"by": "theme", "to": "9999-12-31"}, "to", "notInRange"),
        ({"by": "theme", "to": "12026-12-31"}, "to", "notDay"),
        ({"by": "theme", "theme": "magic"}, "theme[0]", "notInRefData"),
        ({"by": "theme", "residence": "Tienen"}, "residence[0]", "notNis"),
        (
            {"by": "theme", "help": "together", "place": "point", "contact": "first", "outcome": "referred"},
            "contact",
            "tooManyFilters",
        ),
        ({"by": "ageBand", "measure": "peopleRecognised"}, "measure", "recognisedByPlaceAndTime"),
        ({"by": "day", "measure": "newPeople"}, "by", "peopleByDay"),
        ({"by": "day", "from_": "2020-01-01"}, "by", "tooManyDays"),
        ({"by": "theme", "measure": "happiness"}, "measure", "notAChoice"),
        ({"by": "theme", "limit": "0"}, "limit", "notInRange"),
        ({"by": "theme", "cursor": "me"}, "cursor", "cursorUnreadable"),
    ],
)
def test_a_wrong_question_is_told_where_and_why(coordinator, query, place, code):
    """400 with the parameter, a code and a sentence in the reader's language."""
    answer = coordinator.get("/query", **YEAR | query)
    assert answer.status_code == 400, answer.text
    [issue] = answer.json()["issues"]
    assert (issue["name"], issue["code"]) == (place, code)
    assert issue["detail"].endswith(".")


def test_a_retired_code_is_told_apart_from_an_unknown_one(monkeypatch, coordinator, point):
    """Old visits have it, no question is about it: the sentence says how to see them."""
    monkeypatch.setitem(refdata._ACTIVE, "theme", refdata.codes("theme") - {"tax"})
    answer = coordinator.get("/query", by="theme", theme="tax", **YEAR)
    assert [issue["code"] for issue in answer.json()["issues"]] == ["filterRetired"]
    coordinator.visit(point, startedAt="2026-03-04T10:00:00Z", themes=["apps"])
    shown = ask(coordinator, point, "theme", empty="include")
    assert "tax" not in {each["theme"] for each in shown["cells"]}


def test_a_question_too_broad_is_422(monkeypatch, coordinator, visited):
    """More contacts than are grouped at once, and nothing prepared for it: it says to ask for less."""
    monkeypatch.setattr("services.reporting.queries.ask.MOST_FACTS", 2)
    answer = coordinator.get("/query", by="theme", contact="first", digipunt=visited, **YEAR)
    assert (answer.status_code, answer.json()["code"]) == (422, "tooManyFacts")
    monkeypatch.setattr("services.reporting.queries.ask.MOST_COUNTS", 2)
    answer = coordinator.get("/query", by="month", measure="peopleRecognised", digipunt=visited, **YEAR)
    assert (answer.status_code, answer.json()["code"]) == (422, "tooManyCounts")
    monkeypatch.setattr("services.reporting.queries.ask.MOST_CELLS", 20)
    answer = coordinator.get("/query", by="theme,ageBand", empty="include", digipunt=visited, **YEAR)
    assert (answer.status_code, answer.json()["code"]) == (422, "tooManyCells")


def test_a_cursor_of_another_question_or_generation(region, coordinator, visited):
    """Another question is 400; after a rebuild it is 410, and one begins again."""
    after = ask(coordinator, visited, "theme", limit=1)["next"]
    other = coordinator.get("/query", by="help", digipunt=visited, cursor=after, **YEAR)
    assert [issue["code"] for issue in other.json()["issues"]] == ["cursorOfOtherQuestion"]
    ops = region.client("ops")
    assert ops.http.post("/reporting/v1/rebuild", json={"source": "visits"}).status_code == 202
    wait_until(
        lambda: of_source(ops.get("/status").json()["items"], "visits")["rebuilding"] is None, "the rebuild"
    )
    gone = coordinator.get("/query", by="theme", digipunt=visited, cursor=after, **YEAR)
    assert (gone.status_code, gone.json()["code"]) == (410, "cursorTooOld")
    assert ask(coordinator, visited, "theme", limit=1)["totals"]["all"]["value"] == 4


def test_another_municipality_is_not_there(region, coordinator, point):
    """404 for a municipality or a digipunt of somebody else, and none of its visits in any cell."""
    coordinator.visit(point, startedAt="2026-03-04T10:00:00Z")
    stranger = region.client("policy", ["24130"])
    for place in ({"municipality": TIENEN}, {"digipunt": point}):
        assert stranger.get("/query", by="theme", **YEAR, **place).status_code == 404
    assert stranger.get("/query", by="municipality", **YEAR).json()["cells"] == []
