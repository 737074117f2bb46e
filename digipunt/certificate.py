"""The certificate of an erasure: what each service did and when, as text and as a page, without anything of who it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from html import escape
from typing import Any, Literal

from chassis.clock import BRUSSELS

LANGUAGES = ("nl", "fr", "en")

Done = Mapping[str, list[dict[str, Any]]]

WORDS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "title": "Bewijs van wissen",
        "intro": "De gegevens van één persoon zijn gewist. Dit bewijs noemt geen naam, alleen het nummer van het dossier.",
        "person": "Dossier",
        "made": "Opgemaakt op",
        "service": "Onderdeel",
        "what": "Wat is gewist",
        "when": "Wanneer",
        "missing": "Nog niet klaar",
        "leftOut": "Niet in gebruik hier",
        "elsewhere": "Niet gewist: wat een andere gemeente van deze persoon bewaart",
        "part": "De gegevens van één persoon zijn gewist in deze gemeente, maar niet in een andere. Dit bewijs noemt geen naam,"
        " alleen het nummer van het dossier.",
        "stays": "Wat bleef: aantallen in de cijfers, zonder naam. Wie wat deed, staat in het spoor, met dit nummer.",
    },
    "fr": {
        "title": "Attestation d’effacement",
        "intro": "Les données d’une personne sont effacées. Ceci ne dit aucun nom, seulement le numéro du dossier.",
        "person": "Dossier",
        "made": "Établie le",
        "service": "Partie",
        "what": "Ce qui est effacé",
        "when": "Quand",
        "missing": "Pas encore prêt",
        "leftOut": "Pas en service ici",
        "elsewhere": "Pas effacé : ce qu’une autre commune garde de cette personne",
        "part": "Les données d’une personne sont effacées dans cette commune, mais pas dans une autre. Ceci ne dit aucun nom,"
        " seulement le numéro du dossier.",
        "stays": "Ce qui reste : des nombres dans les chiffres, sans nom. La trace dit qui a fait quoi, sous ce numéro.",
    },
    "en": {
        "title": "Certificate of erasure",
        "intro": "The data of one person was erased. This certificate has no name, only the number of the file.",
        "person": "File",
        "made": "Made on",
        "service": "Part",
        "what": "What was erased",
        "when": "When",
        "missing": "Not done yet",
        "leftOut": "Not in use here",
        "elsewhere": "Not erased: what another municipality keeps of this person",
        "part": "The data of one person was erased in this municipality, but not in another. This certificate has no name,"
        " only the number of the file.",
        "stays": "What stayed: counts in the figures, without a name. Who did what is in the trail, under this number.",
    },
}

SERVICES: Mapping[str, tuple[str, str, str]] = {
    "visits": ("Bezoeken en sessies", "Visites et séances", "Visits and sessions"),
    "loans": ("Uitlenen", "Prêts", "Lending"),
    "notifications": ("Berichten", "Messages", "Messages"),
    "desk": ("Balie", "Guichet", "Desk"),
}

KINDS: Mapping[str, tuple[str, str, str]] = {
    "borrower": ("gegevens van de lener", "données de l’emprunteur", "data of the borrower"),
    "request": ("opmerkingen bij aanvragen", "remarques des demandes", "remarks with requests"),
    "loan": ("wie een toestel afhaalde", "qui a retiré un appareil", "who collected a device"),
    "agreement": (
        "overeenkomsten met handtekening",
        "conventions avec signature",
        "agreements with signature",
    ),
    "contact": ("gegevens van het contact", "données du contact", "data of the contact"),
    "reader": ("gegevens van de lezer", "données du lecteur", "data of the reader"),
    "message": (
        "berichten losgemaakt van de persoon",
        "messages détachés de la personne",
        "messages cut loose from the person",
    ),
    "registration": (
        "inschrijvingen losgemaakt van de persoon",
        "inscriptions détachées de la personne",
        "registrations cut loose from the person",
    ),
    "followUp": (
        "opvolgingen losgemaakt van de persoon",
        "suivis détachés de la personne",
        "follow-ups cut loose from the person",
    ),
    "helper": ("gegevens van de helper", "données de l’aidant", "data of the helper"),
}


Why = Literal["missing", "leftOut", "elsewhere"]
Missing = Mapping[str, Why]
"""Services in which something is still kept, or may be: they have not answered for themselves, are no part of this deployment,
or keep the person for another municipality too."""


def text(person: str, done: Done, missing: Missing, language: str) -> str:
    """The certificate for a terminal."""
    words = WORDS[language]
    lines = [words["title"], "", _intro(missing, words), "", f"{words['person']}: {person}"]
    lines += [f"{words['made']}: {_moment(datetime.now(UTC).isoformat())}", ""]
    lines += [f"{service}: {what}, {when}" for service, what, when in _rows(done, language)]
    lines += [f"{words[why]}: {_in(SERVICES, each, language)}" for each, why in missing.items()]
    return "\n".join([*lines, "", words["stays"]])


def html(person: str, done: Done, missing: Missing, language: str) -> str:
    """The certificate as a page to print."""
    words = WORDS[language]
    rows = "".join(
        f"<tr><td>{escape(service)}</td><td>{escape(what)}</td><td>{escape(when)}</td></tr>"
        for service, what, when in _rows(done, language)
    )
    rows += "".join(
        f"<tr><td>{escape(_in(SERVICES, each, language))}</td><td>{escape(words[why])}</td><td></td></tr>"
        for each, why in missing.items()
    )
    heads = "".join(f"<th scope='col'>{escape(words[each])}</th>" for each in ("service", "what", "when"))
    return (
        f"<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{escape(words['title'])}</title><style>"
        "@page { size: A4; margin: 25mm } body { font: 11pt/1.5 'DejaVu Sans', sans-serif }"
        " table { border-collapse: collapse; width: 100% } th, td { text-align: left; border-bottom: 1px solid #999;"
        " padding: 2mm 3mm 2mm 0; vertical-align: top }</style></head><body>"
        f"<h1>{escape(words['title'])}</h1><p>{escape(_intro(missing, words))}</p>"
        f"<p>{escape(words['person'])}: {person}<br>{escape(words['made'])}: {_moment(datetime.now(UTC).isoformat())}</p>"
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table><p>{escape(words['stays'])}</p></body></html>"
    )


def _intro(missing: Missing, words: Mapping[str, str]) -> str:
    return words["part" if "elsewhere" in missing.values() else "intro"]


def _rows(done: Done, language: str) -> Iterable[tuple[str, str, str]]:
    for service, steps in done.items():
        for step in steps:
            what = f"{step['count']} {_in(KINDS, step['kind'], language)}"
            yield _in(SERVICES, service, language), what, _moment(step["at"])


def _in(words: Mapping[str, tuple[str, str, str]], code: str, language: str) -> str:
    return words[code][LANGUAGES.index(language)] if code in words else code


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(BRUSSELS).strftime("%d/%m/%Y %H:%M:%S")
