"""From tallies to the cells of an answer: a value for each pair of codes, days or places, and totals counted apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from services.reporting.model.estimates import Cell as Place
from services.reporting.model.estimates import Contacts, Month, part
from services.reporting.model.periods import name_of
from services.reporting.model.questions import CODED, MINUTES, NEW_PEOPLE, PLACES, Question
from services.reporting.model.signs import ESTIMATED, PLAIN
from services.reporting.model.tallies import ALL, Key, Tallies

START = Key._fields.index("start")

Codes = tuple[str, ...]
"""One code, place or time for each dimension of a question."""


@dataclass(frozen=True, slots=True)
class Value:
    """A number, and what is to be said of it (`model.signs`)."""

    value: int | None = 0
    status: str = PLAIN

    def __add__(self, other: Value) -> Value:
        known = [each for each in (self.value, other.value) if each is not None]
        return Value(sum(known), other.status if self.status == PLAIN else self.status)

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"value": self.value, "status": self.status}


@dataclass(frozen=True, slots=True)
class Answer:
    """Every cell that is not 0 by its codes, and the totals along each dimension and of all."""

    cells: Mapping[Codes, Value]
    rows: Mapping[str, Value]
    columns: Mapping[str, Value]
    all: Value


@dataclass(frozen=True, slots=True)
class Asked:
    """What new people are guessed by: who was asked in a month at a digipunt, and in its municipality."""

    cells: Mapping[Place, Contacts]
    months: Mapping[Month, Contacts]

    def of(self, key: Key) -> Contacts:
        """Those by which the contacts of `key` are guessed."""
        assert key.start is not None, "new people are counted by month"
        here = self.cells.get((key.municipality, key.digipunt, key.start), Contacts())
        return here if here.asked else self.months.get((key.municipality, key.start), Contacts())


def answer(question: Question, tallies: Tallies, asked: Asked | None = None) -> Answer:
    """The cells and totals of a question; `asked` where new people are counted."""
    sums = _values(question, tallies, asked)
    rows: defaultdict[str, Value] = defaultdict(Value)
    columns: defaultdict[str, Value] = defaultdict(Value)
    total = Value()
    for codes, value in sums.items():
        # A total along a dimension of codes is kept under ALL; along places and time it is the sum.
        whole = [code == ALL or name not in CODED for name, code in zip(question.by, codes, strict=True)]
        if len(codes) == 2 and codes[0] != ALL and whole[1]:
            rows[codes[0]] += value
        if len(codes) == 2 and codes[1] != ALL and whole[0]:
            columns[codes[1]] += value
        if all(whole):
            total += value
    return Answer({codes: value for codes, value in sums.items() if ALL not in codes}, rows, columns, total)


def _values(question: Question, tallies: Tallies, asked: Asked | None) -> dict[Codes, Value]:
    """What the tallies say under the codes of the question; nothing where it is 0."""
    names: dict[date | None, str] = {}
    places = [_place(question, name) for name in question.by]
    counts: defaultdict[Codes, int] = defaultdict(int)
    guessed: set[Codes] = set()
    for key, tally in tallies.items():
        codes = tuple(
            [_code(key, place, names, name) for place, name in zip(places, question.by, strict=True)]
        )
        if question.measure == NEW_PEOPLE:
            assert asked is not None, "new people are guessed by who was asked"
            counts[codes] += tally.firsts + part(tally.unknown, asked.of(key))
            if tally.unknown:
                guessed.add(codes)
        else:
            counts[codes] += tally.minutes if question.measure == MINUTES else tally.contacts
    return {
        codes: Value(count, ESTIMATED if codes in guessed else PLAIN)
        for codes, count in counts.items()
        if count
    }


def _place(question: Question, name: str) -> int:
    """Which part of a key is the code of a dimension."""
    if name in CODED:
        return Key._fields.index("ab"[question.coded.index(name)])
    return Key._fields.index(name if name in PLACES else "start")


def _code(key: Key, place: int, names: dict[date | None, str], name: str) -> str:
    if place != START:
        return cast(str, key[place])
    if key.start not in names:
        assert key.start is not None, "the facts were cut by time"
        names[key.start] = name_of(key.start, name)
    return names[key.start]


def in_order(question: Question, codes: Iterable[Codes]) -> list[Codes]:
    """In the order of the lists that the codes are from, never by a count; days and places by their name."""
    ranks = [_ranks(name) for name in question.by]
    return sorted(
        codes,
        key=lambda each: tuple(
            (rank.get(code, len(rank)), code) for rank, code in zip(ranks, each, strict=True)
        ),
    )


def _ranks(name: str) -> dict[str, int]:
    codes: Sequence[str] = CODED[name].codes if name in CODED else ()
    ranks = {code: number for number, code in enumerate(codes)}
    return ranks if not codes else ranks | {CODED[name].without: len(codes)}


def named(question: Question, codes: Codes, value: Value) -> dict[str, Any]:
    """A cell as JSON has it."""
    return dict(zip(question.by, codes, strict=True)) | value.told()


def totals(question: Question, found: Answer) -> dict[str, Any]:
    """The totals as JSON has them; a question in one dimension has no rows and columns."""
    return {
        "row": list(_line(question, question.by[0], found.rows)),
        "column": list(_line(question, question.by[-1], found.columns)),
        "all": found.all.told(),
    }


def _line(question: Question, name: str, line: Mapping[str, Value]) -> Iterator[dict[str, Any]]:
    alone = Question(question.measure, (name,))
    for (code,) in in_order(alone, ((code,) for code in line)):
        yield {name: code} | line[code].told()
