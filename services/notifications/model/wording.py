"""How what is told becomes text: names with the right apostrophe, capitals, and nothing said twice in one message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_APOSTROPHES = "'’‘‛ʼ`´❛❜＇"
_CLIPPED = re.compile(rf"(?<!\w)[{_APOSTROPHES}](?=(?:t|s|n|k|m|r|er)\b)", re.IGNORECASE)
"""The apostrophe of ’t Recupke, ’s avonds, ’n: never an opening quote, whatever a word processor made of it."""

_INSIDE = re.compile(rf"(?<=\w)[{_APOSTROPHES}](?=\w)")
"""And that of D’Hondt and l’école."""

_SENTENCE_END = re.compile(r"(?<=[.!])\s+(?=[^\W\d_a-z]|[’'])")
"""A question goes with what follows it."""

_ENDED_TWICE = re.compile(r"(?<!\.)(\.{3}|[.!?…])\.(?=\s|$)")
"""A full stop after a name, title or note that ends a sentence by itself: “Wat is AI?.”"""

_FIRST_LETTER = re.compile(rf"^(?:[{_APOSTROPHES}]\w+\s+)?(\w)")

_RELATIVE_DAYS = {
    "nl": r"vandaag|(?:over)?morgen|(?:eer)?gisteren|van(?:avond|middag|morgen|ochtend|nacht)",
    "fr": r"aujourd['’]hui|(?:après-)?demain|(?:avant-)?hier|ce (?:jour|soir|matin)|cet après-midi",
    "en": r"today|tomorrow|yesterday|tonight|this (?:morning|afternoon|evening)",
}
"""Words that are true on one day only: who reads a letter, or a call sheet, reads it on another."""


def tidy(text: str) -> str:
    """A name or title with ’ for every apostrophe, however it was typed; quotation marks stay."""
    return _INSIDE.sub("’", _CLIPPED.sub("’", text))


def sentence_start(text: str) -> str:
    """With a capital, as a sentence starts: “’s avonds” becomes “’s Avonds”, and “’t Recupke” stays."""
    first = _FIRST_LETTER.match(text)
    return text[: first.start(1)] + first[1].upper() + text[first.end(1) :] if first else text


def ended_once(text: str) -> str:
    """Without a full stop after what ends a sentence already, as a title that is a question does."""
    return _ENDED_TWICE.sub(r"\1", text)


def relative_days(text: str, language: str) -> list[str]:
    """The words in `text` that name a day by when it is said."""
    found = re.findall(rf"\b(?:{_RELATIVE_DAYS[language]})\b", text, re.IGNORECASE)
    return sorted({each.lower() for each in found})


@dataclass(frozen=True, slots=True)
class Body:
    """What one message says. `details`, such as when and where, hold of `subject` only, such as one lesson."""

    text: str
    subject: str | None = None
    details: tuple[str, ...] = ()

    def key(self, part: str) -> tuple[str, str | None]:
        """What makes a part of it a repeat: the same words, and of the same subject when they tell a detail."""
        return part, self.subject if any(detail in part for detail in self.details) else None


def without_repeats(bodies: Iterable[Body], facts: Mapping[str, Any]) -> list[str]:
    """The bodies of one message without what an earlier one said: lines, or sentences where there is one line.

    What is left empty is left out. `facts` are not cut, whatever full stops are in them.
    """
    whole = [value for value in facts.values() if isinstance(value, str) and re.search(r"[.!]\s", value)]
    said: set[tuple[str, str | None]] = set()
    kept = []
    for body in bodies:
        lines = body.text.strip().splitlines()
        parts = lines if lines[1:] else _sentences(body.text.strip(), whole)
        new = [part for part in parts if body.key(part) not in said or not part]
        text = ("\n" if lines[1:] else " ").join(new)
        said.update(map(body.key, parts))
        if text.strip():
            kept.append(text.strip())
    return kept


def _sentences(line: str, whole: list[str]) -> list[str]:
    for number, value in enumerate(whole):
        line = line.replace(value, f"\x00{number}\x00")
    parts = _SENTENCE_END.split(line)
    for number, value in enumerate(whole):
        parts = [part.replace(f"\x00{number}\x00", value) for part in parts]
    return parts
