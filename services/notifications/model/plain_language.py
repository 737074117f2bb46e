"""Plain language (A2–B1), measured: sentences of at most 15 words, reading ease of 60 or more, no jargon.

Reading ease, from words a sentence (w/s) and syllables a word (y/w); 60 and above is "plain" in each:
    nl  Flesch–Douma    206.84 − 0.93·w/s − 77·y/w      (W. H. Douma, De leesbaarheid van landbouwbladen, 1960)
    fr  Kandel–Moles    207 − 1.015·w/s − 73.6·y/w      (Kandel and Moles, Cahiers d'études de radio-télévision, 1958)
    en  Flesch          206.835 − 1.015·w/s − 84.6·y/w  (R. Flesch, A new readability yardstick, 1948)
Syllables are counted as groups of vowels, which is how the formulas were checked by hand at the time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chassis.refusals import Reason

LONGEST_SENTENCE = 15
LEAST_EASE = 60.0

FORMULAS = {
    "nl": ("Flesch–Douma", 206.84, 0.93, 77.0),
    "fr": ("Kandel–Moles", 207.0, 1.015, 73.6),
    "en": ("Flesch", 206.835, 1.015, 84.6),
}

JARGON = {
    "nl": (
        "account aanmaning administratie alsook applicatie betreffende bijgevolg conform contacteren datum derhalve dient "
        "digitale dienstverlening doch formaliteiten gelieve hierbij indien ingebrekestelling inzake middels mits nopens "
        "onverwijld procedure reeds registratie retourneren schriftelijk teneinde termijn uiterlijk verifiëren "
        "vervaldatum verzoeken voornoemde zulks"
    ),
    "fr": (
        "afférent ci-joint conformément courrier dispositif dossier dûment échéance effectuer faute formalité "
        "incessamment justificatif lors modalités nonobstant notification préalable procédure règlement relatif restituer "
        "sollicite susmentionné veuillez"
    ),
    "en": (
        "accordance account administration aforementioned application attend commence deadline enquiry expiry facilitate "
        "failure forthwith herewith hereby notification notify obtain overdue pursuant procedure regarding registration "
        "remit terminate utilise whereas"
    ),
}

LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:be|eu|com|org|net|vlaanderen)\b", re.IGNORECASE)
PHONE = re.compile(r"(?:\+\d|\b0)\d(?:[ /.]?\d){6,}")

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)|\n|(?<=\s)-\s")
_VOWELS = {
    "nl": re.compile(r"ij|[aeiouyáéíóúàèêôâîû]+|[ëïöü]", re.IGNORECASE),
    "fr": re.compile(r"[aeiouyàâéèêîôùûœæ]+|[ëïü]", re.IGNORECASE),
    "en": re.compile(r"[aeiouy]+", re.IGNORECASE),
}
_SILENT = {
    "nl": None,
    "fr": re.compile(r"(?<=[^aeiouyé])(?:es?|ent)$"),
    "en": re.compile(r"(?<=[^aeiouyl])e$"),
}


@dataclass(frozen=True, slots=True)
class Assessment:
    """How plain a text is. `ease` is the reading ease; `problems` name what to change."""

    words: int
    sentences: int
    longest: int
    ease: float
    formula: str
    problems: list[Reason]


def assess(text: str, language: str) -> Assessment:
    """Measure `text`, as a person gets it, against the rules. A text without words has no problems."""
    sentences = [words for part in _SENTENCE_END.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    longest = max(map(len, sentences), default=0)
    ease = _ease(words, len(sentences), language) if words else 100.0
    problems = []
    if longest > LONGEST_SENTENCE:
        problems.append(Reason("sentenceTooLong", words=longest, most=LONGEST_SENTENCE))
    if ease < LEAST_EASE:
        problems.append(Reason("hardToRead", ease=f"{ease:.0f}", least=f"{LEAST_EASE:.0f}"))
    known = set(JARGON[language].split())
    for word in sorted({word.lower() for word in words} & known):
        problems.append(Reason("jargon", word=word))
    if LINK.search(text):
        problems.append(Reason("webAddress"))
    return Assessment(len(words), len(sentences), longest, round(ease, 1), FORMULAS[language][0], problems)


def has_phone_number(text: str) -> bool:
    """Whether it gives a phone number."""
    return PHONE.search(text) is not None


def syllables(word: str, language: str) -> int:
    """Groups of vowels, without a silent ending; at least one."""
    silent = _SILENT[language]
    spoken = silent.sub("", word.lower()) if silent else word
    return max(1, len(_VOWELS[language].findall(spoken)))


def _ease(words: list[str], sentences: int, language: str) -> float:
    _, start, per_sentence, per_word = FORMULAS[language]
    count = sum(syllables(word, language) for word in words)
    return start - per_sentence * len(words) / sentences - per_word * count / len(words)
