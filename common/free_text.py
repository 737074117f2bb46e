"""A note never contains what identifies a person or opens an account.

Looks for national register numbers, phone numbers, e-mail addresses, bank accounts and cards, days of birth and
passwords; `common.detectors` has how. The texts say what to leave out, in plain words, and never repeat what was found:
not in the response, not in a log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from common.detectors.reading import Reading


class Finding(StrEnum):
    """A kind of text that has no place in a note."""

    NATIONAL_NUMBER = "nationalNumber"
    PHONE = "phone"
    EMAIL = "email"
    IBAN = "iban"
    BANK_CARD = "bankCard"
    BIRTH_DATE = "birthDate"
    PASSWORD = "password"  # noqa: S105 - the name of the finding


CODES = {
    Finding.NATIONAL_NUMBER: "personalDataNationalNumber",
    Finding.PHONE: "personalDataPhone",
    Finding.EMAIL: "personalDataEmail",
    Finding.IBAN: "personalDataIban",
    Finding.BANK_CARD: "personalDataBankCard",
    Finding.BIRTH_DATE: "personalDataBirthDate",
    Finding.PASSWORD: "personalDataPassword",
}

CONTACT_DETAILS = frozenset({Finding.PHONE, Finding.EMAIL})
"""What a public text, such as the description of an info session, may hold: it says whom to call."""


def findings(text: str) -> list[Finding]:
    """The kinds of unwanted text in `text`, each once."""
    from common.detectors.reading import Reading

    reading = Reading(text)
    return [finding for finding, look in _looks().items() if look(reading)]


@cache
def _looks() -> Mapping[Finding, Callable[[Reading], bool]]:
    # Loaded with the first text: their patterns take longer than much of a start.
    from common.detectors import addresses, births, numbers, passwords, telephones

    return {
        Finding.NATIONAL_NUMBER: numbers.national_number,
        Finding.PHONE: telephones.telephone,
        Finding.EMAIL: addresses.email_address,
        Finding.IBAN: numbers.iban,
        Finding.BANK_CARD: numbers.bank_card,
        Finding.BIRTH_DATE: births.birth_date,
        Finding.PASSWORD: passwords.password,
    }
