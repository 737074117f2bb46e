"""Ways in which such figures go wrong elsewhere (the design's list), each asked of the running service by its number."""

from uuid import uuid4

import pytest

from tests.services.reporting.ledger import LANDEN, TIENEN, codes

NOBODYS = "24001"
HALF = ("2026-01-01", "2026-06-30")


@pytest.fixture
def coordinator(region):
    """A coordinator of Tienen and Landen."""
    return region.client("coordinator", [TIENEN, LANDEN])


@pytest.fixture
def point(coordinator):
    """A digipunt in Tienen of which nothing is known yet."""
    return coordinator.digipunt(TIENEN)


@pytest.mark.case("figures 1")
def test_visits_without_a_card_are_no_people(region):
    """Ten anonymous visits, in a month in which a municipality asked nobody, are ten contacts; nobody is recognised or new."""
    coordinator = region.client("coordinator", [NOBODYS])
    point = coordinator.digipunt(NOBODYS)
    for day in range(1, 11):
        coordinator.visit(point, startedAt=f"2026-03-{day:02}T10:00:00Z")
    people = coordinator.summary(*HALF, digipunt=point)["people"]
    assert (people["recognised"], people["newPeople"]["value"], people["estimated"]) == (0, 0, None)
    assert (people["newPeople"]["notAsked"], people["newPeople"]["contacts"]) == (10, 10)
    assert "Bij 10 van de 10 contacten is het niet gevraagd" in people["newPeople"]["definition"]
    assert "niemand als nieuw" in people["newPeople"]["definition"]


@pytest.mark.case("figures 2")
def test_people_at_a_session_are_no_contacts(coordinator, point):
    """Ten visitors, six helpers and four partners stay apart, and none is a contact or a person."""
    for kind, present in (("infoSession", 10), ("training", 6), ("partnerMeeting", 4)):
        session = f"/visits/v1/sessions/{uuid4()}"
        plan = {
            "kind": kind,
            "title": "Veilig online",
            "digipunt": point,
            "seats": 12,
            "startsAt": "2026-03-04T13:00:00Z",
            "endsAt": "2026-03-04T15:00:00Z",
        }
        assert coordinator.http.put(session, json=plan).status_code == 201
        attendance = {"present": present, "registered": 0, "walkIn": present}
        assert coordinator.http.post(f"{session}/held", json=attendance).status_code == 200
    figures = coordinator.summary(*HALF, digipunt=point)
    assert figures["sessions"]["audiences"] == {"visitors": 10, "helpers": 6, "partners": 4, "others": 0}
    assert (figures["contacts"], figures["people"]["newPeople"]["value"]) == (0, 0)


@pytest.mark.case("figures 3")
def test_one_person_in_two_years_of_a_grant(coordinator, point):
    """The first contact of 2025 and of 2026 may be one person: between one and two, and no estimate."""
    for year in (2025, 2026):
        coordinator.visit(point, startedAt=f"{year}-03-04T10:00:00Z", contact="first")
    reach = coordinator.get("/reach", from_="2025-01-01", to="2026-07-31", digipunt=point).json()
    assert (reach["atLeast"], reach["atMost"]) == (1, 2)
    assert reach["definition"].startswith("Bereik in de subsidieperiode: minstens 1, hoogstens 2 personen.")
    assert [(each["atLeast"], each["atMost"]) for each in reach["months"]][13:15] == [(1, 1), (1, 2)]
    people = coordinator.summary("2025-01-01", "2026-07-31", digipunt=point)["people"]
    assert people["estimated"] is None
    assert "minstens en hoogstens" in people["definition"]


@pytest.mark.case("figures 4")
def test_the_second_half_year_has_its_own_people(coordinator, point):
    """Its new people are its own firsts; with those of the first half they are the year's."""
    for day in ("2025-03-04", "2025-03-05", "2025-09-04"):
        coordinator.visit(point, startedAt=f"{day}T10:00:00Z", contact="first")
    halves = [("2025-01-01", "2025-06-30"), ("2025-07-01", "2025-12-31"), ("2025-01-01", "2025-12-31")]
    values = [coordinator.summary(*half, digipunt=point)["people"]["newPeople"]["value"] for half in halves]
    assert values == [2, 1, 3]


@pytest.mark.case("figures 7")
@pytest.mark.case("figures 8")
def test_a_share_of_those_asked_with_their_number(coordinator, point):
    """Of nineteen there is no share; of twenty there is, and who was not asked is in neither."""
    for day in range(1, 20):
        coordinator.visit(point, startedAt=f"2026-03-{day:02}T10:00:00Z", selfReliance="no")
    coordinator.visit(point, startedAt="2026-03-21T10:00:00Z")
    few = coordinator.summary(*HALF, digipunt=point)["selfReliance"]
    assert (few["asked"], few["share"]) == (19, None)
    assert codes(few["answers"]) == {"no": 19, "notAsked": 1}
    coordinator.visit(point, startedAt="2026-03-22T10:00:00Z", selfReliance="aLittle")
    enough = coordinator.summary(*HALF, digipunt=point)["selfReliance"]
    assert (enough["asked"], enough["share"]) == (20, 0.05)
    assert enough["definition"].startswith("Van wie we het vroegen (20), voelt 5 % zich zelfredzamer")


