"""What stands above the charts: the message in one line, and what, where and when it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.reporting.charts.drawing import Caption
from services.reporting.model.numbers import whole

Texts = Mapping[str, str]

NO_CONTACTS: Texts = {
    "nl": "Nog geen bezoeken in deze periode. Kies een langere periode.",
    "fr": "Pas encore de visites pendant cette période. Choisissez une période plus longue.",
    "en": "No visits in this period yet. Choose a longer period.",
}
NOT_AVAILABLE: Texts = {
    "nl": "Niet beschikbaar",
    "fr": "Pas disponible",
    "en": "Not available",
}
NOT_STOPPED: Texts = {
    "nl": "In deze twaalf maanden noteerde niemand een knelpunt met deze dienst.",
    "fr": "Pendant ces douze mois, personne n'a noté d'obstacle avec ce service.",
    "en": "In these twelve months nobody noted a bottleneck with this service.",
}

_CONTACTS: Texts = {"nl": "{n} contacten", "fr": "{n} contacts", "en": "{n} contacts"}
_ONE_CONTACT: Texts = {"nl": "1 contact", "fr": "1 contact", "en": "1 contact"}
_SO_FAR: Texts = {
    "nl": "{contacts} tot nu toe",
    "fr": "{contacts} jusqu'à présent",
    "en": "{contacts} so far",
}
_MORE: Texts = {
    "nl": "{contacts}, {d} meer dan in de periode ervoor",
    "fr": "{contacts}, {d} de plus que pendant la période précédente",
    "en": "{contacts}, {d} more than in the period before",
}
_FEWER: Texts = {
    "nl": "{contacts}, {d} minder dan in de periode ervoor",
    "fr": "{contacts}, {d} de moins que pendant la période précédente",
    "en": "{contacts}, {d} fewer than in the period before",
}
_AS_MANY: Texts = {
    "nl": "{contacts}, evenveel als in de periode ervoor",
    "fr": "{contacts}, autant que pendant la période précédente",
    "en": "{contacts}, as many as in the period before",
}
_OUTLINED: Texts = {
    "nl": "{place}, {period} ({days} dagen). Omlijnd: {before} ({daysBefore} dagen), {contacts}.",
    "fr": "{place}, {period} ({days} jours). En contour : {before} ({daysBefore} jours), {contacts}.",
    "en": "{place}, {period} ({days} days). Outlined: {before} ({daysBefore} days), {contacts}.",
}
_OPENINGS: Texts = {
    "nl": " Dagen waarop een digipunt bezoek had: {now}, ervoor {before}.",
    "fr": " Jours où un point numérique a eu des visites : {now}, avant {before}.",
    "en": " Days on which a digipunt had visits: {now}, before {before}.",
}
_REACHED: Texts = {
    "nl": "Minstens {low}, hoogstens {high} personen bereikt",
    "fr": "Au moins {low}, au plus {high} personnes touchées",
    "en": "At least {low}, at most {high} people reached",
}
_AT_LEAST: Texts = {"nl": "minstens {n}", "fr": "au moins {n}", "en": "at least {n}"}
_AT_MOST: Texts = {"nl": "hoogstens {n}", "fr": "au plus {n}", "en": "at most {n}"}
_STATES: dict[str, Texts] = {
    "reached": {"nl": "zeker bereikt", "fr": "certainement atteint", "en": "certainly reached"},
    "maybe": {"nl": "misschien bereikt", "fr": "peut-être atteint", "en": "perhaps reached"},
    "notReached": {"nl": "niet bereikt", "fr": "pas atteint", "en": "not reached"},
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted in a period: its name, how many days it has, and on how many of them digipunten had visits.

    `openings` is None where that says nothing, as of people who live somewhere.
    """

    period: str
    days: int
    contacts: int
    openings: int | None


def contacts_caption(
    place: str, now: Counted, before: Counted | None, language: str, *, over: bool
) -> Caption:
    """`before` is the period before, None when nothing was counted in it. One that is not `over` is not compared in words."""
    contacts = contacts_words(now.contacts, language)
    title = contacts if over else _SO_FAR[language].format(contacts=contacts)
    if before is None:
        return Caption(title, f"{place}, {now.period}")
    more = now.contacts - before.contacts
    if over:
        words = _MORE if more > 0 else _FEWER if more < 0 else _AS_MANY
        title = words[language].format(contacts=contacts, d=whole(abs(more), language))
    subtitle = _OUTLINED[language].format(
        place=place,
        period=now.period,
        days=now.days,
        before=before.period,
        daysBefore=before.days,
        contacts=contacts_words(before.contacts, language),
    )
    if now.openings is not None and before.openings is not None:
        opened = {"now": whole(now.openings, language), "before": whole(before.openings, language)}
        subtitle += _OPENINGS[language].format(**opened)
    return Caption(title, subtitle)


def contacts_words(count: int, language: str) -> str:
    """Such as “1 contact” or “1.442 contacten”."""
    return (_ONE_CONTACT if count == 1 else _CONTACTS)[language].format(n=whole(count, language))


def reach_caption(
    place: str, period: str, at_least: int, at_most: int, definition: str, language: str
) -> Caption:
    """`definition` says what reaching somebody means: the word never stands without it."""
    bounds = {"low": whole(at_least, language), "high": whole(at_most, language)}
    return Caption(_REACHED[language].format(**bounds), f"{place}, {period}. {definition}")


def at_least_words(value: int, language: str) -> str:
    """Such as “minstens 878”."""
    return _AT_LEAST[language].format(n=whole(value, language))


def at_most_words(value: int, language: str) -> str:
    """Such as “hoogstens 1.442”."""
    return _AT_MOST[language].format(n=whole(value, language))


def bounds_words(at_least: int, at_most: int, language: str) -> str:
    """Such as “897”, or “minstens 878, hoogstens 1.442”."""
    if at_least == at_most:
        return whole(at_least, language)
    bounds = (at_least_words(at_least, language), at_most_words(at_most, language))
    # Where it takes two lines, each has one of the bounds.
    return ", ".join(each.replace(" ", "\N{NO-BREAK SPACE}") for each in bounds)


def step_words(step: int, state: str, language: str) -> str:
    """Such as “1.000: zeker bereikt”."""
    colon = "\u202f:" if language == "fr" else ":"
    return f"{whole(step, language)}{colon} {_STATES[state][language]}"
