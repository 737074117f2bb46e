"""The charts over HTTP: they say what the figures say."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

LEUVEN = "24062"
"""Where no other test counts, for the share of first contacts is that of a municipality."""
HALF_YEAR = {"from_": "2026-01-01", "to": "2026-06-30"}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def policy(region):
    """A policy officer of Leuven."""
    return region.client("policy", [LEUVEN])


@pytest.fixture
def point(region):
    """A digipunt with eleven contacts in March, two in April, and one in the period before."""
    coordinator = region.client("coordinator", [LEUVEN])
    digipunt = coordinator.digipunt(LEUVEN, "'t Recupke & co")
    for hour in range(11):
        coordinator.visit(digipunt, startedAt=f"2026-03-04T{hour + 8:02}:00:00Z", contact="first")
    for day in (1, 2):
        coordinator.visit(digipunt, startedAt=f"2026-04-0{day}T10:00:00Z", contact="repeat")
    coordinator.visit(digipunt, startedAt="2025-12-31T22:30:00Z", contact="first")
    return digipunt


def drawn(client, name, **query):
    """The chart, parsed, and the words in it."""
    answer = client.get(f"/charts/{name}.svg", **query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/svg+xml"
    chart = ElementTree.fromstring(answer.text)
    return chart, [each.text for each in chart.iter(f"{SVG}text")]


@pytest.mark.case("figures 29")
def test_compared_periods_say_how_long_each_is(policy, point):
    """The headline has both numbers' difference; below it stand both periods with their days, which are not as many."""
    chart, words = drawn(policy, "contacts", **HALF_YEAR, digipunt=point)
    assert chart[0].text == "13 contacten, 12 meer dan in de periode ervoor"
    assert chart[1].text == (
        "'t Recupke & co, januari tot en met juni 2026 (181 dagen)."
        " Omlijnd: juli tot en met december 2025 (184 dagen), 1 contact."
        " Dagen waarop een digipunt bezoek had: 3, ervoor 1."
    )
    assert [word for word in words if word and word.isdecimal() and word != "2026"] == [
        "0",
        "0",
        "11",
        "2",
        "0",
        "0",
    ]


@pytest.mark.case("figures 29")
def test_a_period_that_is_not_over_is_not_compared_in_words(policy, point):
    """Half of it would always be less."""
    chart, _ = drawn(policy, "contacts", from_="2026-01-01", to="2027-12-31", digipunt=point)
    assert chart[0].text == "13 contacten tot nu toe"
    _, words = drawn(policy, "contacts", from_="2026-01-01", to="2027-12-31", digipunt=point, width=280)
    assert "apr 2026" in words
    assert "dec 2027" not in words
    residents, _ = drawn(policy, "contacts", **HALF_YEAR, residence=LEUVEN)
    assert "Dagen waarop" not in residents[1].text


def test_a_chart_has_the_numbers_of_the_series(policy, point):
    """Column by column."""
    series = policy.get("/series", **HALF_YEAR, by="month", digipunt=point).json()
    _, words = drawn(policy, "contacts", **HALF_YEAR, digipunt=point, caption="false")
    assert words[:6] == [str(part["count"]) for part in series["items"]]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Nog geen bezoeken in deze periode. Kies een langere periode."),
        ("fr", "Pas encore de visites pendant cette période. Choisissez une période plus longue."),
        ("en", "No visits in this period yet. Choose a longer period."),
    ],
)
def test_nothing_there_is_said_in_a_sentence(policy, point, language, sentence):
    """No axes."""
    query = {
        "from_": "2020-01-01",
        "to": "2020-01-31",
        "digipunt": point,
        "language": language,
        "width": 1200,
    }
    chart, words = drawn(policy, "contacts", **query)
    assert words[-1] == sentence
    assert chart.find(f"{SVG}line") is None


def test_the_reach_grows_month_by_month_and_stops_today(policy, point):
    """At least and at most are those of the reach; with its definition below it."""
    query = {"from_": "2025-01-01", "to": "2026-12-31", "digipunt": point}
    reach = policy.get("/reach", **query).json()
    assert (reach["atLeast"], reach["atMost"]) == (11, 12)
    chart, words = drawn(policy, "reach", **query)
    assert chart[0].text == "Minstens 11, hoogstens 12 personen bereikt"
    assert reach["definition"] in chart[1].text
    assert {"minstens 11", "hoogstens 12"} <= set(words)


@pytest.mark.parametrize(
    "wrong", [{"width": 279}, {"width": 1201}, {"width": "wide"}, {"language": "de"}, {"to": "2025-12-31"}]
)
def test_what_cannot_be_drawn_is_refused(policy, wrong):
    """Too narrow to read, wider than a screen, a language without words, an end before the beginning."""
    assert policy.get("/charts/contacts.svg", **(HALF_YEAR | wrong)).status_code == 400


def test_a_chart_that_is_not_there_is_not_found(policy):
    """An unknown name, or another municipality's."""
    assert policy.get("/charts/pie.svg").status_code == 404
    assert policy.get("/charts/contacts.svg", municipality="24130").status_code == 404
