"""What has no place in a note is found however it is written, and ordinary notes pass."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from common.free_text import Finding, findings

SEPARATORS = st.sampled_from(["", ".", "-", " ", "/", " - ", "\u00a0", "–"])
findings("85.07.30-033.28, 0470 12 34 56, BE68 5390 0754 7034")
"""The libraries that know numbers are loaded here: that takes longer than Hypothesis gives one example."""

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


MONTHS = st.sampled_from([*range(13), *range(20, 33), *range(40, 53)])
"""Of birth, as written: 0 when it is not known; 20 or 40 more in a bis number."""


@st.composite
def national_numbers(draw):
    """A number with a right check, of a birth before or after 2000, grouped in any way."""
    later = draw(st.booleans())
    year = draw(st.integers(0, 24 if later else 99))
    month, day, serial = draw(MONTHS), draw(st.integers(0, 31)), draw(st.integers(1, 998))
    first = f"{year:02d}{month:02d}{day:02d}{serial:03d}"
    check = 97 - int(f"2{first}" if later else first) % 97
    digits = f"{first}{check:02d}"
    return "".join(digit + draw(SEPARATORS) for digit in digits[:-1]) + digits[-1]


@given(national_numbers(), PLAIN_WORDS, PLAIN_WORDS)
def test_a_national_number_is_found_wherever_it_stands(number, before, after):
    """A register or bis number with a right check is found between any words, in any grouping."""
    assert Finding.NATIONAL_NUMBER in findings(f"{before} {number} {after}")


@given(st.integers(0, 999_999_999), st.integers(0, 99))
def test_eleven_digits_with_a_wrong_check_are_not_a_national_number(first, check):
    """Eleven digits whose check fits neither century are not called a register number."""
    assume(check not in {97 - first % 97, 97 - (2_000_000_000 + first) % 97})
    assert Finding.NATIONAL_NUMBER not in findings(f"nr {first:09d}{check:02d}")


@given(
    st.integers(13, 19) | st.integers(33, 39) | st.integers(53, 99),
    st.integers(0, 99),
    st.integers(0, 31_999),
)
def test_eleven_digits_without_a_month_are_not_a_national_number(month, year, rest):
    """A number of a file that happens to have a right check is taken when it holds no month of birth."""
    first = f"{year:02d}{month:02d}{rest:05d}"
    assert Finding.NATIONAL_NUMBER not in findings(f"nr {first}{97 - int(first) % 97:02d}")


@given(PLAIN_WORDS)
def test_plain_words_pass(text):
    """A note of ordinary words is taken."""
    assert findings(text) == []


@given(st.text())
def test_any_text_can_be_looked_at(text):
    """No text whatever breaks the detector."""
    assert set(findings(text)) <= set(Finding)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("rijksregister 85.07.30-033.28", Finding.NATIONAL_NUMBER),
        ("geboren 00.01.01-001.05", Finding.NATIONAL_NUMBER),
        ("dossier 7 85073003328", Finding.NATIONAL_NUMBER),
        ("８５０７３００３３２８", Finding.NATIONAL_NUMBER),
        ("٨٥٠٧٣٠٠٣٣٢٨", Finding.NATIONAL_NUMBER),
        ("bis 85.47.30-033.17", Finding.NATIONAL_NUMBER),
        ("bis 85.27.30-033.71", Finding.NATIONAL_NUMBER),
        ("bel hem op 0470 12 34 56", Finding.PHONE),
        ("0470/12.34.56", Finding.PHONE),
        ("+32 470 12 34 56", Finding.PHONE),
        ("thuis 016/81 00 00", Finding.PHONE),
        ("jan.peeters@voorbeeld.be", Finding.EMAIL),
        ("jan (at) voorbeeld.be", Finding.EMAIL),
        ("rekening BE68 5390 0754 7034 van hem", Finding.IBAN),
        ("be68539007547034", Finding.IBAN),
        ("NL91ABNA0417164300", Finding.IBAN),
        ("MA64 0115 1900 0001 2050 0053 4921", Finding.IBAN),
        ("mt84malt011000012345mtlcast001s", Finding.IBAN),
        ("wachtwoord: xyz", Finding.PASSWORD),
        ("paswoord is Zomer2024", Finding.PASSWORD),
        ("mot de passe : chat", Finding.PASSWORD),
        ("pincode 1234", Finding.PASSWORD),
        ("code pin est 4321", Finding.PASSWORD),
        ("wachtwoord werd gewijzigd in Poes2024", Finding.PASSWORD),
        ("paswoord noteren: Kerst2025", Finding.PASSWORD),
        ("wachtwoord, Fluffy1", Finding.PASSWORD),
        ("wachtwoord (nieuw): Poekie", Finding.PASSWORD),
        ("Welkom01 als wachtwoord ingesteld", Finding.PASSWORD),
        ('"Sunshine" is het wachtwoord', Finding.PASSWORD),
        ("haar pin is vier drie twee een", Finding.PASSWORD),
        ("loginnaam jan paswoord piet", Finding.PASSWORD),
        ("mdp du wifi Maison123", Finding.PASSWORD),
        ("herstelcode 1234-5678", Finding.PASSWORD),
        ("passcode 2580", Finding.PASSWORD),
        ("geb 300785", Finding.BIRTH_DATE),
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
        "wachtwoord aangepast op laptop W40",
        "wachtwoord gewijzigd op W40",
        "login en wachtwoord vergeten",
        "wachtwoord, mail en foto's",
    ],
)
def test_what_helpers_really_write_passes(text):
    """Notes as helpers write them today are taken."""
    assert findings(text) == []
