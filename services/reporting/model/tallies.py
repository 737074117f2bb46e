"""Adds up facts that were grouped by the codes of one or two dimensions, each with its totals.

A visit with two themes counts under each, and once in their total: a total is counted, never added up from its parts. So every
tally is kept for each pair of codes and for `''`, which stands for all of a dimension.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from operator import add
from typing import NamedTuple

from services.reporting.model.layout import LAYOUT
from services.reporting.model.questions import CAUSE, CODED, ONLINE_SERVICE, RESIDENCE, Question

ALL = ""
"""Stands for all codes of a dimension, and for the second dimension where there is none."""


class Tally(NamedTuple):
    """What is counted of some contacts, or of bottlenecks, of which only the number counts."""

    contacts: int = 0
    firsts: int = 0
    unknown: int = 0
    minutes: int = 0

    def plus(self, other: Tally, times: int = 1) -> Tally:
        """Both together, the other some times over."""
        return Tally(
            self.contacts + times * other.contacts,
            self.firsts + times * other.firsts,
            self.unknown + times * other.unknown,
            self.minutes + times * other.minutes,
        )


class Key(NamedTuple):
    """Of what a tally is; what the question does not tell apart is empty."""

    municipality: str
    digipunt: str
    start: date | None
    a: str
    b: str


Kept = dict[str, list[int]]
"""Tallies as they are kept, by pair of codes with a bar between them."""

Tallies = dict[Key, Tally]

Pair = tuple[str, str]
"""An online service and why it stopped somebody."""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that a database found to be equal in what the question asks: `raw` as it keeps their codes."""

    municipality: str
    digipunt: str
    start: date | None
    raw: tuple[int | str, ...]
    bottlenecks: str
    tally: Tally


class Unfolding:
    """The codes of `question` behind groups of facts; remembers those that it saw."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._known: dict[tuple[object, ...], dict[Pair, int]] = {}

    def tallies(self, groups: Iterable[Group]) -> Tallies:
        """Every pair of codes, and every total."""
        found: Tallies = {}
        nothing = Tally()
        for group in groups:
            key = (*group.raw, group.bottlenecks)
            codes = self._known.get(key)
            if codes is None:
                codes = self._known[key] = self._codes(group)
            for (a, b), times in codes.items():
                place = Key(group.municipality, group.digipunt, group.start, a, b)
                found[place] = found.get(place, nothing).plus(group.tally, times)
        return found

    def _codes(self, group: Group) -> dict[Pair, int]:
        """Under which codes a visit of this group counts, and how often: once as a contact, or once for each bottleneck."""
        question = self._question
        stopped = [pair for pair in _pairs(group.bottlenecks) if self._asked(pair)]
        units: list[Pair | None] = [*stopped]
        if not stopped and question.family == "contacts" and not (group.bottlenecks and self._chooses()):
            units.append(None)
        counts: Counter[Pair] = Counter()
        for unit in units:
            counts.update(self._combinations(group.raw, unit))
        return dict(counts) if question.family == "bottlenecks" else dict.fromkeys(counts, 1)

    def _chooses(self) -> bool:
        """Whether only some bottlenecks are asked for."""
        return not {ONLINE_SERVICE, CAUSE}.isdisjoint(self._question.filters)

    def _asked(self, pair: Pair) -> bool:
        filters = self._question.filters
        return all(
            name not in filters or code in filters[name]
            for name, code in zip((ONLINE_SERVICE, CAUSE), pair, strict=True)
        )

    def _combinations(self, raw: tuple[int | str, ...], unit: Pair | None) -> Iterator[Pair]:
        choices = [
            [*_codes_of(name, value, unit), ALL]
            for name, value in zip(self._question.coded, raw, strict=True)
        ]
        for codes in product(*choices):
            a, b = (*codes, ALL, ALL)[:2]
            yield a, b


def _codes_of(name: str, value: int | str, unit: Pair | None) -> list[str]:
    coded = CODED[name]
    if name in (ONLINE_SERVICE, CAUSE):
        found = [unit[name == CAUSE]] if unit else []
    elif name == RESIDENCE:
        found = [str(value)] if value else []
    else:
        assert coded.field is not None, "the others are packed"
        found = list(LAYOUT[coded.field].unpack(int(value)))
    return found or [coded.without]


def _pairs(bottlenecks: str) -> list[Pair]:
    found = []
    for each in bottlenecks.split(",") if bottlenecks else ():
        service, _, cause = each.partition("|")
        found.append((service, cause))
    return found


def as_json(tallies: Mapping[Key, Tally]) -> dict[str, Kept]:
    """As they are kept: by digipunt and pair of codes, and under ALL those of all digipunten together."""
    kept: dict[str, Kept] = {}
    for key, tally in tallies.items():
        codes = f"{key.a}|{key.b}"
        kept.setdefault(key.digipunt, {})[codes] = list(tally)
        whole = kept.setdefault(ALL, {})
        whole[codes] = list(Tally(*whole[codes]).plus(tally)) if codes in whole else list(tally)
    return kept


def add_kept(whole: Kept, cells: Kept) -> None:
    """Add tallies to others, as both are kept."""
    for codes, numbers in cells.items():
        before = whole.get(codes)
        whole[codes] = numbers if before is None else list(map(add, before, numbers))


def from_json(cells: Kept) -> Iterator[tuple[Pair, Tally]]:
    """Pair of codes and tally, as `as_json` kept them."""
    for codes, numbers in cells.items():
        a, _, b = codes.partition("|")
        yield (a, b), Tally(*numbers)
