"""Registering, reading, correcting and voiding visits."""

from datetime import UTC, datetime, timedelta

import eventlet
import pytest

from tests.services.visits.api import LANDEN, TIENEN, issues, new_id, now_text

FULL = {
    "startedAt": "2026-03-04T10:12:00+01:00",
    "durationMinutes": 20,
    "themes": ["tax", "digitalId"],
    "help": "together",
    "outcome": "referred",
    "selfReliance": "aLittle",
    "place": "point",
    "contact": "first",
    "bottlenecks": [{"service": "itsme", "cause": "smartphoneOnly", "note": "app start niet"}],
    "referredFrom": "ocmw",
    "referredTo": "bank",
    "ageBand": "65to74",
    "situation": ["retired"],
    "residence": "24107",
    "device": "smartphone",
    "helper": "Nicole",
    "note": "komt volgende week terug",
}


def test_the_least_visit_is_taken_now(visits, helper, point):
    """A digipunt and a theme make a visit that begins now, at the point, contact unknown."""
    id = new_id()
    answer = helper.put(f"/visits/{id}", {"digipunt": point, "themes": ["tax"]})
    assert answer.status_code == 201
    assert answer.headers["etag"] == '"1"'
    visit = answer.json()
    assert (visit["place"], visit["contact"], visit["municipality"]) == ("point", "unknown", TIENEN)
    assert abs(datetime.fromisoformat(visit["startedAt"]) - datetime.now(UTC)) < timedelta(minutes=1)
    assert helper.get(f"/visits/{id}").json() == visit


def test_a_full_visit_reads_back_as_it_was_sent(coordinator, point):
    """Everything that may be told about a visit is kept; the helper's name is not."""
    sent = FULL | {"digipunt": point}
    id = new_id()
    assert coordinator.put(f"/visits/{id}", sent).status_code == 201
    kept = coordinator.get(f"/visits/{id}").json()
    assert kept["helper"].startswith("h-")
    assert kept["startedAt"] == "2026-03-04T09:12:00Z"
    same = set(sent) - {"helper", "startedAt"}
    assert {name: kept[name] for name in same} == {name: sent[name] for name in same}


def test_an_event_carries_facts_and_nothing_personal(visits, coordinator, point):
    """The event of a visit has no note, no helper and no text of a bottleneck."""
    id = coordinator.visit(point, **{name: FULL[name] for name in FULL if name != "themes"})
    (event,) = visits.events(id)
    assert event["type"] == "be.digipunt.visits.v1.visits.notify.registered"
    assert (event["subject"], event["municipality"], event["entityversion"]) == (f"visits/{id}", TIENEN, 1)
    visit = event["data"]["visit"]
    assert visit["bottlenecks"] == [{"service": "itsme", "cause": "smartphoneOnly"}]
    assert not {"note", "helper", "card"} & set(visit)


def test_a_resend_is_the_same_visit(visits, helper, point):
    """The same content under the same id is 200 and one event, also when the visit began at `now`."""
    id, body = new_id(), {"digipunt": point, "themes": ["tax", "email"], "helper": "Stefan"}
    first = helper.put(f"/visits/{id}", body)
    again = helper.put(f"/visits/{id}", body | {"contact": "unknown", "note": None})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert len(visits.events(id)) == 1


def test_other_content_under_an_id_is_a_conflict(visits, helper, point):
    """A second visit under the same id is refused, and the first stays as it is."""
    id = helper.visit(point)
    assert helper.put(f"/visits/{id}", {"digipunt": point, "themes": ["health"]}).status_code == 409
    assert helper.get(f"/visits/{id}").json()["themes"] == ["tax"]
    assert len(visits.events(id)) == 1


def test_many_at_once_make_one_visit(visits, helper, point):
    """Twenty desks that send the same visit at the same time make one."""
    id, body = new_id(), {"digipunt": point, "themes": ["tax"]}
    pool = eventlet.GreenPool(20)
    statuses = sorted(pool.imap(lambda _: helper.put(f"/visits/{id}", body).status_code, range(20)))
    assert statuses == [200] * 19 + [201]
    assert len(visits.events(id)) == 1


def test_a_resend_is_the_same_after_all_that_happened_since(coordinator, point):
    """A late resend is answered 200 though the visit was corrected and its digipunt closed."""
    id, body = new_id(), {"digipunt": point, "themes": ["tax"]}
    coordinator.put(f"/visits/{id}", body)
    coordinator.patch(f"/visits/{id}", {"themes": ["health"]}, 1)
    assert coordinator.post(f"/digipunts/{point}/close", {}).status_code == 200
    answer = coordinator.put(f"/visits/{id}", body)
    assert (answer.status_code, answer.json()["themes"]) == (200, ["health"])
    assert issues(coordinator.put(f"/visits/{id}", body | {"themes": ["work"]})) == ["digipunt"]


