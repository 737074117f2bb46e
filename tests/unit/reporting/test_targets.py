"""Steps of a target between two bounds."""

from __future__ import annotations

from datetime import date

import pytest

from services.reporting.model.targets import Bounds, event_id, issues, progress, reached, sentence

STEPS = [1000, 1500, 1750]
GRANT = {
    "id": "0195a1b2-3c4d-7e5f-8a6b-7c8d9e0f6a01",
    "name": "Subsidie digibanken",
    "measure": "reach",
    "audience": "adults",
    "first": date(2025, 1, 1),
    "last": date(2026, 7, 31),
    "municipalities": ["24107"],
    "steps": STEPS,
    "version": 1,
}


def test_03_one_person_in_two_years_of_a_grant_may_be_one_or_two():
    """Minstens 878, hoogstens 1.442: on both sides of the step of 1,000, so it is perhaps reached, and nobody is told."""
    bounds = Bounds(878, 1442)
    states = [step["state"] for step in progress(GRANT, bounds, "", "nl")["steps"]]
    assert states == ["maybe", "notReached", "notReached"]
    assert reached(STEPS, bounds) == []


@pytest.mark.parametrize(
    ("bounds", "told"),
    [
        (Bounds(999, 2000), []),
        (Bounds(1000, 1000), [1000]),
        (Bounds(1749, 5000), [1000, 1500]),
        (Bounds(1750, 1750), STEPS),
        (Bounds(0, 0), []),
    ],
)
def test_a_step_is_reached_by_the_lower_bound_alone(bounds, told):
    """As many as the step is enough."""
    assert reached(STEPS, bounds) == told


@pytest.mark.parametrize(
    ("bounds", "language", "text"),
    [
        (Bounds(1003, 1442), "nl", "De stap van 1.000 is zeker bereikt."),
        (
            Bounds(878, 1442),
            "nl",
            "De stap van 1.000 is misschien bereikt. Minstens 878, hoogstens 1.442 van 1.000.",
        ),
        (Bounds(897, 897), "nl", "De stap van 1.000 is niet bereikt. 897 van 1.000, nog 103."),
        (Bounds(400, 700), "nl", "De stap van 1.000 is niet bereikt. Minstens 400, hoogstens 700 van 1.000."),
        (
            Bounds(897, 897),
            "fr",
            "Le palier de 1\u202f000 n'est pas atteint. 897 sur 1\u202f000, encore 103.",
        ),
        (Bounds(897, 897), "en", "The step of 1,000 has not been reached. 897 of 1,000, 103 to go."),
    ],
)
def test_each_step_has_its_sentence(bounds, language, text):
    """What is certain, what is possible, and what is missing."""
    assert sentence(1000, bounds, language) == text


def test_what_is_missing_is_counted_from_what_is_certain():
    """And is nothing once a step is reached."""
    missing = [step["missing"] for step in progress(GRANT, Bounds(1100, 1600), "", "nl")["steps"]]
    assert missing == [0, 400, 650]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"steps": [1000, 1000]}, "stepsGoUp"),
        ({"steps": [1500, 1000]}, "stepsGoUp"),
        ({"measure": "loans"}, "adultsOfReachOnly"),
    ],
)
def test_what_does_not_fit_together_is_named(change, code):
    """Steps go up; adults are known apart for people reached only."""
    assert [issue.code for issue in issues(GRANT | change)] == [code]
    assert issues(GRANT) == []


def test_the_event_of_a_step_has_the_same_id_for_ever():
    """In another database and another release too: what knows it drops it. So this id must never change."""
    assert event_id(GRANT["id"], 1000) == "3d44a92c-cd67-53f7-b397-4441c7ab54cc"
    assert event_id(GRANT["id"], 1500) != event_id(GRANT["id"], 1000)
