"""Numbers with a check digit: national register and bis numbers, bank accounts, bank cards.

The libraries that know them are loaded where a text has one: that takes longer than most of a start.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from string import ascii_lowercase

from common.detectors.reading import Cluster, Reading, condensed

_ELEVEN_DIGITS = re.compile(r"(?<!\d)(?=(\d ?\d ?[0-5] ?\d ?[0-3] ?\d(?: ?\d){5})(?!\d))")
"""However people group them. Looked for at every group, so that a number before it hides nothing."""


def national_number(reading: Reading) -> bool:
    """A national register number, or the bis number of somebody who is not in the register."""
    for cluster in reading.clusters:
        for match in _ELEVEN_DIGITS.finditer(cluster.digits):
            first, check = divmod(int(match[1].replace(" ", "")), 100)
            if not 1 <= check <= 97 or ((first + check) % 97 and (2_000_000_000 + first + check) % 97):
                continue
            from stdnum.be import bis, nn

            digits = f"{first:09d}{check:02d}"
            if nn.is_valid(digits) or bis.is_valid(digits):
                return True
    return False


_IBAN_START = re.compile(r"([a-z]) ?([a-z]) ?(?=\d ?\d)")
_LONGEST_IBAN = 34
_UNREGISTERED = {"ma": r"\d{24}"}
"""The accounts of Morocco, which uses IBANs without being in the registry of ISO 13616."""


@cache
def _iban_form(country: str) -> re.Pattern[str] | None:
    """What an account of this country looks like after its two letters; None when the country has no IBANs."""
    from stdnum import numdb

    [(_, properties)] = numdb.get("iban").info(country.upper())
    kinds = {"n": r"\d", "a": "[a-z]", "c": "[a-z0-9]"}
    parts = re.findall(r"(\d+)!([nac])", properties.get("bban", ""))
    form = "".join(f"{kinds[kind]}{{{number}}}" for number, kind in parts) or _UNREGISTERED.get(country)
    return re.compile(rf"\d\d{form}") if form else None


def iban(reading: Reading) -> bool:
    """A bank account with a right check (ISO 13616), in one piece or in any groups; or a Belgian one without `BE`."""
    return any(_holds_iban(cluster) or _is_account(cluster) for cluster in reading.clusters)


_BEFORE_DIGITS = 24
"""Characters of an account before eight digits of it stand together: `MT84 MALT`, with three signs between each two."""


def _holds_iban(cluster: Cluster) -> bool:
    text = condensed(cluster.before[-_BEFORE_DIGITS:] + cluster.signs + cluster.after[4:])
    for match in _IBAN_START.finditer(text):
        country = match[1] + match[2]
        form = _iban_form(country)
        if form is None:
            continue
        after = text[match.end() : match.end() + 2 * _LONGEST_IBAN].replace(" ", "")
        if (found := form.match(after)) and _checks(found[0][2:] + country + found[0][:2]):
            return True
    return False


def _is_account(cluster: Cluster) -> bool:
    """A Belgian account without `BE`, or twelve digits as 3-7-2: an account as it was written before 2008.

    The number of an identity card looks and checks as the latter. In one piece they are accounts where a word says so.
    """
    named = _ACCOUNT.search(cluster.before) is not None
    now = _WITHOUT_COUNTRY.match(cluster.digits)
    old = _BEFORE_IBAN.match(cluster.digits)
    if now and (now[1] or named):
        digits = now[0].replace(" ", "")
        if _checks(f"{digits[2:]}be{digits[:2]}"):
            return True
    if old and (old[1] or named):
        digits = old[0].replace(" ", "")
        return (int(digits[:10]) % 97 or 97) == int(digits[10:])
    return False


_ACCOUNT = re.compile(
    r"\b(?:rek|rekening|rekeningnr|rekeningnummer|zichtrekening|spaarrekening|compte|account|bank|iban)"
    r"(?:\W{1,3}(?:nr|no|nummer|number|is))?\W{0,3}$"
)
_WITHOUT_COUNTRY = re.compile(r"(?:(\d\d(?: \d{4}){3})|\d(?: ?\d){13})(?!\d)")
_BEFORE_IBAN = re.compile(r"(?:(\d{3} \d{7} \d\d)|\d(?: ?\d){11})(?!\d)")


_VALUES = {ord(sign): str(int(sign, 36)) for sign in ascii_lowercase}


def _checks(rearranged: str) -> bool:
    """ISO 7064 mod 97-10."""
    return int(rearranged.translate(_VALUES)) % 97 == 1


_CARDS = (
    re.compile(r"(?<!\d)([2-6]\d{14,18})(?!\d)"),
    # As they are printed, also with a date behind them.
    re.compile(r"(?<!\d)(?=([2-6]\d{3}(?: \d{4}){3})(?!\d))"),
    re.compile(r"(?<!\d)(?=(6\d{3}(?: \d{4}){3} \d{1,3})(?!\d))"),
    re.compile(r"(?<!\d)(?=(3[47]\d\d \d{6} \d{5})(?!\d))"),
    # In any groups, with no other number before it.
    re.compile(r"(?<!\d)(?<!\d )(?=([2-6](?: ?\d){15})(?!\d))"),
    re.compile(r"(?<!\d)(?<!\d )(?=(6 ?7(?: ?\d){15})(?!\d))"),
    re.compile(r"(?<!\d)(?<!\d )(?=(3 ?[47](?: ?\d){13})(?!\d))"),
)
_BRANDS = re.compile(r"4\d{15}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|(?:5[0678]|6[0-9])\d{14,17}")
"""Visa, Mastercard, American Express, and Maestro with Bancontact."""

_NO_CARD = re.compile(
    r"\b(?:imei|serie|serial|ean|sn|s n|order|bestel|track)[a-z]*(?:[^a-z\d]{1,3}[a-z]{1,12}){0,2}[^a-z\d]{0,3}$"
)


def bank_card(reading: Reading) -> bool:
    """A bank card, by its length, its first digits and its check (Luhn); the IMEI of a phone is not one."""
    for cluster in reading.clusters:
        if len(cluster.digits) < 15 or _NO_CARD.search(cluster.before):
            continue
        for match in chain.from_iterable(cards.finditer(cluster.digits) for cards in _CARDS):
            digits = match[1].replace(" ", "")
            if _BRANDS.fullmatch(digits):
                from stdnum import luhn

                if luhn.is_valid(digits):
                    return True
    return False