@pytest.mark.parametrize(
    ("wrong", "names"),
    [
        ({"themes": ["cooking"]}, ["themes[0]"]),
        ({"startedAt": "2999-01-01T00:00:00Z"}, ["startedAt"]),
        ({"startedAt": "2014-06-01T00:00:00Z"}, ["startedAt"]),
        ({"startedAt": "gisteren"}, ["startedAt"]),
        ({"durationMinutes": 601}, ["durationMinutes"]),
        ({"residence": "Tienen"}, ["residence"]),
        ({"note": "rijksregister 85.07.30-033.28"}, ["note"]),
        ({"card": "K7Q4-2M"}, ["card"]),
        ({"card": "nonsense"}, ["card"]),
        ({"note": "bel 0470 12 34 56"}, ["note"]),
    ],
)
def test_a_wrong_visit_is_refused_at_the_field(visits, helper, point, wrong, names):
    """Each broken rule is named in `issues`, nothing is written, and no free text comes back."""
    id = new_id()
    answer = helper.put(f"/visits/{id}", {"digipunt": point, "themes": ["tax"]} | wrong)
    assert issues(answer) == names
    assert "85.07" not in answer.text
    assert "0470" not in answer.text
    assert helper.get(f"/visits/{id}").status_code == 404
    assert visits.events(id) == []


def test_a_correction_is_an_event_with_before_and_after(visits, coordinator, point):
    """A correction raises the version, and its event carries the visit before and after."""
    id = coordinator.visit(point, outcome="partly", note="x")
    answer = coordinator.patch(
        f"/visits/{id}", {"outcome": "solvedSelf", "note": None, "themes": ["tax", "work"]}, 1
    )
    assert (answer.status_code, answer.headers["etag"]) == (200, '"2"')
    assert "note" not in answer.json()
    event = visits.events(id)[-1]
    assert event["type"].endswith(".corrected")
    assert event["entityversion"] == 2
    assert event["data"]["before"]["outcome"] == "partly"
    assert event["data"]["visit"]["outcome"] == "solvedSelf"
    assert event["data"]["visit"]["themes"] == ["tax", "work"]


def test_a_correction_that_changes_nothing_is_no_event(visits, coordinator, point):
    """Sending what is there already leaves version and journal alone."""
    id = coordinator.visit(point, outcome="partly")
    assert coordinator.patch(f"/visits/{id}", {"outcome": "partly"}, 1).headers["etag"] == '"1"'
    assert len(visits.events(id)) == 1


def test_a_correction_needs_the_current_version(coordinator, point):
    """Without If-Match 428, with an old one 412, and nothing changes."""
    id = coordinator.visit(point)
    assert coordinator.patch(f"/visits/{id}", {"themes": ["work"]}).status_code == 428
    assert coordinator.patch(f"/visits/{id}", {"themes": ["work"]}, 1).status_code == 200
    assert coordinator.patch(f"/visits/{id}", {"themes": ["health"]}, 1).status_code == 412
    assert coordinator.get(f"/visits/{id}").json()["themes"] == ["work"]


def test_one_of_two_corrections_at_once_wins(visits, coordinator, point):
    """Ten corrections of the same version: one is taken, nine are told to read again."""
    id = coordinator.visit(point)
    pool = eventlet.GreenPool(10)
    bodies = [{"durationMinutes": 10 + number} for number in range(10)]
    statuses = sorted(pool.imap(lambda body: coordinator.patch(f"/visits/{id}", body, 1).status_code, bodies))
    assert statuses == [200] + [412] * 9
    assert [event["entityversion"] for event in visits.events(id)] == [1, 2]


def test_a_correction_obeys_the_rules(coordinator, point):
    """A correction cannot bring in what a new visit could not have."""
    id = coordinator.visit(point)
    assert issues(coordinator.patch(f"/visits/{id}", {"startedAt": "2999-01-01T00:00:00Z"}, 1)) == [
        "startedAt"
    ]
    assert issues(coordinator.patch(f"/visits/{id}", {"note": "pincode 1234"}, 1)) == ["note"]
    assert coordinator.patch(f"/visits/{id}", {"digipunt": new_id()}, 1).status_code == 404


def test_a_visit_moves_to_another_digipunt_with_its_municipality(visits, coordinator, point):
    """A visit put at the wrong digipunt moves, and the event tells both."""
    landen = coordinator.digipunt(LANDEN)
    id = coordinator.visit(point)
    assert coordinator.patch(f"/visits/{id}", {"digipunt": landen}, 1).json()["municipality"] == LANDEN
    data = visits.events(id)[-1]["data"]
    assert (data["before"]["municipality"], data["visit"]["municipality"]) == (TIENEN, LANDEN)