@pytest.mark.case("figures 9")
def test_under_18_is_apart_where_a_grant_counts_adults(coordinator, point):
    """An adult, a child, and somebody whose age nobody asked: one adult for certain, and two at most."""
    for age in ({"ageBand": "35to54"}, {"ageBand": "under18"}, {}):
        coordinator.visit(point, startedAt="2026-03-04T10:00:00Z", contact="first", **age)
    reach = coordinator.get("/reach", from_="2026-01-01", to="2026-12-31", digipunt=point).json()
    assert (reach["atLeast"], reach["atMost"]) == (3, 3)
    assert reach["adults"] == {"atLeast": 1, "atMost": 2}
    assert reach["under18"] == {"atLeast": 1, "atMost": 2}


@pytest.mark.case("figures 25")
def test_borders_of_days_and_years(coordinator, point):
    """31 December 23:30 UTC is a visit of the new year in Brussels; the last day belongs to the period."""
    coordinator.visit(point, startedAt="2025-12-31T23:30:00Z", contact="first")
    coordinator.visit(point, startedAt="2025-12-31T22:30:00Z", contact="first")
    coordinator.visit(point, startedAt="2026-03-29T00:59:00Z")
    coordinator.visit(point, startedAt="2026-06-30T21:59:00Z")
    assert coordinator.summary("2025-01-01", "2025-12-31", digipunt=point)["contacts"] == 1
    assert coordinator.summary(*HALF, digipunt=point)["contacts"] == 3
    days = coordinator.get("/query", from_=HALF[0], to=HALF[1], digipunt=point, by="day").json()
    assert [each["day"] for each in days["cells"]] == ["2026-01-01", "2026-03-29", "2026-06-30"]


@pytest.mark.case("figures 26")
def test_old_visits_are_in_every_figure(coordinator, point):
    """Visits of years ago that come in as a batch, as an import sends them, are in summary, series, reach and query alike."""
    items = [
        {"id": str(uuid4()), "digipunt": point, "themes": ["tax"], "startedAt": f"2024-0{month}-04T10:00:00Z"}
        | {"contact": "first"}
        for month in (1, 2, 3)
    ]
    assert coordinator.http.post("/visits/v1/visits/batch", json={"items": items}).status_code == 200
    year = {"from_": "2024-01-01", "to": "2024-12-31", "digipunt": point}
    assert coordinator.summary("2024-01-01", "2024-12-31", digipunt=point)["contacts"] == 3
    assert sum(part["count"] for part in coordinator.get("/series", **year).json()["items"]) == 3
    assert coordinator.get("/reach", **year).json()["atLeast"] == 3
    assert coordinator.get("/query", by="theme", **year).json()["totals"]["all"]["value"] == 3


@pytest.mark.case("figures 34")
def test_what_is_imported_twice_counts_once(coordinator, point):
    """Two exports that overlap, and one of them a second time: each visit once, in every figure."""
    items = [
        {"id": str(uuid4()), "digipunt": point, "themes": ["tax"], "startedAt": f"2026-02-0{day}T10:00:00Z"}
        | {"contact": "first"}
        for day in range(1, 7)
    ]
    for part in (items[:4], items[2:], items[:4]):
        assert coordinator.http.post("/visits/v1/visits/batch", json={"items": part}).status_code == 200
    half = {"from_": HALF[0], "to": HALF[1], "digipunt": point}
    assert coordinator.summary(*HALF, digipunt=point)["contacts"] == 6
    assert coordinator.get("/reach", **half).json()["atLeast"] == 6
    assert coordinator.get("/query", by="theme", **half).json()["totals"]["all"]["value"] == 6


@pytest.mark.case("figures 28")
def test_points_and_residences_are_never_added_up(coordinator, point):
    """By residence is another view of the same visits: asked for together it is refused, and a query keeps to points."""
    coordinator.visit(point, startedAt="2026-03-04T10:00:00Z", residence=LANDEN)
    both = coordinator.get("/summary", from_=HALF[0], to=HALF[1], digipunt=point, residence=LANDEN)
    assert (both.status_code, both.json()["issues"][0]["code"]) == (400, "residenceOrPlace")
    answer = coordinator.get(
        "/query", from_=HALF[0], to=HALF[1], digipunt=point, by="municipality,residence"
    ).json()
    assert [(each["municipality"], each["residence"], each["value"]) for each in answer["cells"]] == [
        (TIENEN, LANDEN, 1)
    ]


@pytest.mark.case("figures 31")
def test_every_answer_says_up_to_when_it_goes(coordinator, point):
    """Position and time of the last event of each source; of one that was never there no time, and no figures."""
    coordinator.visit(point, startedAt="2026-03-04T10:00:00Z")
    for path in ("/summary", "/series", "/reach", "/bottlenecks", "/referrals", "/query?by=theme"):
        path, _, by = path.partition("?by=")
        more = {"by": by} if by else {}
        as_of = coordinator.get(path, from_=HALF[0], to=HALF[1], digipunt=point, **more).json()["asOf"]
        assert as_of["visits"]["time"] is not None, path
        assert as_of["loans"] == {"position": 0, "time": None}, path
    assert coordinator.summary(*HALF, digipunt=point)["loans"] is None
