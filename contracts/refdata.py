"""Reference data: the codes that all services share, with labels in Dutch, French and English.

A code is stable. It is never deleted, but can be retired, which keeps it for what was recorded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import fields

from contracts.labels import LABELS


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its labels. A retired one is kept in old records and refused in new ones."""

    code: str
    nl: str
    fr: str
    en: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class RefList:
    """One list, in the order in which it is shown."""

    name: str
    codes: tuple[Code, ...]


def _list(name: str, table: str) -> RefList:
    """A list from its table; a fifth column `retired` retires the code."""
    rows = ([cell.strip() for cell in line.split("|")] for line in table.strip().splitlines())
    codes = (Code(code, nl, fr, en, more == ["retired"]) for code, nl, fr, en, *more in rows)
    return RefList(name, tuple(codes))


LISTS: dict[str, RefList] = {name: _list(name, table) for name, table in LABELS.items()}

WITHOUT_OTHER: Mapping[str, str] = {
    "ageBand": "a scale of all ages, and notAsked",
    "borrowerKind": "a person or not",
    "channel": "the ways that this software has",
    "condition": "a scale; what is odd about a device stands in its note",
    "contact": "a scale: first, repeat, or unknown",
    "deviceState": "states that this software has",
    "digipuntState": "states that this software has",
    "followUpState": "states that this software has",
    "help": "who did it: the visitor, both, or the helper",
    "loanState": "states that this software has",
    "messageKind": "the messages that this software sends",
    "messageState": "states that this software has",
    "municipality": "the municipalities of the partnership; residence takes any NIS code",
    "outcome": "how far it came, from solved to not possible; why stands in bottlenecks and referrals",
    "place": "where, as far as figures tell places apart; left out when none fits",
    "registrationState": "states that this software has",
    "selfReliance": "a scale, and notAsked",
    "sessionState": "states that this software has",
    "situation": "what the funder asks; none of them when none fits",
    "targetAudience": "everybody or adults, as grants count",
    "targetMeasure": "the figures that a target can be set for",
    "weekday": "all seven",
}
"""The lists without `other`, each with the reason: they are a scale, states of our own, or answer a fixed question.

Every other list is of things in the world, and ends with `other` for what has no code yet. `notAsked` is last where somebody
could have been asked and was not.
"""

_CODES = {name: {each.code: each for each in ref.codes} for name, ref in LISTS.items()}
_ALL = {name: frozenset(each.code for each in ref.codes) for name, ref in LISTS.items()}
_ACTIVE = {
    name: frozenset(each.code for each in ref.codes if not each.retired) for name, ref in LISTS.items()
}


def codes(list_name: str) -> frozenset[str]:
    """Every code of the list, retired ones too."""
    return _ALL[list_name]


def active(list_name: str) -> frozenset[str]:
    """The codes that new records may use."""
    return _ACTIVE[list_name]


def label(list_name: str, code: str, language: str) -> str:
    """The label of a code in `nl`, `fr` or `en`. Raises KeyError for a code that is not in the list."""
    return str(getattr(_CODES[list_name][code], language))


class RefCode(fields.String):
    """A code of one list; the error of an unknown one says where to find the list."""

    default_error_messages = {  # noqa: RUF012 - marshmallow's own name and form
        "unknown_code": "This code is not in the list; see refData/{list}."
    }

    def __init__(self, list_name: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.list_name = list_name
        self.metadata = {"enum": sorted(codes(list_name))} | dict(self.metadata)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        if not isinstance(value, str) or value not in _ALL[self.list_name]:
            raise self.make_error("unknown_code", list=self.list_name)
        return value
