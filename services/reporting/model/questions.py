"""What can be asked of the facts: by what they are counted, what is counted, and of which contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from contracts import refdata
from contracts.visits import VISIT_CODES
from services.reporting.model.dimensions import NOT_ASKED, REQUIRED
from services.reporting.model.layout import LAYOUT
from services.reporting.model.periods import MONTHS

NONE = "none"
"""The code of contacts that were not referred, or at which nothing stopped anybody."""

CONTACTS, NEW_PEOPLE, MINUTES, BOTTLENECKS = "contacts", "newPeople", "minutes", "bottlenecks"
PEOPLE_RECOGNISED = "peopleRecognised"
MEASURES = (CONTACTS, NEW_PEOPLE, MINUTES, BOTTLENECKS, PEOPLE_RECOGNISED)

DAY = "day"
TIMES = (DAY, *MONTHS)
PLACES = ("municipality", "digipunt")
ONLINE_SERVICE, CAUSE, RESIDENCE = "onlineService", "bottleneckCause", "residence"


@dataclass(frozen=True, slots=True)
class Coded:
    """A dimension of codes: of a packed `field` of the fact, or of a column of its own."""

    name: str
    field: str | None
    codes: tuple[str, ...]
    several: bool
    without: str
    """The code of a contact that has none."""

    list_name: str | None = None
    """The reference list of its codes; none where any NIS code may be one."""
    may_lack: bool = True
    """Whether a contact may have none."""

    @property
    def shown(self) -> tuple[str, ...]:
        """The codes that new contacts may have, in the order of their list, with that of having none."""
        current = refdata.active(self.list_name) if self.list_name else ()
        codes = tuple(code for code in self.codes if code in current)
        return (*codes, self.without) if codes and self.may_lack else codes

    def label(self, code: str, language: str) -> str:
        """What people call a code, in `nl`, `fr` or `en`."""
        if code == self.without:
            return _WITHOUT[code][language]
        return refdata.label(self.list_name, code, language) if self.list_name else code


_WITHOUT = {
    NOT_ASKED: {"nl": "niet gevraagd", "fr": "pas demandé", "en": "not asked"},
    NONE: {"nl": "geen", "fr": "aucun", "en": "none"},
}


def _packed(name: str, field: str, without: str = NOT_ASKED) -> Coded:
    place = LAYOUT[field]
    return Coded(
        name, field, place.codes, place.several, without, VISIT_CODES[field].list_name, field not in REQUIRED
    )


def _of_bottlenecks(name: str) -> Coded:
    return Coded(name, None, tuple(each.code for each in refdata.LISTS[name].codes), True, NONE, name)


CODED: Mapping[str, Coded] = {
    each.name: each
    for each in (
        _packed("theme", "themes"),
        *(
            _packed(name, name)
            for name in (
                "help",
                "outcome",
                "selfReliance",
                "place",
                "contact",
                "ageBand",
                "situation",
                "device",
            )
        ),
        _packed("referredFrom", "referredFrom", NONE),
        _packed("referredTo", "referredTo", NONE),
        Coded(RESIDENCE, None, (), False, NOT_ASKED),
        _of_bottlenecks(ONLINE_SERVICE),
        _of_bottlenecks(CAUSE),
    )
}

DIMENSIONS = (*PLACES, *TIMES, *CODED)


@dataclass(frozen=True, slots=True)
class Question:
    """`by` has one or two dimensions; `filters` choose contacts, by dimension, and bottlenecks by their service and cause."""

    measure: str
    by: tuple[str, ...]
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def coded(self) -> tuple[str, ...]:
        """The dimensions of codes, in the order of their names: under these a pair is prepared."""
        return tuple(sorted(name for name in self.by if name in CODED))

    @property
    def family(self) -> Literal["contacts", "bottlenecks"]:
        """Whether contacts are counted, with their new people and minutes, or the bottlenecks at them."""
        return "bottlenecks" if self.measure == BOTTLENECKS else "contacts"

    @property
    def of_bottlenecks(self) -> bool:
        """Whether it matters what stopped people."""
        return self.measure == BOTTLENECKS or not {ONLINE_SERVICE, CAUSE}.isdisjoint(
            {*self.by, *self.filters}
        )

    @property
    def needs_facts(self) -> bool:
        """Whether nothing that is prepared can answer it."""
        return bool(self.filters) or DAY in self.by

    @property
    def needs_place(self) -> bool:
        """New people are rounded by digipunt and month, so that they add up."""
        return self.measure == NEW_PEOPLE or not set(PLACES).isdisjoint(self.by)

    @property
    def time(self) -> str | None:
        """Into what the period is cut before anything is added up: days, months, or not at all."""
        if DAY in self.by:
            return DAY
        return "month" if self.measure == NEW_PEOPLE or not set(TIMES).isdisjoint(self.by) else None

    def additive(self, name: str) -> bool:
        """Whether the cells along this dimension add up to their total."""
        if self.measure == PEOPLE_RECOGNISED:
            return False
        coded = CODED.get(name)
        if coded is None:
            return True
        of_each_bottleneck = self.measure == BOTTLENECKS and name in (ONLINE_SERVICE, CAUSE)
        return self.measure != NEW_PEOPLE and (not coded.several or of_each_bottleneck)
