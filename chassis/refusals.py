"""Every refusal has a code for programs and a text for people, in Dutch, French and English.

A package keeps its texts in a `refusals.yaml` beside its code: code → nl, fr, en, with `{name}` where a value comes.
Errors carry the code and the values only; which language is read is decided where the text leaves the process. A code
is a promise: front ends hold on to it, so it is never renamed (`docs/api.md`). Texts are read from disk when the first
one is needed, which most processes never do before they answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

LANGUAGES = ("nl", "fr", "en")
ENGLISH = "en"
"""The language of logs, of the command line, and of programs that ask for none."""

UNCODED = "uncoded"
"""What a sentence has that stands in the code itself: those of the command line, which never travel over HTTP."""

_OR = {"nl": "of", "fr": "ou", "en": "or"}

Texts = Mapping[str, str]


class Reason(str):
    """A code with its values, as a string that marshmallow takes for the message of a field or a validator.

    `params` are the values, `type` is the kind of problem with a field. marshmallow fills a message in with `format`,
    perhaps twice; here that only adds values, and the text is made later.
    """

    params: Mapping[str, object]
    type = "schemaViolation"

    def __new__(cls, code: str, **params: object) -> Reason:
        made = super().__new__(cls, code)
        made.params = params
        return made

    def of_type(self, type: str) -> Reason:
        """The same as another kind of problem."""
        made = Reason(str(self), **self.params)
        made.type = type
        return made

    def format(self, *_: object, **params: object) -> Reason:
        """The same code with these values too; what somebody sent is not kept, for it may be about a person."""
        params.pop("input", None)
        return Reason(str(self), **{**self.params, **params}).of_type(self.type)

    def text(self, language: str = ENGLISH) -> str:
        """What to tell a person."""
        return _told(self)[1][language].format_map(_Shown(self.params, language))

    @property
    def code(self) -> str:
        """What to tell a program."""
        return _told(self)[0]


class Catalogue:
    """The texts of one package, beside whose `__init__.py` they stand, and of those that it builds on."""

    def __init__(self, beside: str, *builds_on: Catalogue) -> None:
        self.path = Path(beside).with_name("refusals.yaml")
        self.builds_on = builds_on
        _catalogues.append(self)
        _merged.clear()

    @cached_property
    def texts(self) -> Mapping[str, Texts]:
        """Code → language → text, of this package alone."""
        import yaml

        found: Mapping[str, Texts] = yaml.load(self.path.read_bytes(), yaml.CSafeLoader) or {}
        return found

    def whole(self) -> Mapping[str, Texts]:
        """Code → language → text, with what this package builds on, in the order of the codes."""
        found = {code: texts for each in self._chain() for code, texts in each.texts.items()}
        return dict(sorted(found.items()))

    def _chain(self) -> Iterator[Catalogue]:
        for each in self.builds_on:
            yield from each._chain()
        yield self


def all_texts() -> Mapping[str, Texts]:
    """Code → language → text, of every package that is loaded."""
    if not _merged:
        for catalogue in _catalogues:
            _merged.update(catalogue.texts)
    return _merged


def preferred(accept_language: str) -> str:
    """The language to answer in (RFC 9110, `Accept-Language`).

    A program that asks for none, or for any (`*`, as some libraries send by themselves), gets English, the language of the
    API's description. A person whose browser names only others gets Dutch, the language of the place.
    """
    best, best_weight, asked = "nl", 0.0, False
    for part in accept_language[:_LONGEST_HEADER].split(","):
        tag, _, parameter = part.partition(";")
        language = tag.strip().partition("-")[0].lower()
        asked = asked or language not in ("", "*")
        weight = _weight(parameter)
        if language in LANGUAGES and weight > best_weight:
            best, best_weight = language, weight
    return best if asked else ENGLISH


_LONGEST_HEADER = 500
_catalogues: list[Catalogue] = []
_merged: dict[str, Texts] = {}


def _told(reason: str) -> tuple[str, Texts]:
    """The code and the texts of a reason."""
    if " " in reason:  # A sentence of the command line.
        return UNCODED, dict.fromkeys(LANGUAGES, reason.replace("{", "{{").replace("}", "}}"))
    # The tests hold that each code has its texts; were one missing, the code still says more than an error 500.
    return str(reason), all_texts().get(reason) or dict.fromkeys(LANGUAGES, reason)


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


class _Shown(dict[str, Any]):
    """The values of a text as a person reads them in one language."""

    def __init__(self, params: Mapping[str, object], language: str) -> None:
        super().__init__({name: _shown(value, language) for name, value in params.items()})

    def __missing__(self, name: str) -> str:
        return "…"


def _shown(value: object, language: str) -> object:
    if isinstance(value, date):
        return value.isoformat() if language == ENGLISH else f"{value.day}/{value.month}/{value.year}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        *most, last = [str(each) for each in value] or [""]
        return f"{', '.join(most)} {_OR[language]} {last}" if most else last
    return value


REFUSALS = Catalogue(__file__)
"""Those of the chassis itself, which every service has."""
