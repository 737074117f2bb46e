"""The demo's visits: as many as is known of the partnership, by people who could be, with outcomes that go together."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from common.free_text import findings
from digipunt.demo import codes, visits
from digipunt.demo.visits import HALVES

NOW = datetime(2026, 11, 25, 20, tzinfo=UTC)
generate = cache(visits.generate)


def test_a_later_day_only_adds():
    """The same seed gives the same visits; a week later there are more, and none is otherwise than it was."""
    before, later = generate(7, NOW), generate(7, NOW + timedelta(7))
    assert visits.generate(7, NOW) == before
    assert later[: len(before)] == before
    assert len(later) > len(before)


def test_the_known_figures_come_out():
    """897 people in 2024 and 486 in the first half of 2025, within a digipunt that had nobody yet that year."""
    firsts = defaultdict(int)
    for visit in generate(7, NOW):
        half = next(half for half in HALVES if half.first <= visit.at.date() <= half.last)
        firsts[half.first] += visit.body["contact"] == "first"
    year = sum(number for first, number in firsts.items() if first.year == 2024)
    assert 897 <= year <= 905
    assert 486 <= firsts[HALVES[2].first] <= 494


@pytest.mark.case("use demo")
def test_people_are_what_people_can_be():
    """Nobody is retired at thirty or a student at seventy, and whoever has a smartphone only comes with it."""
    for visit in generate(7, NOW):
        age, situation = visit.body["ageBand"], set(visit.body["situation"])
        assert not ("retired" in situation and age not in ("55to64", "65to74", "75plus")), visit
        assert not ("jobseeker" in situation and age in ("65to74", "75plus", "under18")), visit
        assert not ("student" in situation and age not in ("under18", "18to24", "25to34")), visit
        assert not ("smartphoneOnly" in situation and visit.body["device"] != "smartphone"), visit


@pytest.mark.case("use demo")
def test_outcomes_go_with_what_was_done():
    """What was done for somebody was not solved by them, nobody is sent to themselves, and who was stopped was stopped."""
    stuck, solved = 0, 0
    for visit in generate(7, NOW):
        body = visit.body
        assert (body["help"] == "doneFor") == (body["outcome"] == "doneFor"), visit
        assert body.get("referredTo") != "self", visit
        assert ("referredTo" in body) == (body["outcome"] == "referred"), visit
        for bottleneck in body.get("bottlenecks", ()):
            stuck += 1
            solved += body["outcome"].startswith("solved")
            needs = codes.ONLY_WHEN.get(bottleneck["cause"])
            assert needs is None or needs in body["situation"], visit
            assert any(bottleneck["service"] in codes.SERVICES.get(theme, ()) for theme in body["themes"]), (
                visit
            )
    assert stuck > 800
    assert solved < stuck / 5


@pytest.mark.case("use demo")
def test_a_card_comes_back_in_another_year():
    """Some people are known from a year before, and the first visit of a card in a year is marked so."""
    years = defaultdict(set)
    for visit in generate(7, NOW):
        if visit.card:
            first = visit.at.year not in years[visit.card]
            assert (visit.body["contact"] == "first") == first, visit
            years[visit.card].add(visit.at.year)
    assert sum(len(each) > 1 for each in years.values()) > 50


def test_notes_hold_nothing_personal():
    """Not one note of the demo would be refused."""
    for note in codes.NOTES:
        assert not list(findings(note)), note
