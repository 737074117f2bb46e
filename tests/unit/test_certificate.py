"""The certificate of an erasure says no more than is true."""

import pytest

from digipunt import certificate

DONE = {"desk": [{"at": "2026-09-01T08:00:00+00:00", "kind": "helper", "count": 1}]}
STAYS = {"nl": "een andere gemeente", "fr": "une autre commune", "en": "another municipality"}


@pytest.mark.parametrize("language", certificate.LANGUAGES)
def test_who_is_kept_for_another_municipality_is_not_certified_as_gone(language):
    """The beginning and a line of its own say so, in the terminal and on paper; without another, neither does."""
    for form in (certificate.text, certificate.html):
        partly, wholly = form("7", DONE, {"desk": "elsewhere"}, language), form("7", DONE, {}, language)
        words = certificate.WORDS[language]
        assert words["part"] in partly
        assert words["elsewhere"] in partly
        assert STAYS[language] in partly
        assert words["intro"] not in partly
        assert words["intro"] in wholly
        assert STAYS[language] not in wholly
