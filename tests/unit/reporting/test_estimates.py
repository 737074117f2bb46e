"""People are estimated honestly, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.message_context import LANGUAGES
from services.reporting.model.estimates import Contacts, definition, estimated

NUMBERS = st.integers(0, 500)
YEARS = st.lists(st.builds(Contacts, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=3)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_where_all_were_asked_people_are_the_firsts(firsts, repeats, recognised):
    """With every contact marked and a period from 1 January, the estimate is the number of firsts."""
    contacts = Contacts(firsts, repeats, 0)
    expected = firsts if contacts.total else 0
    assert estimated([contacts], recognised, starts_a_year=True) == expected


@given(YEARS, NUMBERS)
def test_an_estimate_lies_between_what_is_known(years, recognised):
    """Never fewer than the firsts, never more than the contacts unless more people were recognised."""
    people = estimated(years, recognised, starts_a_year=True)
    if people is not None:
        assert sum(year.firsts for year in years) <= people
        assert people <= max(sum(year.total for year in years), recognised)


def test_contacts_nobody_was_asked_about_count_in_proportion():
    """Of 30 contacts without the question, as many are people as of the 60 that were asked."""
    assert estimated([Contacts(40, 20, 30)], 0, starts_a_year=True) == 60
    assert estimated([Contacts(40, 20, 30)], 75, starts_a_year=True) == 75


def test_what_cannot_be_known_is_not_estimated():
    """A period that starts in the middle of a year, or contacts of which none was asked, have no estimate."""
    assert estimated([Contacts(5, 5, 0)], 3, starts_a_year=False) is None
    assert estimated([Contacts(0, 0, 7)], 3, starts_a_year=True) is None
    assert estimated([Contacts(0, 0, 0)], 0, starts_a_year=False) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_definition_says_how_the_figure_came_about(language):
    """Each way to an estimate, and each reason for none, has its own text."""
    year = Contacts(4, 2, 3)
    texts = {
        definition(language, [Contacts(4, 2, 0)], 4, starts_a_year=True),
        definition(language, [year], 6, starts_a_year=True),
        definition(language, [year, year], 12, starts_a_year=True),
        definition(language, [year], None, starts_a_year=True),
        definition(language, [year], None, starts_a_year=False),
    }
    assert len(texts) == 5
    assert "3" in definition(language, [year], 6, starts_a_year=True)
