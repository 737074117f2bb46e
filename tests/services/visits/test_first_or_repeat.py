"""With a card, first or repeat follows from the card, whatever the desk sent and in whatever order visits come in."""

import random
from datetime import UTC, datetime

import eventlet
import pytest

from tests.services.visits.api import LANDEN, new_id

pytestmark = pytest.mark.case("use 5")
ON = "{}-03-{:02}T10:00:00Z"


def card_of(client):
    return client.put(f"/cards/{new_id()}", {}).json()["code"]


def told(visits, ids):
    """What the last event about each visit says."""
    return [visits.events(id)[-1]["data"]["visit"]["contact"] for id in ids]


def kept(client, ids):
    answers = [client.get(f"/visits/{id}").json() for id in ids]
    assert all(answer["contactFollowsCard"] for answer in answers)
    return [answer["contact"] for answer in answers]


def test_five_visits_on_one_card_are_one_first(visits, helper, point):
    """Each sent as the first: one is, the others are not, in the answers, in what is kept and in what travels."""
    card = card_of(helper)
    body = {"digipunt": point, "themes": ["tax"], "contact": "first", "card": card}
    ids = [new_id() for _ in range(5)]
    answers = [helper.put(f"/visits/{id}", body).json() for id in ids]
    expected = ["first"] + ["repeat"] * 4
    assert [answer["contact"] for answer in answers] == expected
    assert all(answer["contactFollowsCard"] for answer in answers)
    assert kept(helper, ids) == told(visits, ids) == expected
    resent = [helper.put(f"/visits/{id}", body) for id in ids]
    assert [(answer.status_code, answer.json()["version"]) for answer in resent] == [(200, 1)] * 5


def test_nobody_needs_to_ask_who_has_a_card(visits, helper, point):
    """Without an answer of the desk the card says it; without a card nothing follows."""
    card = card_of(helper)
    first, again = helper.visit(point, card=card), helper.visit(point, card=card, contact="unknown")
    assert told(visits, [first, again]) == ["first", "repeat"]
    without = helper.get(f"/visits/{helper.visit(point)}").json()
    assert (without["contact"], "contactFollowsCard" in without) == ("unknown", False)


def test_each_calendar_year_has_its_own_first(helper, point):
    """The day in Brussels decides: half past eleven at night in UTC on 31 December is the new year."""
    card = card_of(helper)
    moments = ["2024-12-31T22:30:00Z", "2024-12-31T23:30:00Z", "2025-06-01T10:00:00Z", "2023-05-01T10:00:00Z"]
    ids = [helper.visit(point, card=card, startedAt=moment) for moment in moments]
    assert kept(helper, ids) == ["first", "first", "repeat", "first"]


@pytest.mark.parametrize("seed", range(4))
def test_the_order_in_which_visits_arrive_does_not_matter(visits, coordinator, point, seed):
    """Desks without network send days late, one by one or together: the earliest visit is the first in the end."""
    landen, card = coordinator.digipunt(LANDEN), card_of(coordinator)
    ids = [new_id() for _ in range(8)]
    items = [
        {
            "id": id,
            "digipunt": (point, landen)[day % 2],
            "themes": ["tax"],
            "startedAt": ON.format(2025, day + 1),
            "card": card,
            "contact": "first",
        }
        for day, id in enumerate(ids)
    ]
    rng = random.Random(seed)
    rng.shuffle(items)
    for item in items[:4]:
        body = {name: value for name, value in item.items() if name != "id"}
        assert coordinator.put(f"/visits/{item['id']}", body).status_code == 201
    for _ in range(2):
        sent = coordinator.post("/visits/batch", {"items": items})
        assert sent.status_code == 200
    assert kept(coordinator, ids) == told(visits, ids) == ["first"] + ["repeat"] * 7


