"""Bottlenecks in sentences."""

from __future__ import annotations

from datetime import date

import pytest

from contracts.refdata import LISTS
from services.reporting.model.bottlenecks import CLAUSES, SUBJECTS, headline, sentence
from services.reporting.queries.bottlenecks import status_of, trend_period

MANY = [
    {"code": "smartphoneOnly", "count": 28},
    {"code": "lostPassword", "count": 12},
    {"code": "other", "count": 1},
]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "nl",
            (
                "itsme hield mensen 41 keer tegen. 28 keer omdat het alleen met een smartphone werkt."
                " 12 keer omdat iemand het wachtwoord kwijt was."
            ),
        ),
        (
            "fr",
            (
                "itsme a bloqué des personnes 41 fois. 28 fois parce que cela ne marche qu'avec un smartphone."
                " 12 fois parce que la personne avait perdu le mot de passe."
            ),
        ),
        (
            "en",
            (
                "itsme stopped people 41 times. 28 times because it works on a smartphone only."
                " 12 times because somebody had lost the password."
            ),
        ),
    ],
)
def test_a_sentence_says_how_often_and_why_most(language, text):
    """The two causes that were noted most; the others stand in the table."""
    assert sentence("itsme", 41, MANY, language) == text


@pytest.mark.parametrize(
    ("count", "language", "text"),
    [
        (1, "nl", "De eBox hield 1 keer iemand tegen, door de taal."),
        (3, "nl", "De eBox hield mensen 3 keer tegen, telkens door de taal."),
        (1, "fr", "L'eBox a bloqué quelqu'un 1 fois, à cause de la langue."),
        (1200, "fr", "L'eBox a bloqué des personnes 1\u202f200 fois, chaque fois à cause de la langue."),
        (1, "en", "The eBox stopped somebody once, because of the language."),
        (3, "en", "The eBox stopped people 3 times, each time because of the language."),
    ],
)
def test_one_cause_is_told_in_one_sentence(count, language, text):
    """Once, or each time for the same reason."""
    assert sentence("eBox", count, [{"code": "language", "count": count}], language) == text


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_service_and_every_cause_has_its_words(language):
    """A code without words would be told by its name."""
    assert SUBJECTS.keys() == {each.code for each in LISTS["onlineService"].codes}
    assert CLAUSES.keys() == {each.code for each in LISTS["bottleneckCause"].codes}
    words = [table[code][language] for table in (SUBJECTS, CLAUSES) for code in table]
    assert all(words)
    assert len(set(words)) == len(words)


def test_a_code_that_is_newer_than_this_service_does_not_stop_it():
    """It is named, and a cause without words is left to the table."""
    assert (
        sentence("newPortal", 2, [{"code": "moonPhase", "count": 2}], "nl")
        == "NewPortal hield mensen 2 keer tegen."
    )
    assert headline("newPortal", 0, "en") == "NewPortal stopped people 0 times"


def test_the_trend_is_of_the_twelve_months_up_to_that_of_the_last_day():
    """Whole months, whatever day it is asked on."""
    assert trend_period(date(2026, 2, 14)).first == date(2025, 3, 1)
    assert trend_period(date(2026, 2, 14)).last == date(2026, 2, 28)
    assert trend_period(date(2025, 12, 31)).first == date(2025, 1, 1)


@pytest.mark.case("figures 30")
def test_a_code_that_is_retired_has_a_break():
    """Its series ends because nobody may note it any more, not because people are stopped no more."""
    assert status_of("itsme") == "A"
    assert status_of("minitel") == "b"
