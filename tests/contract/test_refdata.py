"""What front ends may rely on in the reference lists."""

from __future__ import annotations

import pytest

from contracts.refdata import LISTS, WITHOUT_OTHER


@pytest.mark.case("use 17")
@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_list_ends_with_other_or_says_why_not(name):
    """`other` is last where a thing can have no code yet; a list without it is named with the reason."""
    codes = [each.code for each in LISTS[name].codes]
    assert ("other" in codes) == (name not in WITHOUT_OTHER)
    assert "other" not in codes[:-1]
    assert "notAsked" not in codes[:-1]
    assert len(set(codes)) == len(codes)


@pytest.mark.case("use 17")
def test_reasons_are_about_lists_that_exist():
    """A list that is renamed, or gets `other`, takes its reason along."""
    assert set(WITHOUT_OTHER) < set(LISTS)
    assert all(WITHOUT_OTHER.values())


@pytest.mark.parametrize("name", sorted(LISTS))
def test_each_code_has_a_label_in_three_languages(name):
    """No screen shows a bare code."""
    for code in LISTS[name].codes:
        assert all(label.strip() for label in (code.nl, code.fr, code.en)), code
