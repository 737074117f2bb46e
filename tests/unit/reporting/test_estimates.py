"""New people add up over periods and places, and a reach has bounds that are true."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.message_context import LANGUAGES
from services.reporting.model.definitions import definition
from services.reporting.model.estimates import Contacts, by_month, new_people
from services.reporting.model.reach import reach

NUMBERS = st.integers(0, 500)
CONTACTS = st.builds(Contacts, NUMBERS, NUMBERS, NUMBERS)
KEYS = st.tuples(
    st.sampled_from(["24107", "24059"]),
    st.sampled_from(["bib", "bom"]),
    st.sampled_from([date(2025, month, 1) for month in range(1, 13)]),
)
CELLS = st.dictionaries(KEYS, CONTACTS, max_size=12)
YEARS = st.dictionaries(st.sampled_from([2024, 2025, 2026]), CONTACTS, max_size=3)


@pytest.mark.case("figures 5")
@given(CELLS)
def test_new_people_add_up(cells):
    """Of any months and places together as many as of each apart, because a share is rounded in its month and digipunt."""
    months = by_month(cells)
    apart = [new_people({key: contacts}, months).value for key, contacts in cells.items()]
    assert new_people(cells, months).value == sum(apart)


@given(CELLS)
def test_new_people_lie_between_what_is_known(cells):
    """Never fewer than the firsts, nor more than those and the ones that nobody asked."""
    found = new_people(cells, by_month(cells))
    assert found.contacts.firsts <= found.value <= found.contacts.firsts + found.contacts.unknown


def test_contacts_that_nobody_was_asked_about_count_in_proportion():
    """Of 30 without the question as many are new as of the 60 that were asked; half a person is rounded up."""
    march = ("24107", "bib", date(2025, 3, 1))
    assert new_people({march: Contacts(40, 20, 30)}, {}).value == 60
    assert new_people({march: Contacts(1, 1, 1)}, {}).value == 2


def test_where_a_digipunt_never_asked_its_municipality_is_looked_at():
    """The share of the municipality's month; nobody is new where nobody in it was asked, and that is told."""
    bib, bom = ("24107", "bib", date(2025, 3, 1)), ("24107", "bom", date(2025, 3, 1))
    cells = {bib: Contacts(0, 0, 10), bom: Contacts(3, 7, 0)}
    assert new_people(cells, by_month(cells)).value == 6
    alone = new_people({bib: Contacts(0, 0, 10)}, {})
    assert (alone.value, alone.unguessed) == (0, 10)


@pytest.mark.case("figures 3")
def test_two_calendar_years_have_two_bounds():
    """878 of one year and 564 of the next are between 878 and 1,442 people, and no single number."""
    years = {2025: Contacts(878, 400, 0), 2026: Contacts(564, 300, 0)}
    assert reach(years, years, {}) == (878, 1442)
    assert reach(years, years, {}, recognised=900) == (900, 1442)


@given(YEARS, YEARS, NUMBERS)
def test_a_reach_is_never_upside_down(years, earlier, recognised):
    """At least is never more than at most, and at most never more than the contacts or the cards."""
    found = reach(years, years, earlier, recognised)
    contacts = sum(each.total for each in years.values())
    assert found.at_least <= found.at_most <= max(contacts, recognised)


def test_who_came_earlier_in_the_first_year_may_have_come_back():
    """A period from March: who first came in January may be among its repeats, and counts in at most."""
    inside, before = {2025: Contacts(10, 5, 0)}, {2025: Contacts(3, 0, 0)}
    assert reach(inside, inside, before) == (10, 13)
    assert reach(inside, inside, {2025: Contacts(30, 0, 0)}) == (10, 15)


def test_whom_nobody_asked_is_certain_on_no_side():
    """Such a contact is not in at least, and is in at most."""
    years = {2025: Contacts(10, 5, 4)}
    assert reach(years, years, {}) == (10, 14)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_definition_has_its_numbers_as_people_write_them(language):
    """A thousand has a point, a narrow space or a comma, by language; nothing is left to fill in."""
    text = definition("reach", language, atLeast=878, atMost=1442)
    assert {"nl": "1.442", "fr": "1\u202f442", "en": "1,442"}[language] in text
    assert "{" not in text