def test_a_void_takes_a_visit_out_once(visits, coordinator, point):
    """A voided visit stays readable with its reason, is gone from lists, and cannot be corrected."""
    id = coordinator.visit(point)
    assert coordinator.post(f"/visits/{id}/void", {"reason": "duplicate"}).status_code == 200
    assert coordinator.post(f"/visits/{id}/void", {"reason": "duplicate"}).status_code == 200
    assert coordinator.post(f"/visits/{id}/void", {"reason": "mistake"}).status_code == 409
    assert coordinator.patch(f"/visits/{id}", {"themes": ["work"]}, 2).status_code == 409
    kept = coordinator.get(f"/visits/{id}").json()
    assert (kept["state"], kept["voidReason"], kept["version"]) == ("voided", "duplicate", 2)
    assert [event["type"].rsplit(".", 1)[1] for event in visits.events(id)] == ["registered", "voided"]
    assert coordinator.get("/visits", digipunt=point).json()["total"] == 0
    assert coordinator.get("/visits", digipunt=point, state="voided").json()["total"] == 1


def test_a_void_without_a_known_reason_is_refused(coordinator, point):
    """The reason is one of the list."""
    id = coordinator.visit(point)
    assert issues(coordinator.post(f"/visits/{id}/void", {"reason": "because"})) == ["reason"]


def test_visits_are_listed_by_what_is_asked(coordinator, point):
    """Each filter narrows the list; both days of the period belong to it, in Brussels."""
    late = coordinator.visit(
        point, startedAt="2026-03-04T22:59:00Z", themes=["tax", "work"], outcome="partly"
    )
    next_day = coordinator.visit(point, startedAt="2026-03-04T23:00:00Z", contact="first", referredTo="bank")
    stopped = coordinator.visit(
        point, startedAt="2026-03-06T10:00:00Z", bottlenecks=[{"service": "itsme", "cause": "language"}]
    )

    def ids(**query):
        return [each["id"] for each in coordinator.get("/visits", digipunt=point, **query).json()["items"]]

    assert ids() == [stopped, next_day, late]
    assert ids(**{"from": "2026-03-04", "to": "2026-03-04"}) == [late]
    assert ids(**{"from": "2026-03-05", "to": "2026-03-06"}) == [stopped, next_day]
    assert ids(theme="work") == ids(outcome="partly") == [late]
    assert ids(contact="first") == ids(referredTo="bank") == [next_day]
    assert ids(service="itsme") == [stopped]
    assert ids(municipality=TIENEN) == [stopped, next_day, late]
    assert ids(municipality=LANDEN) == []
    assert issues(coordinator.get("/visits", **{"from": "2026-03-05", "to": "2026-03-04"})) == ["to"]


def test_a_list_comes_in_pages(coordinator, point):
    """Pages hold every visit once, with the total and a way to the next page."""
    made = {coordinator.visit(point) for _ in range(5)}
    seen = []
    page = coordinator.get("/visits", digipunt=point, pageSize=2).json()
    for number in (1, 2, 3):
        page = coordinator.get("/visits", digipunt=point, pageSize=2, page=number).json()
        seen += [visit["id"] for visit in page["items"]]
    assert (page["total"], len(seen), set(seen)) == (5, 5, made)
    assert "next" not in page


def test_referrals_go_in_and_out(coordinator, point):
    """Who sent somebody, and where somebody was sent, are listed apart; voided visits are not in it."""
    both = coordinator.visit(point, referredFrom="ocmw", referredTo="bank", outcome="referred")
    gone = coordinator.visit(point, referredFrom="ocmw")
    coordinator.post(f"/visits/{gone}/void", {"reason": "test"})
    items = coordinator.get("/referrals", digipunt=point).json()["items"]
    assert [(each["visit"], each["direction"], each["party"]) for each in items] == [
        (both, "in", "ocmw"),
        (both, "out", "bank"),
    ]
    assert coordinator.get("/referrals", digipunt=point, direction="out", party="ocmw").json()["total"] == 0


def test_a_desk_clock_may_run_ahead_a_little(helper, point):
    """A visit of this moment is taken, though the desk's clock is not the server's."""
    ahead = (datetime.now(UTC) + timedelta(minutes=2)).isoformat()
    helper.visit(point, startedAt=ahead)
    helper.visit(point, startedAt=now_text())


@pytest.mark.case("use 13")
def test_a_residence_elsewhere_stays_here(visits, helper, point):
    """Whoever lives abroad is registered as `other`; events name municipalities only."""
    id = helper.visit(point, residence="other")
    assert helper.get(f"/visits/{id}").json()["residence"] == "other"
    assert "residence" not in visits.events(id)[0]["data"]["visit"]
