"""The texts of messages: sandboxed Jinja templates in three languages, which a municipality may replace by its own.

`templates/<kind>.yaml` has the standard texts of a kind, by language and part. `templates/frame.yaml` has what goes around
them on each channel, so that one message can be about several loans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from chassis.clock import BRUSSELS
from chassis.errors import InvalidInput, Issue
from contracts.message_context import Language
from services.notifications.model import gsm7
from services.notifications.model.kinds import EVERY_MESSAGE, Kind, Part, facts_of
from services.notifications.model.plain_language import Assessment, assess, has_phone_number
from services.notifications.model.states import ChannelName

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

PLAIN_NODES = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.If,
    nodes.CondExpr,
    nodes.Not,
    nodes.And,
    nodes.Or,
)
"""What a template may consist of: text, fields and conditions. Nothing that computes or repeats."""

SAMPLE = {
    "name": "Jan Peeters",
    "via": None,
    "phone": "016 80 56 62",
    "address": "Grote Markt 1, 3300 Tienen",
    "digipunt": "BOM",
    "opening": None,
    "device": "laptop 12",
    "overdueDays": 21,
    "dueOn": "2026-11-30",
    "title": "Veilig online",
    "startsAt": "2026-12-01T10:00:00+01:00",
    "references": "12, 15",
    "location": None,
    "note": None,
}

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
_environment.globals.clear()


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
    """The text on this channel about all `items`, the most urgent first. A missing fact raises TemplateError."""
    part = PART_OF[channel]
    bodies = [_render(_chosen(item.kind, language, part, overrides), item, language) for item in items]
    if channel == "sms":
        bodies = [each[:1].upper() + each[1:] if number else each for number, each in enumerate(bodies)]
    first = items[0]
    body = (" " if channel == "sms" else "\n\n").join(each.strip() for each in bodies)
    frame = _standard("frame")[language][channel]
    fields = _localise(first.facts, language) | {"body": body}
    text = "\n".join(line.rstrip() for line in _template(frame).render(fields).strip().splitlines())
    if channel == "sms":
        text = gsm7.encodable(text)
        return Text("", text, gsm7.segments(text))
    subject = _render(_chosen(first.kind, language, "subject", overrides), first, language)
    return Text(" ".join(subject.split()), text)


def preview(
    kind: Kind, language: Language, channel: ChannelName, overrides: Overrides
) -> tuple[Text, Assessment]:
    """A message of this kind about a person who does not exist, and how plain it is."""
    facts = {name: value for name, value in SAMPLE.items() if name in facts_of(kind)}
    text = compose(channel, language, [Item(kind, facts)], overrides)
    assessment = assess(f"{text.subject}\n{text.text}", language)
    problems = assessment.problems
    if not has_phone_number(text.text):
        problems.append("it has no phone number")
    if text.segments and text.segments > LONGEST_SMS:
        problems.append(f"it takes {text.segments} SMS; write it in {LONGEST_SMS} at most")
    return text, assessment


def require_usable(kind: Kind, language: Language, part: Part, template: str) -> None:
    """Raise InvalidInput unless this can be sent as part of a message: known fields, valid syntax, characters of SMS."""
    try:
        parsed = _environment.parse(template)
        _template(template)
    except TemplateSyntaxError as error:
        raise InvalidInput(
            [Issue("notATemplate", "text", params={"line": error.lineno, "why": error.message})]
        ) from None
    except (RecursionError, SyntaxError):  # Python takes a hundred blocks inside one another.
        raise InvalidInput([Issue("templateTooDeep", "text")]) from None
    if not all(isinstance(node, PLAIN_NODES) for node in [parsed, *parsed.find_all(nodes.Node)]):
        raise InvalidInput([Issue("templateTooClever", "text")])
    known = facts_of(kind)
    # Every name, `self` included, of which Jinja says that it is declared.
    if unknown := sorted({node.name for node in parsed.find_all(nodes.Name)} - known):
        there = ", ".join(sorted(known))
        raise InvalidInput(
            [
                Issue("templateFieldUnknown", "text", params={"field": field, "fields": there})
                for field in unknown
            ]
        )
    facts = {name: value for name, value in SAMPLE.items() if name in known}
    rendered = _render(template, Item(kind, facts), language)
    if not rendered.strip():
        raise InvalidInput([Issue("templateEmpty", "text")])
    if part == "sms" and (signs := gsm7.foreign(gsm7.normalised(rendered))):
        raise InvalidInput([Issue("signsNotInSms", "text", params={"signs": " ".join(signs)})])


def _chosen(kind: Kind, language: Language, part: Part, overrides: Overrides) -> str:
    return overrides.get((kind, language, part)) or standard(kind, language, part)


def _render(template: str, item: Item, language: Language) -> str:
    return str(_template(template).render(_localise(item.facts, language)))


@lru_cache(maxsize=256)
def _template(text: str) -> Any:
    return _environment.from_string(text)


@cache
def _standard(kind: str) -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "templates" / f"{kind}.yaml"
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _localise(facts: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The facts, with dates and times written out in this language."""
    localised: dict[str, Any] = dict.fromkeys(EVERY_MESSAGE) | dict(facts)
    if localised.get("dueOn"):
        localised["dueOn"] = day(date.fromisoformat(localised["dueOn"]), language)
    if localised.get("startsAt"):
        localised["startsAt"] = moment(datetime.fromisoformat(localised["startsAt"]), language)
    return localised


def day(value: date, language: Language, *, year: bool = False) -> str:
    """Such as “maandag 30 november”, with the year if asked."""
    # Imported late: the library is slow to load, and most processes never need it.
    from babel.dates import format_date

    return str(format_date(value, "EEEE d MMMM y" if year else "EEEE d MMMM", locale=language))


def moment(value: datetime, language: Language) -> str:
    """Such as “dinsdag 1 december om 10.00 uur”, in Belgium."""
    local = value.astimezone(BRUSSELS)
    clock = {"nl": "om {:%H.%M} uur", "fr": "à {:%H h %M}", "en": "at {:%H:%M}"}[language]
    return f"{day(local.date(), language)} {clock.format(local)}"