def test_a_batch_of_two_cards_and_none(coordinator, point):
    """Each card has its first in the batch; visits without a card keep what was sent."""
    one, other = card_of(coordinator), card_of(coordinator)
    cards = [one, other, one, None, other, one]
    items = [
        {
            "id": new_id(),
            "digipunt": point,
            "themes": ["tax"],
            "startedAt": ON.format(2024, day),
            "contact": "repeat",
            "card": card,
        }
        for day, card in enumerate(cards, 1)
    ]
    coordinator.post("/visits/batch", {"items": items})
    contacts = [coordinator.get(f"/visits/{item['id']}").json()["contact"] for item in items]
    assert contacts == ["first", "first", "repeat", "repeat", "repeat", "repeat"]


def test_when_the_first_is_voided_the_next_is_the_first(visits, coordinator, point):
    """Else nobody would be a first contact, and a person would be missing from the figures."""
    card = card_of(coordinator)
    ids = [coordinator.visit(point, card=card, startedAt=ON.format(2025, day)) for day in (1, 2, 3)]
    coordinator.post(f"/visits/{ids[0]}/void", {"reason": "mistake"})
    assert kept(coordinator, ids[1:]) == told(visits, ids[1:]) == ["first", "repeat"]
    assert visits.events(ids[1])[-1]["type"].endswith(".corrected")


def test_a_correction_moves_the_first_along(visits, coordinator, point):
    """Another day, another card or none: whoever is the earliest then is the first, and no correction can say otherwise."""
    card, other = card_of(coordinator), card_of(coordinator)
    early, late = (coordinator.visit(point, card=card, startedAt=ON.format(2025, day)) for day in (1, 2))
    refused = coordinator.patch(f"/visits/{late}", {"contact": "first"}, 1)
    assert (refused.status_code, refused.json()["contact"]) == (200, "repeat")
    assert (
        coordinator.patch(f"/visits/{early}", {"startedAt": ON.format(2025, 9)}, 1).json()["contact"]
        == "repeat"
    )
    assert kept(coordinator, [early, late]) == ["repeat", "first"]
    assert coordinator.patch(f"/visits/{late}", {"card": other}, 2).json()["contact"] == "first"
    assert kept(coordinator, [early, late]) == ["first", "first"]
    version = coordinator.get(f"/visits/{late}").json()["version"]
    assert coordinator.patch(f"/visits/{late}", {"card": card}, version).json()["contact"] == "first"
    assert kept(coordinator, [early, late]) == told(visits, [early, late]) == ["repeat", "first"]
    gone = coordinator.patch(f"/visits/{late}", {"card": None, "contact": "unknown"}, version + 1).json()
    assert (gone["contact"], "contactFollowsCard" in gone) == ("unknown", False)
    assert kept(coordinator, [early]) == ["first"]


def test_twenty_desks_at_once_make_one_first(visits, helper, point):
    """The same card at the same moment, at as many desks: one of them is the first."""
    card, ids = card_of(helper), [new_id() for _ in range(20)]
    body = {"digipunt": point, "themes": ["tax"], "card": card, "contact": "first"}
    pool = eventlet.GreenPool(20)
    answers = list(pool.imap(lambda id: helper.put(f"/visits/{id}", body).status_code, ids))
    assert set(answers) == {201}
    assert sorted(kept(helper, ids)) == sorted(told(visits, ids)) == ["first"] + ["repeat"] * 19


def test_a_retired_card_still_has_one_first(coordinator, point):
    """The visits it has stay its visits: a late correction of the first is followed."""
    card = coordinator.put(f"/cards/{new_id()}", {}).json()
    ids = [coordinator.visit(point, card=card["code"], startedAt=ON.format(2025, day)) for day in (1, 2)]
    coordinator.post(f"/cards/{card['id']}/retire")
    coordinator.post(f"/visits/{ids[0]}/void", {"reason": "mistake"})
    assert kept(coordinator, ids[1:]) == ["first"]


def test_the_card_says_the_same_before_and_after(helper, point):
    """What the desk reads when it looks the card up is what the visit becomes."""
    card = card_of(helper)
    for expected in ("first", "repeat"):
        assert helper.post("/cards/query", {"code": card}).json()["contact"] == expected
        id = helper.visit(point, card=card, startedAt=datetime.now(UTC).isoformat())
        assert kept(helper, [id]) == [expected]
