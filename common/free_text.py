"""A note never contains what identifies a person or opens an account.

Looks for national register numbers, phone numbers, e-mail addresses, bank accounts and cards, days of birth and
passwords; `common.detectors` has how. The sentences say what to leave out, in plain Dutch, and never repeat what was found:
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


SENTENCES = {
    Finding.NATIONAL_NUMBER: "Laat het rijksregisternummer weg. Noteer niets waarmee je iemand kunt herkennen.",
    Finding.PHONE: "Laat het telefoonnummer weg. Noteer niets waarmee je iemand kunt herkennen.",
    Finding.EMAIL: "Laat het e-mailadres weg. Noteer niets waarmee je iemand kunt herkennen.",
    Finding.IBAN: "Laat het rekeningnummer weg. Noteer nooit bankgegevens.",
    Finding.BANK_CARD: "Laat het kaartnummer weg. Noteer nooit bankgegevens.",
    Finding.BIRTH_DATE: "Laat de geboortedatum weg. Noteer niets waarmee je iemand kunt herkennen.",
    Finding.PASSWORD: "Laat het wachtwoord of de code weg. Noteer die ook niet op papier.",
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
