"""The words of messages: sandboxed Jinja templates in three languages, which a municipality may replace by its own.

A kind of message has four parts: `subject` and `text` for e-mail and letter, `sms`, and `say` for the phone and the desk.
The `frame` of a channel goes round what there is to say, so that one message can be about several loans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from chassis.clock import BRUSSELS
from chassis.errors import InvalidInput, Issue
from contracts.refdata import active
from services.notifications.model import gsm7
from services.notifications.model.plain_language import Assessment, assess, has_phone_number
from services.notifications.model.routing import CHANNELS, LANGUAGES

PART_OF = {"sms": "sms", "email": "text", "letter": "text", "phoneCall": "say", "inPerson": "say"}
PARTS = ("subject", "sms", "text", "say")
__all__ = ["CHANNELS", "KINDS", "LANGUAGES", "PARTS", "Item", "Text", "compose", "preview", "require_usable"]

KINDS = tuple(sorted(active("messageKind")))

Overrides = Mapping[tuple[str, str, str], str]
"""A municipality's own texts, by kind, language and part."""

ALWAYS = frozenset({"name", "via", "digipunt", "address", "opening", "phone"})
OF_A_LOAN = ALWAYS | {"device", "dueOn", "overdueDays"}
OF_A_SESSION = ALWAYS | {"title", "startsAt", "references"}
OF_A_FOLLOW_UP = ALWAYS | {"note"}

OPTIONAL = ("references", "note")
"""Facts that an owner leaves out when there are none."""

LONGEST_SMS = 3
"""Parts that a message of one kind may take; longer is a letter."""

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
"""What a template may consist of: text, fields, and text that is there or not. Nothing that computes or repeats."""

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
    "note": None,
}

_environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to tell: its kind, and the facts that its words may use."""

    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Text:
    """A message as a person gets it. `segments` only for SMS."""

    subject: str
    text: str
    segments: int | None = None


def fields_of(kind: str) -> frozenset[str]:
    """The fields that a template of this kind may use."""
    if kind.startswith("loan") or kind == "serviceEnding":
        return OF_A_LOAN
    if kind.startswith("session") or kind == "waitlistOffer":
        return OF_A_SESSION
    return OF_A_FOLLOW_UP if kind == "followUpCall" else ALWAYS


def standard(kind: str, language: str, part: str) -> str:
    """The text that counts where a municipality has none of its own."""
    return str(_standard(language)[kind][part])


def compose(channel: str, language: str, items: Sequence[Item], overrides: Overrides) -> Text:
    """What is said on this channel about all `items`, the most urgent first. A missing fact raises TemplateError."""
    part = PART_OF[channel]
    said = [_render(_chosen(item.kind, language, part, overrides), item, language) for item in items]
    if channel == "sms":
        said = [each[:1].upper() + each[1:] if number else each for number, each in enumerate(said)]
    first = items[0]
    body = (" " if channel == "sms" else "\n\n").join(each.strip() for each in said)
    frame = _standard(language)["frame"][channel]
    fields = _spoken(first.facts, language) | {"body": body}
    text = "\n".join(line.rstrip() for line in _template(frame).render(fields).strip().splitlines())
    if channel == "sms":
        text = gsm7.encodable(text)
        return Text("", text, gsm7.segments(text))
    subject = _render(_chosen(first.kind, language, "subject", overrides), first, language)
    return Text(" ".join(subject.split()), text)


def preview(kind: str, language: str, channel: str, overrides: Overrides) -> tuple[Text, Assessment]:
    """A message of this kind about somebody who does not exist, and how plain it is."""
    facts = {name: value for name, value in SAMPLE.items() if name in fields_of(kind)}
    text = compose(channel, language, [Item(kind, facts)], overrides)
    assessment = assess(f"{text.subject}\n{text.text}", language)
    problems = assessment.problems
    if not has_phone_number(text.text):
        problems.append("it has no phone number")
    if text.segments and text.segments > LONGEST_SMS:
        problems.append(f"it takes {text.segments} SMS; write it in {LONGEST_SMS} at most")
    return text, assessment


def require_usable(kind: str, language: str, part: str, template: str) -> None:
    """Raise InvalidInput unless this can be sent as part of a message: known fields, no broken syntax, SMS signs."""
    try:
        parsed = _environment.parse(template)
    except TemplateSyntaxError as error:
        raise InvalidInput([Issue(f"Line {error.lineno} is no template: {error.message}", "text")]) from None
    if not all(isinstance(node, PLAIN_NODES) for node in [parsed, *parsed.find_all(nodes.Node)]):
        detail = "Use only text, fields such as {{ name }}, and {% if phone %} … {% endif %}."
        raise InvalidInput([Issue(detail, "text")])
    known = fields_of(kind)
    if unknown := sorted(meta.find_undeclared_variables(parsed) - known):
        there = ", ".join(sorted(known))
        raise InvalidInput(
            [Issue(f"There is no field “{name}” here; there are {there}.", "text") for name in unknown]
        )
    facts = {name: value for name, value in SAMPLE.items() if name in known}
    said = _render(template, Item(kind, facts), language)
    if not said.strip():
        raise InvalidInput([Issue("It says nothing.", "text")])
    if part == "sms" and (signs := gsm7.foreign(gsm7.normalised(said))):
        raise InvalidInput([Issue(f"SMS does not have these signs: {' '.join(signs)}", "text")])


def _chosen(kind: str, language: str, part: str, overrides: Overrides) -> str:
    return overrides.get((kind, language, part)) or standard(kind, language, part)


def _render(template: str, item: Item, language: str) -> str:
    return str(_template(template).render(_spoken(item.facts, language)))


@cache
def _template(text: str) -> Any:
    return _environment.from_string(text)


@cache
def _standard(language: str) -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "templates" / f"{language}.yaml"
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _spoken(facts: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The facts with days and moments as people say them."""
    spoken: dict[str, Any] = dict.fromkeys(ALWAYS) | dict(facts)
    if spoken.get("dueOn"):
        spoken["dueOn"] = day(date.fromisoformat(spoken["dueOn"]), language)
    if spoken.get("startsAt"):
        spoken["startsAt"] = moment(datetime.fromisoformat(spoken["startsAt"]), language)
    return spoken


def day(value: date, language: str, *, year: bool = False) -> str:
    """Such as “maandag 30 november”, with the year if asked."""
    # Most starts send nothing, and the library would take part in every one of them.
    from babel.dates import format_date

    return str(format_date(value, "EEEE d MMMM y" if year else "EEEE d MMMM", locale=language))


def moment(value: datetime, language: str) -> str:
    """Such as “dinsdag 1 december om 10.00 uur”, in Belgium."""
    local = value.astimezone(BRUSSELS)
    clock = {"nl": "om {:%H.%M} uur", "fr": "à {:%H h %M}", "en": "at {:%H:%M}"}[language]
    return f"{day(local.date(), language)} {clock.format(local)}"
