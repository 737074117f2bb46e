"""How many people: recognised by a visitor card, and estimated from what the desk asked.

The definitions are printed beside each figure, because a funder pays by people reached and a contact is not a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts of one calendar year's part of a period, by what the desk noted."""

    firsts: int
    repeats: int
    unknown: int

    @property
    def total(self) -> int:
        return self.firsts + self.repeats + self.unknown


def estimated(years: Iterable[Contacts], recognised: int, *, starts_a_year: bool) -> int | None:
    """People reached, or None where that cannot be known.

    Somebody's first contact of a calendar year counts as a person of that year. Contacts of which nobody asked
    are taken to be first as often as the others of that year, and never fewer people than were recognised. In a
    period that does not start on 1 January, people who came earlier in the year would be missed, so it has no estimate.
    """
    years = list(years)
    if sum(year.total for year in years) == 0:
        return 0
    if not starts_a_year:
        return None
    people = 0.0
    for year in years:
        asked = year.firsts + year.repeats
        if year.unknown and not asked:
            return None
        people += year.firsts + (year.unknown * year.firsts / asked if year.unknown else 0)
    rounded = int(people + 0.5)
    return max(rounded, recognised) if any(year.unknown for year in years) else rounded


CONTACTS = {
    "nl": "Contacten: elk geregistreerd bezoek telt één keer. Wie drie keer komt, is drie contacten.",
    "fr": "Contacts : chaque visite enregistrée compte une fois. Qui vient trois fois compte pour trois contacts.",
    "en": "Contacts: each registered visit counts once. Somebody who comes three times is three contacts.",
}

RECOGNISED = {
    "nl": "Herkende personen: mensen met een bezoekerskaart, elk één keer geteld in deze periode.",
    "fr": "Personnes reconnues : les personnes avec une carte de visiteur, comptées une fois pour cette période.",
    "en": "People recognised: people with a visitor card, each counted once in this period.",
}

_FROM_FIRSTS = {
    "nl": "Geschatte personen: het aantal eerste contacten van dit kalenderjaar."
    " Wie al bij een ander digipunt kwam, telt daar.",
    "fr": "Personnes estimées : le nombre de premiers contacts de l'année civile."
    " Qui est déjà venu à un autre digipunt est compté là-bas.",
    "en": "People estimated: the number of first contacts of the calendar year."
    " Who came to another digipunt before counts there.",
}

_UNKNOWN = {
    "nl": " Bij {unknown} van de {contacts} contacten is niet gevraagd of het de eerste keer was."
    " Daarvan telt hetzelfde deel als eerste contact als bij de andere.",
    "fr": " Pour {unknown} des {contacts} contacts, on n'a pas demandé si c'était la première fois."
    " La même part que pour les autres y est comptée comme premier contact.",
    "en": " For {unknown} of the {contacts} contacts nobody asked whether it was the first time."
    " The same share of these as of the others counts as a first contact.",
}

_YEARS = {
    "nl": " Elk kalenderjaar telt apart: wie in twee jaren kwam, telt twee keer.",
    "fr": " Chaque année civile compte à part : qui est venu deux années compte deux fois.",
    "en": " Each calendar year counts apart: who came in two years counts twice.",
}

_NOT_FROM_NEW_YEAR = {
    "nl": "Geen schatting: de periode begint niet op 1 januari."
    " Wie eerder dit jaar kwam, is dan niet als eerste contact genoteerd.",
    "fr": "Pas d'estimation : la période ne commence pas le 1er janvier."
    " Qui est venu plus tôt dans l'année n'y est pas noté comme premier contact.",
    "en": "No estimate: the period does not start on 1 January."
    " Who came earlier in the year is not marked as a first contact in it.",
}

_NEVER_ASKED = {
    "nl": "Geen schatting: in een van de jaren is bij geen enkel contact gevraagd of het de eerste keer was.",
    "fr": "Pas d'estimation : pour l'une des années, on n'a jamais demandé si c'était la première fois.",
    "en": "No estimate: in one of the years nobody was asked whether it was the first time.",
}


def definition(language: str, years: Iterable[Contacts], estimate: int | None, *, starts_a_year: bool) -> str:
    """What the estimate of these contacts means, in one or two plain sentences."""
    years = list(years)
    if estimate is None:
        return (_NEVER_ASKED if starts_a_year else _NOT_FROM_NEW_YEAR)[language]
    text = _FROM_FIRSTS[language]
    unknown = sum(year.unknown for year in years)
    if unknown:
        text += _UNKNOWN[language].format(unknown=unknown, contacts=sum(year.total for year in years))
    if len(years) > 1:
        text += _YEARS[language]
    return text
