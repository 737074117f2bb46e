"""A note never contains what identifies a person or opens an account.

Looks for Belgian national register numbers, phone numbers, e-mail addresses, bank accounts and passwords. The issues
say what to leave out, in plain words, and never repeat what was found: not in the response, not in a log.

The libraries that know numbers are imported where a text has one: loading them takes longer than most of a start.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from chassis.errors import Issue


class Finding(StrEnum):
    """A kind of text that has no place in a note."""

    NATIONAL_NUMBER = "nationalNumber"
    PHONE = "phone"
    EMAIL = "email"
    IBAN = "iban"
    PASSWORD = "password"  # noqa: S105 - the name of the finding


CODES = {
    Finding.NATIONAL_NUMBER: "personalDataNationalNumber",
    Finding.PHONE: "personalDataPhone",
    Finding.EMAIL: "personalDataEmail",
    Finding.IBAN: "personalDataIban",
    Finding.PASSWORD: "personalDataPassword",
}

CONTACT_DETAILS = frozenset({Finding.PHONE, Finding.EMAIL})
"""What a public text, such as the description of an info session, may hold: it says whom to call."""


def findings(text: str) -> list[Finding]:
    """The kinds of unwanted text in `text`, each once."""
    # Full-width digits, no-break spaces and the like are typed by phones and pasted from PDFs.
    text = unicodedata.normalize("NFKC", text)
    return [finding for finding, look in _LOOKS.items() if look(text)]


def issues(name: str, text: str | None, *, allow: Iterable[Finding] = ()) -> list[Issue]:
    """What is wrong with the free text in the field `name`; nothing of the text is in the issues."""
    if not text:
        return []
    allowed = frozenset(allow)
    return [
        Issue(CODES[finding], name, type="personalData")
        for finding in findings(text)
        if finding not in allowed
    ]


# Eleven digits, however people group them. Looked for at every digit, so that a number before it hides nothing.
_ELEVEN_DIGITS = re.compile(r"(?<!\d)(?=(\d(?:[\s./\-‐-―]{0,3}\d){10})(?!\d))")


def _national_number(text: str) -> bool:
    """National register numbers, and the bis numbers of people who are not in the register."""
    for match in _ELEVEN_DIGITS.finditer(text):
        from stdnum.be import bis, nn

        digits = "".join(str(int(each)) for each in match[1] if each.isdecimal())
        if nn.is_valid(digits) or bis.is_valid(digits):
            return True
    return False


_LEAST_DIGITS = 7
"""No number that somebody can be called on has fewer; most notes have fewer, and are done with here."""


def _phone(text: str) -> bool:
    if sum(map(str.isdecimal, text)) < _LEAST_DIGITS:
        return False
    import phonenumbers

    return phonenumbers.PhoneNumberMatcher(text, "BE").has_next()


_EMAIL = re.compile(
    r"[\w.+\-]{1,64}\s?(?:@|[\[(]\s?(?:at|apestaart(?:je)?)\s?[\])])\s?[\w\-]{1,63}(?:\s?\.\s?[\w\-]{2,63})+",
    re.IGNORECASE,
)


def _email(text: str) -> bool:
    return _EMAIL.search(text) is not None


_IBAN_START = re.compile(r"(?<![^\W_])(?=([A-Z]{2})\s?\d{2})", re.IGNORECASE)
_UNREGISTERED = {"MA": 28}
"""Length of the accounts of Morocco, which uses IBANs without being in the registry of ISO 13616."""


@cache
def _iban_length(country: str) -> int:
    """How many characters an account of this country has; 0 when the country has no IBANs."""
    from stdnum import numdb

    [(_, properties)] = numdb.get("iban").info(country)
    parts = re.findall(r"(\d+)!", properties.get("bban", ""))
    return 4 + sum(map(int, parts)) if parts else _UNREGISTERED.get(country, 0)


def _iban(text: str) -> bool:
    """Account numbers with a correct checksum (ISO 13616), in one piece or in groups."""
    for match in _IBAN_START.finditer(text):
        from stdnum import iban
        from stdnum.iso7064 import mod_97_10

        country = match[1].upper()
        length = _iban_length(country)
        # Longer than any account with its separators, so that a long text costs no more than a short one.
        compact = re.sub(r"[\s.\-]", "", text[match.start() : match.start() + 80])
        account = compact[:length].upper()
        if not length or len(account) < length or not account.isascii():
            continue
        if iban.is_valid(account, check_country=False):
            return True
        if country in _UNREGISTERED and mod_97_10.is_valid(account[4:] + account[:4]):
            return True
    return False


_SECRET = re.compile(
    r"""\b(?:(?:wacht|pas|pass)wo[or]+d(?:en)? | password | passwd | pwd | ww | mot\s+de\s+passe | mdp
        | pin(?:[\s-]?codes?)? | code\s+pin | puk(?:[\s-]?code)? | (?:toegangs|activatie|itsme|bank)[\s-]?code
        | code\s+(?:secret|itsme))
        \s* (?P<link> [:=] | (?:is|was|est|nu)\b )? \s* (?P<secret> [^\s,;]+ )""",
    re.IGNORECASE | re.VERBOSE,
)
_HARMLESS = frozenset(
    [
        "kwijt",
        "vergeten",
        "verloren",
        "gewijzigd",
        "veranderd",
        "aangepast",
        "hersteld",
        "gereset",
        "geblokkeerd",
        "nieuw",
        "ingesteld",
        "onbekend",
        "fout",
        "oublié",
        "perdu",
        "changé",
        "bloqué",
        "modifié",
        "nouveau",
        "lost",
        "forgotten",
        "changed",
        "reset",
        "blocked",
        "new",
    ]
)


def _password(text: str) -> bool:
    """`wachtwoord: xyz`, `pincode 1234`, `mot de passe est Chat12`; not `wachtwoord vergeten`."""
    for match in _SECRET.finditer(text):
        secret = match["secret"].strip(".!?)\"'")
        if match["link"] in (":", "="):
            if secret and secret.lower() not in _HARMLESS:
                return True
        elif any(character.isdigit() for character in secret):
            return True
    return False


_LOOKS = {
    Finding.NATIONAL_NUMBER: _national_number,
    Finding.PHONE: _phone,
    Finding.EMAIL: _email,
    Finding.IBAN: _iban,
    Finding.PASSWORD: _password,
}
