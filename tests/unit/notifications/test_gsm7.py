"""One sign outside the alphabet of SMS makes it cost double, so there is none."""

from services.notifications.model.gsm7 import encodable, foreign, normalised, segments


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
