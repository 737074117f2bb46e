"""One sign outside the alphabet of SMS makes it cost double, so there is none."""

import pytest

from services.notifications.model.gsm7 import encodable, foreign, in_words, normalised, segments


def test_look_alikes_replace_what_sms_does_not_have():
    """Curly quotes, dashes and accents that SMS lacks become plain; those it has stay."""
    assert normalised("’t Recupke – prêt à être rendu… «ça»") == '\'t Recupke - pret à etre rendu... "ca"'
    assert foreign(normalised("é è à ù ö ñ € ë ï")) == []


def test_what_has_no_look_alike_is_named_or_becomes_a_question_mark():
    """A template with such a sign can be refused; a name with one is still sent."""
    assert foreign(normalised("Dag Олена ☎")) == sorted("Олена☎")
    assert encodable("Łukasz Олена") == "Lukasz ?????"


def test_segments_are_counted_as_they_are_billed():
    """160 in one, 153 in each of several, a euro sign counts for two and is never cut."""
    assert [segments("x" * n) for n in (0, 160, 161, 306, 307)] == [1, 1, 2, 2, 3]
    assert segments("€" * 80) == 1
    assert segments("x" * 152 + "€" + "x" * 152) == 3


@pytest.mark.case("public L10")
@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("terug\u00adbrengen", "terugbrengen"),
        ("\ufeffDag\u200b Jan\u200e\u200f\u2060", "Dag Jan"),
        ("Dag\u2028Jan\u2029An\u00a0Els\u3000Bo\x0b!", "Dag Jan An Els Bo !"),
        ("½ uur, 2½ uur, ¼", "1/2 uur, 2 1/2 uur, 1/4"),
        ("dʼOr ❛t n° 5 inscrit·e 3 × 4", "d'Or 't no 5 inscrit.e 3 x 4"),
        ("ﬁle… ™ m² ⅔", "file... TM m2 2/3"),
        ("Þór Ŋħ ẞ \ufe0f✓\ufe0f", "Thór Nh SS ?".replace("ó", "o")),
    ],
)
def test_what_cannot_be_seen_is_left_out_and_what_is_made_of_parts_is_looked_at_again(typed, sent):
    """No question mark for a soft hyphen, a mark of direction, a fraction or an apostrophe of another kind."""
    assert encodable(typed) == sent
    assert foreign(encodable(typed)) == []


@pytest.mark.case("public L10")
def test_a_sign_that_shows_nothing_is_named():
    """A sentence that shows an empty place tells nobody what to take away."""
    assert in_words("\u200b") == "U+200B zero width space"
    assert in_words("\u0301") == "U+0301 combining acute accent"
    assert in_words("\x07") == "U+0007 control character"
    assert in_words("☎") == "☎"
