"""A sign instead of a nought: where visits were never there, and where a digipunt was not open."""

from __future__ import annotations

import httpx
import pytest
from openapi_schema_validator import OAS30ReadValidator

from chassis.http.auth import issue
from chassis.http.openapi import document
from services.reporting.service import ReportingService
from tests.services.reporting.ledger import LANDEN, TIENEN
from tests.support.running import laptop

HALF = {"from": "2026-01-01", "to": "2026-06-30"}
GRANT = "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0f6a01"


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A coordinator of Tienen, where reporting runs and nothing else ever did."""
    with (
        laptop(tmp_path_factory.mktemp("alone"), "reporting") as place,
        place.running(ReportingService) as runner,
    ):
        token = issue(runner.settings, "coordinator", [TIENEN], ())
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "nl"}
        yield httpx.Client(base_url=f"{runner.address}/reporting/v1", headers=headers, timeout=30)


def asked(client, path, **more):
    """A figure of the half-year, which is as it is described."""
    answer = client.get(path, params=HALF | more)
    assert answer.status_code == 200, answer.text
    described = document(ReportingService)
    content = described["paths"][f"/v1{path}"]["get"]["responses"]["200"]["content"]
    schema = content["application/json"]["schema"] | {"components": described["components"]}
    OAS30ReadValidator(schema).validate(answer.json())
    return answer.json()


def test_a_summary_without_visits_has_no_noughts(alone):
    """No number at all, also of the year before, and a sentence that says why."""
    summary = asked(alone, "/summary", compare="lastYear")
    assert summary["status"] == "x"
    for figures in (summary, summary["compared"]):
        told = {"from", "to", "definition", "compared", "status", "municipalities", "asOf"}
        assert {value for name, value in figures.items() if name not in told} == {None}
        assert "niet bekend" in figures["definition"]


def test_a_reach_and_a_series_without_visits_have_no_noughts(alone):
    """Neither bounds nor months, and parts without a number."""
    reach = asked(alone, "/reach")
    assert (reach["status"], reach["atLeast"], reach["adults"], reach["months"]) == ("x", None, None, [])
    series = asked(alone, "/series", by="month", measure="contacts")
    assert (series["status"], {each["count"] for each in series["items"]}) == ("x", {None})


@pytest.mark.parametrize("chart", ["contacts", "reach"])
def test_a_chart_without_visits_is_a_sentence(alone, chart):
    """Nothing is drawn, for an empty drawing says that nobody came."""
    drawn = alone.get(f"/charts/{chart}.svg", params=HALF | {"language": "en", "width": 640}).text
    assert "<title>Not available</title>" in drawn
    assert "<rect" not in drawn
    assert "<path" not in drawn


def test_a_target_without_visits_says_that_it_is_not_known(alone):
    """In the words beside its number."""
    target = {"name": "Contacten", "measure": "contacts", "steps": [10], **HALF}
    answer = alone.put(f"/targets/{GRANT}", json=target)
    assert answer.status_code == 201, answer.text
    assert "niet bekend" in answer.json()["progress"]["definition"]


def test_a_digipunt_that_was_not_open_has_a_sign(region):
    """Before it opened it had not nought contacts, in a list and in a question by month."""
    coordinator = region.client("coordinator", [LANDEN])
    point = coordinator.digipunt(LANDEN, "'t Recupke")
    known = coordinator.http.get(f"/visits/v1/digipunts/{point}")
    changed = coordinator.http.patch(
        f"/visits/v1/digipunts/{point}",
        json={"openedOn": "2026-03-10"},
        headers={"If-Match": known.headers["ETag"]},
    )
    assert changed.status_code == 200, changed.text
    for first, last, told in (
        ("2026-01-01", "2026-03-09", (None, "z")),
        ("2026-01-01", "2026-03-10", (0, "A")),
    ):
        [of] = coordinator.summary(first, last, digipunt=point)["digipunts"]
        assert (of["contacts"], of["status"]) == told
    by_month = coordinator.get(
        "/query", from_="2026-02-01", to="2026-03-31", digipunt=point, by="digipunt,month", empty="include"
    )
    assert {each["month"]: (each["value"], each["status"]) for each in by_month.json()["cells"]} == {
        "2026-02": (None, "z"),
        "2026-03": (0, "A"),
    }
