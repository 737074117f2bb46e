"""Phone numbers of people, Belgian in any grouping and foreign with `+` or `00`; dates, hours and company numbers pass.

Which numbers exist is read from the tables of phonenumbers. Its own search of a text takes up to 36 ms a note and knows
fewer ways of writing; here a text without enough digits is done with at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from common.detectors.reading import Cluster, Reading, condensed

_NOT_A_PHONE = re.compile(
    r"""(?<!\d)(?<!\d[-:.,/])(?<!\d{3}[ ])(?:
        (?:0?[1-9]|[12]\d|3[01])[ ]?([-./])[ ]?(?:0?[1-9]|1[0-2])[ ]?\1[ ]?(?:19|20)\d\d   # 25.11.2026
      | (?:0?[1-9]|[12]\d|3[01])([-./])(?:0?[1-9]|1[0-2])\2\d\d(?![-./]\d)                 # 25/11/26
      | (?:19|20)\d\d([-./])(?:0?[1-9]|1[0-2])\3(?:0?[1-9]|[12]\d|3[01])                   # 2026-11-25
      | (?:[01]?\d|2[0-3])[ ]?[:uh][ ]?[0-5]\d(?::[0-5]\d)?                                # 9:15, 14u30
      | \d{3}/\d{4}/\d{5}(?=\+\+\+|\*\*\*)                                                 # what is paid with a bill
    )(?!\d)(?![:]\d)""",
    re.VERBOSE,
)
_COMPANY = re.compile(
    r"\b(?:kbo|bce|btw|tva|vat|ondernemingsn[a-z]*|entreprise|enterprise)\b[a-z]{0,10}[^\da-z]{0,4}(?:(?:be|nr|nummer|numero)[^\da-z]{0,3})?"
    r"([01]\d{3}[^\da-z]?\d{3}[^\da-z]?\d{3})(?!\d)|(?<!\d)([01]\d{3}\.\d{3}\.\d{3})(?!\d)"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:imei|serie|serial|ean|bestel|order|factu|klant|client|dossier|ticket|polis|contract|referentie|reference|ref"
    r"|tracking|pakket|commande|meter|product|artikel|article|isbn|invoice|customer|aanvraag|rit|zending)[a-z]*"
    r"(?:[^\da-z]{1,3}(?:nummer|numero|number|code|nr|no|n))?[^\da-z]{0,3}\d{8,20}(?!\d)(?![^\da-z]{1,2}\d)"
)
"""What is named as the number of something else, and written in one piece."""


def telephone(reading: Reading) -> bool:
    """A number that a person can be called on. The numbers of services (0800, 070, 078, 0900) are nobody's."""
    return any(map(_is_telephone, reading.clusters))


def _is_telephone(cluster: Cluster) -> bool:
    text = _NOT_A_PHONE.sub(" x ", cluster.before + cluster.signs)
    text = _COMPANY.sub(_unless_invalid, _OTHER_NUMBER.sub(" x ", text))
    return any(map(_is_foreign, _with_country(text))) or any(map(_is_belgian, _candidates(condensed(text))))


def _unless_invalid(match: re.Match[str]) -> str:
    from stdnum.be import vat

    return " x " if match[1] or vat.is_valid(match[2]) else match[0]


_SHAPES = (
    # Mobile, in any groups: 0470 12 34 56, 04 70 12 34 56, 0 4 7 0 …
    re.compile(r"(?<!\d)(?=(04 ?[5-9](?: ?\d){7}|0 4 [5-9](?: ?\d){7}|0 4[5-9]\d(?: ?\d){6})(?!\d))"),
    # Fixed, with the zone by itself, in one piece, or digit by digit.
    re.compile(
        r"(?<!\d)(?=(0[2349] \d(?: ?\d){6}|0\d\d \d(?: ?\d){5}|0\d{8}|(?<!\d )0(?: \d){8}(?! \d))(?!\d))"
    ),
    # Mobile without its nought.
    re.compile(r"(?<!\d)(?<!\d )(4[5-9]\d(?: \d\d){3})(?! ?\d)"),
)
_COUNTRY_ONLY = re.compile(
    r"(?<!\d)(?:(?:00 ?)?32 ?(4 ?[5-9](?: ?\d){7})|(0[67](?: \d\d){4}|0[67] [1-9]\d{3} ?\d{4}))(?!\d)"
)
_NAMED = re.compile(
    r"\b(?:tel|telef[a-z]*|teleph[a-z]*|telnr|gsm|gsmnr|gsmnummer|mobiel|mobile|portable|phone|call|bel|bellen|belt"
    r"|opbellen|terugbellen|bereikbaar|appeler|appelez|rappeler|sms|sms en|whatsapp|signal|nummer|numero|number)"
    r"(?: [a-z]{1,12}+){0,3} (?=(\d(?: ?\d){7,14}+))"
)


def _candidates(text: str) -> Iterator[str]:
    """Digits that can be a Belgian number, each with its leading nought."""
    for shape in _SHAPES:
        for match in shape.finditer(text):
            yield "0" + match[1].replace(" ", "").removeprefix("0")
    for match in _COUNTRY_ONLY.finditer(text):
        # 06 and 07 begin the mobile numbers of the Netherlands and France, which have a digit more than ours.
        yield "0" + match[1].replace(" ", "") if match[1] else "06"
    for match in _NAMED.finditer(text):
        for digits in _whole_groups(match[1], 8, 10):
            yield "0" + digits.removeprefix("0")


def _is_belgian(digits: str) -> bool:
    return digits == "06" or _numbers_of(32).fullmatch(digits[1:]) is not None


_PLUS = re.compile(r"(?<![a-z\d])(?:\+\W{0,2}+|00(?=[^\da-z]?[2-9]))[\W_]?+(\d(?:[\W_]{0,3}+\d){7,14}+)")


def _with_country(text: str) -> Iterator[str]:
    """Digits from the country code on."""
    for match in _PLUS.finditer(text):
        yield from _whole_groups(condensed(match[1]), 8, 15)


def _whole_groups(groups: str, least: int, most: int) -> Iterator[str]:
    digits = ""
    for group in groups.split(" "):
        digits += group
        if len(digits) > most:
            return
        if len(digits) >= least:
            yield digits


def _is_foreign(digits: str) -> bool:
    # Some write the nought of the zone behind the country code. No code begins with another one.
    return any(
        _numbers_of(int(digits[:length])).fullmatch(digits[length:].removeprefix("0")) for length in (1, 2, 3)
    )


@cache
def _numbers_of(country_code: int) -> re.Pattern[str]:
    """The fixed and mobile numbers of the countries with this code, without the nought; none where nobody has it."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    forms = []
    for region in COUNTRY_CODE_TO_REGION_CODE.get(country_code, ()):
        known = PhoneMetadata.metadata_for_region(region, None)
        for kind in (known.fixed_line, known.mobile) if known else ():
            if kind is not None and kind.national_number_pattern:
                forms.append(f"(?:{kind.national_number_pattern})")
    return re.compile("|".join(forms) or "(?!)")
