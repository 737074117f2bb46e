"""The words of the bottleneck sheet in the three languages."""

from __future__ import annotations

from contracts.message_context import LANGUAGES

_TEXTS: dict[str, tuple[str, str, str]] = {
    "title": (
        "Knelpunten met onlinediensten, {month}",
        "Difficultés avec les services en ligne, {month}",
        "Bottlenecks with online services, {month}",
    ),
    "subject": (
        "Welke onlinediensten mensen tegenhielden in {place}, en waarom",
        "Quels services en ligne ont bloqué des personnes à {place}, et pourquoi",
        "Which online services stopped people in {place}, and why",
    ),
    "where": ("Gemeenten", "Communes", "Municipalities"),
    "month": ("Maand", "Mois", "Month"),
    "asOf": ("Cijfers bijgewerkt tot en met", "Chiffres à jour jusqu'au", "Figures up to and including"),
    "madeOn": ("Gemaakt op", "Établi le", "Made on"),
    "version": ("Welke versie", "Quelle version", "Which version"),
    "all": (
        "Alle getallen, voor wie aangemeld is. Zet dit blad niet openbaar: kleine getallen kunnen over één persoon gaan.",
        (
            "Tous les nombres, pour les personnes connectées. Ne publiez pas cette fiche : de petits nombres peuvent concerner"
            " une seule personne."
        ),
        "All numbers, for whoever is signed in. Do not publish this sheet: small numbers may be about one person.",
    ),
    "notes": ("Notities", "Notes", "Notes"),
    "noNotes": (
        "Notities staan niet in de cijfers. Je coördinator leest ze bij de bezoeken.",
        "Les notes ne figurent pas dans les chiffres. Votre coordinateur les lit auprès des visites.",
        "Notes are not in the figures. Your coordinator reads them with the visits.",
    ),
    "never": ("nog geen enkel bezoek", "encore aucune visite", "no visit yet"),
    "provisional": (
        "Deze maand loopt nog tot en met {day}. De cijfers zijn voorlopig.",
        "Ce mois court encore jusqu'au {day}. Les chiffres sont provisoires.",
        "This month lasts until {day}. The figures are provisional.",
    ),
    "inWords": ("In woorden", "En mots", "In words"),
    "nobody": (
        "In deze maand noteerde niemand een knelpunt.",
        "Ce mois-ci, personne n'a noté de difficulté.",
        "In this month nobody noted a bottleneck.",
    ),
    "total": (
        "In deze maand noteerden digihelpers {n} keer een knelpunt. De maand ervoor {before} keer.",
        "Ce mois-ci, les aidants numériques ont noté {n} fois une difficulté. Le mois précédent, {before} fois.",
        "In this month digital helpers noted a bottleneck {n} times. In the month before {before} times.",
    ),
    "inNumbers": ("In getallen", "En nombres", "In numbers"),
    "services": (
        "Hoe vaak elke onlinedienst mensen tegenhield",
        "Combien de fois chaque service en ligne a bloqué des personnes",
        "How often each online service stopped people",
    ),
    "causes": ("Waarom het vastliep", "Pourquoi cela a bloqué", "Why it got stuck"),
    "outcomes": ("Hoe die bezoeken afliepen", "L'issue de ces visites", "How those visits ended"),
    "trend": (
        "Knelpunten in de laatste twaalf maanden",
        "Difficultés au cours des douze derniers mois",
        "Bottlenecks in the last twelve months",
    ),
    "overTime": ("Twaalf maanden", "Douze mois", "Twelve months"),
    "service": ("Onlinedienst", "Service en ligne", "Online service"),
    "cause": ("Oorzaak", "Cause", "Cause"),
    "outcome": ("Afloop", "Issue", "Outcome"),
    "times": ("Keer", "Fois", "Times"),
    "before": ("De maand ervoor", "Le mois précédent", "The month before"),
    "together": ("Samen", "Ensemble", "Together"),
    "noted": (
        "Alle onlinediensten samen: {n} keer in twaalf maanden",
        "Tous les services en ligne ensemble : {n} fois en douze mois",
        "All online services together: {n} times in twelve months",
    ),
    "alt": (
        "Kolommen per maand. {title}. De getallen staan in de tabel van de twaalf maanden.",
        "Colonnes par mois. {title}. Les nombres figurent dans le tableau des douze mois.",
        "Columns by month. {title}. The numbers are in the table of the twelve months.",
    ),
    "file": ("knelpunten", "difficultes", "bottlenecks"),
}


def say(name: str, language: str, **values: object) -> str:
    """One of the texts, in `nl`, `fr` or `en`."""
    return _TEXTS[name][LANGUAGES.index(language)].format(**values)
