"""The bottleneck register over HTTP: sentence, trend, and a picture with the same numbers."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.services.reporting.ledger import LANDEN, TIENEN

HALF_YEAR = {"from_": "2026-01-01", "to": "2026-06-30"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def policy(region):
    """A policy officer of both municipalities."""
    return region.client("policy", [TIENEN, LANDEN])


@pytest.fixture
def point(region):
    """A digipunt where itsme stopped four visits in this half-year, once for two causes, and one in August before."""
    coordinator = region.client("coordinator", [TIENEN, LANDEN])
    digipunt = coordinator.digipunt(TIENEN)
    smartphone = {"service": "itsme", "cause": "smartphoneOnly"}
    for day in ("2025-08-31", "2026-03-04", "2026-03-05", "2026-06-30"):
        coordinator.visit(
            digipunt, startedAt=f"{day}T10:00:00Z", outcome="notPossible", bottlenecks=[smartphone]
        )
    both = [smartphone, {"service": "itsme", "cause": "language"}]
    gone = coordinator.visit(digipunt, startedAt="2026-06-02T10:00:00Z", bottlenecks=both)
    coordinator.visit(digipunt, startedAt="2026-06-03T10:00:00Z", bottlenecks=both)
    assert coordinator.http.post(f"/visits/v1/visits/{gone}/void", json={"reason": "test"}).status_code == 200
    return digipunt


def test_a_service_has_its_sentence_and_its_twelve_months(policy, point):
    """What was voided is in neither; the trend reaches back before the period."""
    answer = policy.get("/bottlenecks", **HALF_YEAR, digipunt=point).json()
    [itsme] = answer["items"]
    assert itsme["count"] == 5
    assert itsme["sentence"] == (
        "itsme hield mensen 5 keer tegen. 4 keer omdat het alleen met een smartphone werkt. 1 keer door de taal."
    )
    assert itsme["status"] == "A"
    trend = {part["from"]: part["count"] for part in itsme["trend"]}
    assert next(iter(trend)) == "2025-07-01"
    assert itsme["trend"][-1]["to"] == "2026-06-30"
    assert {first: count for first, count in trend.items() if count} == {
        "2025-08-01": 1,
        "2026-03-01": 2,
        "2026-06-01": 3,
    }
    assert len(trend) == 12
    assert "elke dienst met elke oorzaak één keer" in answer["definition"]
    french = policy.get("/bottlenecks", **HALF_YEAR, digipunt=point, language="fr").json()
    assert french["items"][0]["sentence"].startswith("itsme a bloqué des personnes 5 fois.")


def test_the_picture_has_the_numbers_of_the_trend(policy, point):
    """Twelve columns, with a 0 for each month without one, and the number of all twelve in its title."""
    query = {"to": "2026-06-30", "digipunt": point, "service": "itsme"}
    chart = ElementTree.fromstring(policy.get("/charts/bottleneck.svg", **query, caption="false").text)
    words = [each.text for each in chart.iter(f"{SVG}text")]
    assert words[:12] == ["0", "1", "0", "0", "0", "0", "0", "0", "2", "0", "0", "3"]
    assert chart[0].text == "itsme hield mensen 6 keer tegen"
    assert chart[1].text == "BOM, juli 2025 tot en met juni 2026"


def test_a_service_that_stopped_nobody_is_told_in_a_sentence(policy, point):
    """No axes; and a service that is not in the list is refused."""
    query = {"to": "2026-06-30", "digipunt": point}
    chart = ElementTree.fromstring(
        policy.get("/charts/bottleneck.svg", **query, service="eBox", width=1200).text
    )
    assert [each.text for each in chart.iter(f"{SVG}text")][-1].startswith(
        "In deze twaalf maanden noteerde niemand"
    )
    assert policy.get("/charts/bottleneck.svg", **query, service="minitel").status_code == 400
    assert policy.get("/charts/bottleneck.svg", **query).status_code == 400
