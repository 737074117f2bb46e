"""The texts of messages: sandboxed Jinja templates in three languages, which a municipality may replace by its own.

`templates/<kind>.yaml` has the standard texts of a kind, by language and part. `templates/frame.yaml` has what goes around
them on each channel, so that one message can be about several loans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from chassis.errors import InvalidInput, Issue
from chassis.refusals import Reason
from common.dates import day, enumerated, moment, month
from contracts.message_context import Language
from services.notifications.model import gsm7
from services.notifications.model.kinds import (
    EVERY_MESSAGE,
    OF_AN_ENDING,
    Kind,
    Part,
    facts_of,
    urgency,
)
from services.notifications.model.plain_language import Assessment, assess, has_phone_number
from services.notifications.model.states import ChannelName
from services.notifications.model.wording import (
    Body,
    ended_once,
    relative_days,
    sentence_start,
    tidy,
    without_repeats,
)

PART_OF: dict[ChannelName, Part] = {
    "sms": "sms",
    "email": "text",
    "letter": "text",
    "phoneCall": "say",
    "inPerson": "say",
}

TextKey = tuple[Kind, Language, Part]

Overrides = Mapping[TextKey, str]
"""A municipality's own texts."""

LONGEST_SMS = 3
"""Segments that an SMS about one thing may take."""

SAMPLE = {
    "name": "Jan Peeters",
    "via": None,
    "phone": "016 80 56 62",
    "address": "Grote Markt 1, 3300 Tienen",
    "digipunt": "BOM",
    "opening": None,
    "device": "laptop 12",
    "devices": 1,
    "overdueDays": 21,
    "waiting": 0,
    "dueOn": "2026-11-30",
    "closesOn": None,
    "lastDay": None,
    "title": "Veilig online",
    "startsAt": "2026-12-01T10:00:00+01:00",
    "references": "12, 15",
    "location": "bibliotheek, zaal 2",
    "note": None,
    "month": "2026-10-01",
}

SAMPLE_SENTENCES: dict[Language, str] = {
    "nl": "itsme hield mensen minstens 40 keer tegen.\nDe Lijn hield mensen minstens 15 keer tegen.",
    "fr": "itsme a bloqué des personnes au moins 40 fois.\nDe Lijn a bloqué des personnes au moins 15 fois.",
    "en": "itsme stopped people at least 40 times.\nDe Lijn stopped people at least 15 times.",
}
"""What differs by language in a sample."""

OPTIONAL = frozenset({*EVERY_MESSAGE, *OF_AN_ENDING, "waiting", "several"})
"""Facts that may be missing: a text asks for them with {% if … %}."""

NAMES = ("name", "via", "digipunt", "address", "title", "location")

COVERED: frozenset[Kind] = frozenset({"loanDueSoon", "loanDueToday", "loanExtended"})
"""What the end of the digipunt makes untrue: another day to bring the same device back."""


class NotComposed(Exception):
    """A text asks for a fact that is missing; says what the template library calls that."""


@dataclass(frozen=True, slots=True)
class Item:
    """One message: its kind, and the facts that its text may use."""

    kind: Kind
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A message as a person gets it. `segments` is for SMS only."""

    subject: str
    text: str
    segments: int | None = None


def standard(kind: Kind, language: Language, part: Part) -> str:
    """The text that is used where a municipality has none of its own."""
    return _standard(kind)[language][part]


def compose(channel: ChannelName, language: Language, items: Sequence[Item], overrides: Overrides) -> Text:
    """The text on this channel about all `items`, the most urgent first. Raises NotComposed when a fact is missing."""
    part = PART_OF[channel]
    told = [_on(channel, item) for item in _together(items, language)]
    first = told[0]
    rendered = [_body(_chosen(item.kind, language, part, overrides), item, language) for item in told]
    devices = {str(number): item.facts.get("device") for number, item in enumerate(told)}
    bodies = without_repeats(rendered, {**first.facts, **devices})
    # An SMS goes on after the name of the digipunt, so its first word has no capital, unless a carer is named first.
    small = 1 if channel == "sms" and not first.facts.get("via") else 0
    bodies = [*bodies[:small], *map(sentence_start, bodies[small:])]
    body = (" " if channel == "sms" else "\n\n").join(bodies)
    frame = _standard("frame")[language][channel]
    fields = _localise(first.facts, language) | {"body": body}
    text = "\n".join(line.rstrip() for line in _filled(frame, fields).strip().splitlines())
    if channel == "sms":
        text = gsm7.encodable(text)
        return Text("", text, gsm7.segments(text))
    subject = _render(_chosen(first.kind, language, "subject", overrides), first, language)
    return Text(sentence_start(" ".join(subject.split())), text)


def _on(channel: ChannelName, item: Item) -> Item:
    return replace(item, facts=dict(item.facts) | {"byPost": channel == "letter"})


def _together(items: Sequence[Item], language: Language) -> list[Item]:
    """The items as one message tells them: the most urgent first, what is the same but for the device as one."""
    ends = {item.facts.get("device") for item in items if item.kind == "serviceEnding"}
    told: list[Item] = []
    for item in sorted(items, key=lambda each: -urgency(each.kind)):
        if item.kind in COVERED and item.facts.get("device") in ends:
            continue
        # Nobody waits for a device of a digipunt that stops.
        facts = dict(item.facts) | ({"waiting": 0} if ends and "waiting" in item.facts else {})
        same = next((each for each in told if each.kind == item.kind and _alike(each.facts, facts)), None)
        if same is None or "device" not in facts:
            told.append(Item(item.kind, facts))
            continue
        both = [same.facts, facts]
        devices = enumerated(list(dict.fromkeys(str(each["device"]) for each in both)), language)
        more = {"device": devices, "devices": sum(each.get("devices", 1) for each in both)}
        told[told.index(same)] = Item(same.kind, dict(same.facts) | more)
    return told


def _alike(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two sets of facts differ in the device only."""
    ignored = {"device", "devices", "deviceKind", "waiting"}
    return {name: one[name] for name in one if name not in ignored} == {
        name: other[name] for name in other if name not in ignored
    }


