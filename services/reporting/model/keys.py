"""Under which keys a visit counts: `contacts|`, and `dimension|code` for each of its codes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import getitem, itemgetter
from typing import Any, NamedTuple

from services.reporting.model.dimensions import NOT_ASKED, OPTIONAL, REQUIRED, SEVERAL, SINGLE

AGES_APART = {"under18": "contactUnder18|", NOT_ASKED: "contactAgeNotAsked|"}
"""Age bands of which first and repeated contacts are counted apart, for a grant that counts adults."""

MOST_KEYS = 1000
"""Of a dimension that are kept; there are as many as codes, but for residences that somebody made up."""


def keys_of(visit: dict[str, Any]) -> list[str]:
    """Under what this visit counts; under each code of a list once, however often it is named.

    Raises KeyError when a field is missing that no visit may lack.
    """
    shape = _shape(tuple(visit))
    keys = [*shape.always, *map(getitem, shape.named, shape.codes_of(visit))]
    for name, named in _SEVERAL:
        if codes := visit.get(name):
            keys += [named[code] for code in _distinct(codes)]
        elif name in OPTIONAL:
            keys.append(named[NOT_ASKED])
    if apart := AGES_APART.get(visit.get("ageBand", NOT_ASKED)):
        keys.append(apart + visit["contact"])
    return keys


class _Shape(NamedTuple):
    """What visits with the same fields count under: always, and by the codes that these fields have."""

    always: list[str]
    named: list[_Keys]
    codes_of: Callable[[dict[str, Any]], tuple[str, ...]]


@lru_cache(maxsize=256)
def _shape(fields: tuple[str, ...]) -> _Shape:
    """Raises KeyError when fields are missing that no visit may lack. Visits have few shapes, and each is looked at once."""
    if missing := REQUIRED.difference(fields):
        raise KeyError(*sorted(missing))
    present = [(name, named) for name, named in _SINGLE if name in fields]
    always = ["contacts|", *(["minutesKnown|"] if "durationMinutes" in fields else [])]
    return _Shape(always, [named for _, named in present], itemgetter(*(name for name, _ in present)))


class _Keys(dict[str, str]):
    """The keys of a dimension by code, each made once: what is the same object is counted without being compared."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, code: str) -> str:
        key = self._prefix + code
        if len(self) < MOST_KEYS:
            self[code] = key
        return key


_SINGLE = tuple((name, _Keys(prefix)) for name, prefix in SINGLE)
_SEVERAL = tuple((name, _Keys(prefix)) for name, prefix in SEVERAL)


def _distinct(codes: list[str]) -> Iterable[str]:
    return codes if len(codes) == 1 else set(codes)
