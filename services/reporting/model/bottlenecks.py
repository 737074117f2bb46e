"""Bottlenecks in words that a policy officer can use: which service stopped people, how often, and why.

Each service has its subject and each cause its clause, because labels of a list do not fit in a sentence. The clauses say what
the desk noted, no more: `smartphoneOnly` is a service that works on a smartphone only, not a person who has nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.reporting.model.numbers import whole

CAUSES_TOLD = 2
"""Causes in a sentence, most often first; all of them stand in the table."""

SERVICES_TOLD_OUTSIDE = 3

STEP = 5
"""Outside, numbers are rounded down to whole fives (docs/adr/0023): then no difference between the messages of two months gives
a number below 5 away, and 1 to 4 are not told at all."""

_SERVICES = """
itsme | itsme | itsme | itsme
eidReader | de eID met kaartlezer | l'eID avec lecteur de carte | the eID with card reader
csam | het aanmelden bij de overheid (CSAM) | la connexion aux services publics (CSAM) | the government sign-in (CSAM)
taxOnWeb | Tax-on-web (MyMinfin) | Tax-on-web (MyMinfin) | Tax-on-web (MyMinfin)
eBox | de eBox | l'eBox | the eBox
mijnBurgerprofiel | Mijn Burgerprofiel | Mijn Burgerprofiel (Flandre) | Mijn Burgerprofiel (Flanders)
jobbonus | de jobbonus | le jobbonus | the job bonus
mijnGezondheid | MijnGezondheid | MaSanté | MyHealth
healthInsuranceApp | de app of site van het ziekenfonds | l'application ou le site de la mutualité \
| the health insurance app or site
doccle | Doccle | Doccle | Doccle
vdab | de VDAB | le VDAB | VDAB
unemploymentBenefit | het aanvragen van werkloosheid (RVA of vakbond) | la demande de chômage (ONEM ou syndicat) \
| the request for unemployment benefit
myPension | mypension.be | mypension.be | mypension.be
groeipakket | het Groeipakket | le service des allocations familiales (Groeipakket) | the family benefit (Groeipakket)
schoolAllowance | de schooltoeslag | l'allocation d'études | the school allowance
smartschool | Smartschool | Smartschool | Smartschool
schoolRegistration | het aanmelden voor een school | l'inscription à l'école | the school registration
socialHousing | de aanvraag van een sociale woning | la demande de logement social | the request for social housing
energy | de energieleverancier | le fournisseur d'énergie | the energy supplier
water | de watermaatschappij | la compagnie des eaux | the water company
telecom | de aanbieder van telefoon en internet | l'opérateur de téléphone et d'internet | the phone and internet provider
eBanking | het internetbankieren | la banque en ligne | online banking
paymentCard | de bankkaart of betaalapp | la carte bancaire ou l'application de paiement | the bank card or payment app
deLijn | De Lijn | De Lijn | De Lijn
nmbs | de NMBS | la SNCB | the railways (SNCB/NMBS)
vehicleRegistration | de inschrijving van een voertuig | l'immatriculation d'un véhicule | the vehicle registration
municipalDesk | het loket van de gemeente | le guichet communal | the municipal desk
library | de bibliotheek | la bibliothèque | the library
hospitalPortal | het ziekenhuis | l'hôpital | the hospital
post | bpost | bpost | bpost
other | een andere dienst | un autre service | another service
"""

_CAUSES = """
noDevice | omdat iemand geen toestel had | parce que la personne n'avait pas d'appareil | because somebody had no device
noData | omdat iemand geen internet of data had | parce que la personne n'avait pas d'internet ou de données \
| because somebody had no internet or data
noDigitalId | omdat iemand geen itsme of eID-code had | parce que la personne n'avait pas d'itsme ni de code eID \
| because somebody had no digital identity
noEmailOrPhone | omdat iemand geen e-mailadres of gsm-nummer had \
| parce que la personne n'avait pas d'adresse e-mail ni de numéro de GSM \
| because somebody had no e-mail address or mobile number
lostPassword | omdat iemand het wachtwoord kwijt was | parce que la personne avait perdu le mot de passe \
| because somebody had lost the password
language | door de taal | à cause de la langue | because of the language
unclearText | omdat de tekst niet duidelijk was | parce que le texte n'était pas clair | because the text was not clear
notAccessible | omdat de dienst niet toegankelijk was | parce que le service n'était pas accessible \
| because the service was not accessible
systemFault | door een fout in het systeem | à cause d'une erreur du système | because of a fault in the system
noCounter | omdat er geen loket meer was | parce qu'il n'y avait plus de guichet | because there was no counter any more
fearOfFraud | omdat iemand bang was voor bedrog | parce que la personne avait peur d'une fraude \
| because somebody was afraid of fraud
fee | omdat het geld kost | parce que c'est payant | because it costs money
smartphoneOnly | omdat het alleen met een smartphone werkt | parce que cela ne marche qu'avec un smartphone \
| because it works on a smartphone only
other | om een andere reden | pour une autre raison | for another reason
"""

_WITHOUT_CAPITAL = ("itsme", "mypension.be", "bpost")
_LANGUAGES = ("nl", "fr", "en")


def _table(text: str) -> dict[str, dict[str, str]]:
    rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return {code: dict(zip(_LANGUAGES, words, strict=True)) for code, *words in rows}


SUBJECTS, CLAUSES = _table(_SERVICES), _table(_CAUSES)
"""Service → language → how a sentence begins with it, and cause → language → why."""

_ONCE = {
    "nl": "{service} hield 1 keer iemand tegen",
    "fr": "{service} a bloqué quelqu'un 1 fois",
    "en": "{service} stopped somebody once",
}
_EACH_TIME = {"nl": ", telkens {why}.", "fr": ", chaque fois {why}.", "en": ", each time {why}."}
_TIMES = {
    "nl": "{service} hield mensen {n} keer tegen",
    "fr": "{service} a bloqué des personnes {n} fois",
    "en": "{service} stopped people {n} times",
}
_WHY = {"nl": " {n} keer {why}.", "fr": " {n} fois {why}.", "en": " {n} {times} {why}."}

_AT_LEAST = {
    "nl": "{service} hield mensen minstens {n} keer tegen.",
    "fr": "{service} a bloqué des personnes au moins {n} fois.",
    "en": "{service} stopped people at least {n} times.",
}
_AT_LEAST_WHY = {
    "nl": " Minstens {n} keer {why}.",
    "fr": " Au moins {n} fois, {why}.",
    "en": " At least {n} times {why}.",
}
_NOTHING_OUTSIDE = {
    "nl": "Geen enkele dienst hield mensen {n} keer of meer tegen.",
    "fr": "Aucun service n'a bloqué des personnes {n} fois ou plus.",
    "en": "No service stopped people {n} times or more.",
}


def sentence(service: str, count: int, causes: Sequence[Mapping[str, Any]], language: str) -> str:
    """Such as “itsme hield mensen 41 keer tegen. 28 keer omdat het alleen met een smartphone werkt.”

    `causes` are codes with their counts, most often first, which together are `count`, at least 1. A code that is newer than
    this service is named as a service, and left untold as a cause.
    """
    whys = [(CLAUSES[each["code"]][language], each["count"]) for each in causes if each["code"] in CLAUSES]
    told = headline(service, count, language)
    if len(causes) == 1 and whys:
        return told + (", {why}." if count == 1 else _EACH_TIME[language]).format(why=whys[0][0])
    text = f"{told}."
    for why, times in whys[:CAUSES_TOLD]:
        unit = "time" if times == 1 else "times"
        text += _WHY[language].format(n=whole(times, language), times=unit, why=why)
    return text


def outside(found: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """What a message that leaves may say: the services that stopped people most often, each with its main cause.

    `found` are services with their counts and causes, most often first. What is equal after rounding stands by code, because
    its order would say which is more.
    """
    told = sorted(
        ((_rounded(each["count"]), each["service"], each["causes"]) for each in found),
        key=lambda one: (-one[0], one[1]),
    )
    sentences = [
        _at_least(service, count, causes, language)
        for count, service, causes in told[:SERVICES_TOLD_OUTSIDE]
        if count
    ]
    return sentences or [_NOTHING_OUTSIDE[language].format(n=STEP)]


def _at_least(service: str, count: int, causes: Sequence[Mapping[str, Any]], language: str) -> str:
    text = _AT_LEAST[language].format(service=subject(service, language), n=whole(count, language))
    whys = sorted((-_rounded(each["count"]), each["code"]) for each in causes if each["code"] in CLAUSES)
    if whys and whys[0][0]:
        times, cause = whys[0]
        text += _AT_LEAST_WHY[language].format(n=whole(-times, language), why=CLAUSES[cause][language])
    return text


def _rounded(count: int) -> int:
    return count - count % STEP


def headline(service: str, count: int, language: str) -> str:
    """How often alone, such as “itsme hield mensen 41 keer tegen”."""
    return (_ONCE if count == 1 else _TIMES)[language].format(
        service=subject(service, language), n=whole(count, language)
    )


def subject(service: str, language: str) -> str:
    """A service as a sentence begins with it: with a capital, but for names that are written without one."""
    words = SUBJECTS[service][language] if service in SUBJECTS else service
    return words if words in _WITHOUT_CAPITAL else words[0].upper() + words[1:]
