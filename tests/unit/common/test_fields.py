"""Texts at the door of the API: what nobody sees is gone, and what has no place in them is refused by its kind."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import ValidationError

from chassis.http.issues import issues_of
from chassis.refusals import Reason
from common.fields import free_text, public_text, sealed_text
from common.free_text import CODES, Finding

NOTE = free_text(200, "A note.", lines=True)
TITLE = free_text(200, "A title.")
PUBLIC = public_text(200, "A description.")
NAME = sealed_text(200, "A name.")
SERIAL = free_text(100, "A serial number.", of_a_thing=True)


def refused(field, text):
    """The codes with which a text is refused; none when it is taken."""
    try:
        field.deserialize(text)
    except ValidationError as error:
        return [(issue.code, issue.type) for issue in issues_of(error.messages)]
    return []


@pytest.mark.case("public C4")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bell\u0007", "Bell"),
        ("Zacht\u000beinde", "Zacht einde"),
        ("twee\r\nregels", "twee regels"),
        ("een\u2028ander", "een ander"),
        ("es\u001bc\u009bape", "escape"),
        ("af\u00adbreken\u200b", "afbreken"),
        ("bel\ufffe \u3164om 9\ufdd0 uur", "bel om 9 uur"),
        ("Cafe\u0301", "Café"),
        ("tab\there", "tab\there"),
        ("👩\u200d👩\u200d👧 samen", "👩\u200d👩\u200d👧 samen"),
    ],
)
def test_what_nobody_sees_is_gone(typed, kept):
    """Control characters and soft breaks of a pasted title are not stored, so no calendar or SMS meets them."""
    assert TITLE.deserialize(typed) == kept


@pytest.mark.case("public C4")
@pytest.mark.parametrize("field", [NOTE, TITLE, PUBLIC, NAME, SERIAL])
@pytest.mark.parametrize(
    "typed",
    [
        "\u200b",
        "\u3164",
        "\u115f\u2800",
        "\ufffe",
        "\u00a0 \u2003",
        "\u0007",
        "\ufeff\u200d",
        "\u2028",
        "\u0301",
    ],
)
def test_a_text_without_anything_to_see_is_refused(field, typed):
    """Only blanks or signs without a shape are no title, no name and no note."""
    assert refused(field, typed)


def test_a_note_keeps_its_lines():
    """Several lines stay several lines, whichever program ended them."""
    assert NOTE.deserialize("een\r\ntwee\u000bdrie\x85vier") == "een\ntwee\ndrie\nvier"


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused_in_words(text):
    """No text whatever breaks a field, and what is taken is the same when it is sent again."""
    if not refused(NOTE, text):
        kept = NOTE.deserialize(text)
        assert NOTE.deserialize(kept) == kept


@pytest.mark.case("security M7")
@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("rr 85.07.30-033.28", Finding.NATIONAL_NUMBER),
        ("bel 0470 12 34 56", Finding.PHONE),
        ("jan@voorbeeld.be", Finding.EMAIL),
        ("BE68 5390 0754 7034", Finding.IBAN),
        ("kaart 4111 1111 1111 1111", Finding.BANK_CARD),
        ("geboren 30/07/1985", Finding.BIRTH_DATE),
        ("wachtwoord: geheim", Finding.PASSWORD),
    ],
)
def test_what_was_found_is_said_and_not_repeated(text, finding):
    """The text says what to leave out, and holds nothing of what was typed."""
    assert refused(NOTE, text) == [(CODES[finding], "personalData")]
    assert not any(character.isdigit() for character in Reason(CODES[finding]).text())


def test_a_public_text_may_say_whom_to_call():
    """A phone number and an address are welcome in the description of an info session; a password is not."""
    assert refused(PUBLIC, "Inschrijven: 0470 12 34 56 of info@voorbeeld.be") == []
    assert refused(PUBLIC, "wifi wachtwoord: gast")


def test_a_name_that_is_encrypted_may_be_anything():
    """Who is called 0470 123456 is called so: an encrypted field is not looked at."""
    assert NAME.deserialize("Jan 0470 12 34 56") == "Jan 0470 12 34 56"


@pytest.mark.case("security M7")
def test_a_serial_number_may_look_like_a_phone_number_in_one_piece():
    """The number of a device is digits too; with blanks, or as a national number, it is somebody's."""
    assert refused(SERIAL, "0470123456") == refused(SERIAL, "356938035643809") == []
    for text in (
        "0470 12 34 56",
        "85.07.30-033.28",
        "85073003328",
        "jan@example.be 0470123456",
        "wachtwoord: Geheim1",
    ):
        assert refused(SERIAL, text), text


@pytest.mark.case("security H4")
def test_a_text_that_is_too_long_is_not_looked_at(monkeypatch):
    """A megabyte in a note of 200 characters is refused by its length, before anybody searches it."""
    looked = []
    monkeypatch.setattr("common.fields.findings", lambda text: looked.append(text) or [])
    assert refused(NOTE, "0470 12 34 5 " * 80_000)
    assert looked == []
    assert refused(NOTE, "kort") == []
    assert looked == ["kort"]
