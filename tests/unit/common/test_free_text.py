"""What has no place in a note is found however it is written, and ordinary notes pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.free_text import CONTACT_DETAILS, SENTENCES, Finding, findings, issues

SEPARATORS = st.sampled_from(["", ".", "-", " ", "/", " - ", "\u00a0", "–"])
PLAIN_WORDS = st.lists(
    st.sampled_from(
        [
            "de",
            "mevrouw",
            "komt",
            "morgen",
            "terug",
            "met",
            "haar",
            "tablet",
            "en",
            "wil",
            "leren",
            "mailen",
            "in",
            "het",
            "café",
        ]
    ),
    max_size=6,
).map(" ".join)


@st.composite
def national_numbers(draw):
    """A number with a right check, of a birth before or after 2000, grouped in any way."""
    first = draw(st.integers(0, 999_999_999))
    check = 97 - (draw(st.sampled_from([0, 2_000_000_000])) + first) % 97
    digits = f"{first:09d}{check:02d}"
    return "".join(digit + draw(SEPARATORS) for digit in digits[:-1]) + digits[-1]


@given(national_numbers(), PLAIN_WORDS, PLAIN_WORDS)
def test_a_national_number_is_found_wherever_it_stands(number, before, after):
    """A register number with a right check is found between any words, in any grouping."""
    assert Finding.NATIONAL_NUMBER in findings(f"{before} {number} {after}")


@given(st.integers(0, 999_999_999), st.integers(0, 99))
def test_eleven_digits_with_a_wrong_check_are_no_national_number(first, check):
    """Eleven digits whose check fits neither century are not called a register number."""
    right = {97 - first % 97, 97 - (2_000_000_000 + first) % 97}
    found = Finding.NATIONAL_NUMBER in findings(f"nr {first:09d}{check:02d}")
    assert found == (check in right)


@given(PLAIN_WORDS)
def test_plain_words_pass(text):
    """A note of ordinary words is taken."""
    assert findings(text) == []


@given(st.text())
def test_any_text_can_be_looked_at(text):
    """No text whatever breaks the detector."""
    assert set(findings(text)) <= set(Finding)


@given(
    national_numbers(), st.sampled_from(["0470 12 34 56", "jan.peeters@voorbeeld.be", "BE68 5390 0754 7034"])
)
def test_what_was_found_is_not_repeated(number, other):
    """The sentences say what to leave out, and hold nothing of what was typed."""
    for issue in issues("note", f"{number} {other}"):
        assert issue.value is None
        assert issue.detail in SENTENCES.values()
        assert not any(character.isdigit() for character in issue.detail)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("rijksregister 85.07.30-033.28", Finding.NATIONAL_NUMBER),
        ("geboren 00.01.01-001.05", Finding.NATIONAL_NUMBER),
        ("dossier 7 85073003328", Finding.NATIONAL_NUMBER),
        ("８５０７３００３３２８", Finding.NATIONAL_NUMBER),
        ("bel hem op 0470 12 34 56", Finding.PHONE),
        ("0470/12.34.56", Finding.PHONE),
        ("+32 470 12 34 56", Finding.PHONE),
        ("thuis 016/81 00 00", Finding.PHONE),
        ("jan.peeters@voorbeeld.be", Finding.EMAIL),
        ("jan (at) voorbeeld.be", Finding.EMAIL),
        ("rekening BE68 5390 0754 7034 van hem", Finding.IBAN),
        ("be68539007547034", Finding.IBAN),
        ("NL91ABNA0417164300", Finding.IBAN),
        ("wachtwoord: xyz", Finding.PASSWORD),
        ("paswoord is Zomer2024", Finding.PASSWORD),
        ("mot de passe : chat", Finding.PASSWORD),
        ("pincode 1234", Finding.PASSWORD),
        ("code pin est 4321", Finding.PASSWORD),
    ],
)
def test_what_identifies_or_opens_is_found(text, finding):
    """Each kind of unwanted text is found in the ways people write it."""
    assert finding in findings(text)


@pytest.mark.parametrize(
    "text",
    [
        "wachtwoord kwijt",
        "wachtwoord vergeten, nieuw ingesteld",
        "mot de passe: oublié",
        "komt volgende week terug",
        "’t ging vlot",
        "itsme: geen smartphone",
        "van 13u30 tot 14u00 op 04/01/2024",
        "aangifte 2024-2025, 1.250 euro terug",
        "Windows 11, versie 23H2",
        "BE68 5390 0754 7035 bestaat niet",
    ],
)
def test_what_helpers_really_write_passes(text):
    """Notes as helpers write them today are taken."""
    assert findings(text) == []


def test_a_public_text_may_say_whom_to_call():
    """A phone number and an address are welcome in the description of an info session; a password is not."""
    text = "Inschrijven: 0470 12 34 56 of info@voorbeeld.be"
    assert issues("description", text, allow=CONTACT_DETAILS) == []
    assert issues("description", "wifi wachtwoord: gast", allow=CONTACT_DETAILS)