def preview(
    kind: Kind,
    language: Language,
    channel: ChannelName,
    overrides: Overrides,
    own: Mapping[str, Any] | None = None,
) -> tuple[Text, Assessment]:
    """A message of this kind about a person who does not exist, and how plain it is.

    `own` are the details of a digipunt, instead of invented ones.
    """
    facts = sample(kind, language) | dict(own or {})
    text = compose(channel, language, [Item(kind, facts)], overrides)
    assessment = assess(f"{text.subject}\n{text.text}", language)
    problems = assessment.problems
    if not has_phone_number(text.text):
        problems.append(Reason("noNumberToCall"))
    if channel != "sms":
        for words in relative_days(f"{text.subject}\n{text.text}", language):
            problems.append(Reason("relativeDay", words=words))
    if text.segments and text.segments > LONGEST_SMS:
        problems.append(Reason("tooManySms", segments=text.segments, most=LONGEST_SMS))
    return text, assessment


def require_plain(
    key: TextKey, text: str, overrides: Overrides, own: Mapping[str, Any] | None = None
) -> None:
    """Raise InvalidInput with each reason why these words, in their place, are not plain: those that a preview tells."""
    kind, language, part = key
    with_it = {**overrides, key: text}
    found = {
        problem.text(): problem  # Two of one code differ by their values.
        for channel in _channels_of(part)
        for problem in preview(kind, language, channel, with_it, own)[1].problems
    }
    if found:
        raise InvalidInput([Issue(str(each), "text", params=each.params) for each in found.values()])


def _channels_of(part: Part) -> Iterator[ChannelName]:
    """The channels on which people get this part."""
    yield from (
        channel for channel, used in PART_OF.items() if used == (part if part != "subject" else "text")
    )


def require_usable(kind: Kind, language: Language, part: Part, template: str) -> None:
    """Raise InvalidInput unless this can be sent as part of a message: known fields, valid syntax, characters of SMS."""
    from services.notifications import sandbox

    known = facts_of(kind)
    if unknown := sorted(sandbox.names_in(template) - known):
        there = ", ".join(sorted(known))
        raise InvalidInput(
            [
                Issue("templateFieldUnknown", "text", params={"field": field, "fields": there})
                for field in unknown
            ]
        )
    rendered = _render(template, Item(kind, sample(kind, language)), language)
    if not rendered.strip():
        raise InvalidInput([Issue("templateEmpty", "text")])
    if part == "sms" and (signs := gsm7.foreign(gsm7.normalised(rendered))):
        named = ", ".join(map(gsm7.in_words, signs))
        raise InvalidInput([Issue("signsNotInSms", "text", params={"signs": named})])


def sample(kind: Kind, language: Language) -> dict[str, Any]:
    """The facts of a message of this kind about a person who does not exist."""
    known = facts_of(kind) | {"devices"}
    facts = SAMPLE | {"sentences": SAMPLE_SENTENCES[language]}
    return {name: value for name, value in facts.items() if name in known}


def _chosen(kind: Kind, language: Language, part: Part, overrides: Overrides) -> str:
    return overrides.get((kind, language, part)) or standard(kind, language, part)


def _body(template: str, item: Item, language: Language) -> Body:
    facts = _localise(item.facts, language)
    details = (facts.get("startsAt"), facts.get("location"))
    return Body(_render(template, item, language), facts.get("title"), tuple(filter(None, details)))


def _render(template: str, item: Item, language: Language) -> str:
    return ended_once(_filled(template, _localise(item.facts, language)))


def _filled(template: str, fields: Mapping[str, Any]) -> str:
    from services.notifications import sandbox

    try:
        return sandbox.fill(template, fields)
    except sandbox.TemplateError as error:
        raise NotComposed(type(error).__name__) from None


@cache
def _standard(kind: str) -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "templates" / f"{kind}.yaml"
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _localise(facts: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The facts as a text uses them: names with their apostrophe, dates and times written out in this language."""
    localised: dict[str, Any] = dict.fromkeys(OPTIONAL) | dict(facts)
    localised |= {name: tidy(localised[name]) for name in NAMES if localised.get(name)}
    for name in ("dueOn", "closesOn", "lastDay"):
        if localised.get(name):
            localised[name] = day(date.fromisoformat(localised[name]), language)
    if localised.get("month"):
        localised["month"] = month(date.fromisoformat(localised["month"]), language)
    if localised.get("startsAt"):
        localised["startsAt"] = moment(datetime.fromisoformat(localised["startsAt"]), language)
    devices = localised.get("devices") or 1
    localised["several"] = devices if devices > 1 else None
    return localised
