"""Under which keys a visit counts: `contacts|`, and `dimension|code` for each of its codes; and its bits in a fact.

Visits have few shapes, and few combinations of codes in a part of their fields: each is looked at once, and then known.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from sys import intern
from typing import Any, NamedTuple

from services.reporting.model.dimensions import NOT_ASKED, OPTIONAL, REQUIRED, SEVERAL, SINGLE
from services.reporting.model.layout import bits_of

AGES_APART = {"under18": "contactUnder18|", NOT_ASKED: "contactAgeNotAsked|"}
"""Age bands of which first and repeated contacts are counted apart, for a grant that counts adults."""

PEOPLE = ("contact", "ageBand", "help", "outcome", "selfReliance")
"""Fields that are looked at together, as are the others: all at once they have too many combinations. `AGES_APART` needs the
first two."""

MOST_KNOWN = 10_000
"""Combinations that are kept; real visits have some hundreds, but for codes that somebody made up."""

Codes = tuple[str, ...]
Counted = tuple[list[str], int]
"""Keys, each once, and the bits of those that a fact holds (`model.layout`)."""


def counted(visit: dict[str, Any]) -> Counted:
    """What this visit counts under; under each code of a list once, however often it is named.

    Raises KeyError when a field is missing that no visit may lack.
    """
    shape = _shape(tuple(visit))
    keys, bits = shape.always.copy(), 0
    for codes_of, known in shape.parts:
        more, more_bits = known[codes_of(visit)]
        keys += more
        bits += more_bits
    return keys, bits


class _Known(dict[Codes, Counted]):
    """What combinations of codes count under."""

    def __init__(self, keys_of: Callable[[Codes], list[str]]) -> None:
        super().__init__()
        self._keys_of = keys_of

    def __missing__(self, codes: Codes) -> Counted:
        # Interned, because what is the same object is counted without being compared.
        keys = list(map(intern, self._keys_of(codes)))
        found = keys, bits_of(keys)
        if len(self) < MOST_KNOWN:
            self[codes] = found
        return found


class _Shape(NamedTuple):
    """What visits with the same fields count under: always, and by the codes that these fields have."""

    always: list[str]
    parts: list[tuple[Callable[[dict[str, Any]], Codes], _Known]]


@lru_cache(maxsize=256)
def _shape(fields: tuple[str, ...]) -> _Shape:
    """Raises KeyError when fields are missing that no visit may lack."""
    if missing := REQUIRED.difference(fields):
        raise KeyError(*sorted(missing))
    always = ["contacts|", *(["minutesKnown|"] if "durationMinutes" in fields else [])]
    always += [prefix + NOT_ASKED for name, prefix in SEVERAL if name in OPTIONAL and name not in fields]
    single = [name for name, _ in SINGLE if name in fields]
    parts = [name for name in single if name in PEOPLE], [name for name in single if name not in PEOPLE]
    return _Shape(
        list(map(intern, always)),
        [
            *((_getter(names), _known_of(*names)) for names in parts if names),
            *((_list_getter(name), _known_of_list(name)) for name, _ in SEVERAL if name in fields),
        ],
    )


@lru_cache
def _known_of(*names: str) -> _Known:
    """Of fields with one code each."""
    prefixes = [dict(SINGLE)[name] for name in names]

    def keys_of(codes: Codes) -> list[str]:
        keys = [prefix + code for prefix, code in zip(prefixes, codes, strict=True)]
        of = dict(zip(names, codes, strict=True))
        if "contact" in of and (apart := AGES_APART.get(of.get("ageBand", NOT_ASKED))):
            keys.append(apart + of["contact"])
        return keys

    return _Known(keys_of)


@lru_cache
def _known_of_list(name: str) -> _Known:
    """Of a field with a list of codes."""
    prefix, none = dict(SEVERAL)[name], [NOT_ASKED] if name in OPTIONAL else []
    return _Known(lambda codes: [prefix + code for code in set(codes) or none])


def _getter(names: list[str]) -> Callable[[dict[str, Any]], Codes]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda visit: (visit[names[0]],)


def _list_getter(name: str) -> Callable[[dict[str, Any]], Codes]:
    return lambda visit: tuple(visit[name] or ())
