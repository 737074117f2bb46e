"""How the codes of a visit are packed into two whole numbers, so that a fact is a small row that either database groups fast.

A code is numbered by its place in its list, and 0 says that the visit has none. A theme and a situation are one bit each, as a
visit may have several. Nothing reads these numbers but through here; `VERSION` changes with the lists and with this form,
and the read models are then rebuilt by themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from zlib import crc32

from contracts.refdata import LISTS
from contracts.visits import VISIT_CODES
from services.reporting.model.dimensions import DIMENSIONS, NOT_ASKED

FORM = 3
"""Of a fact; raise it with any change to what a read model of visits holds."""

MOST_BITS = 63
"""Of a whole number in the databases, which has a sign."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Where a field lies in its number: `shift` bits from the end, `width` bits wide."""

    field: str
    column: str
    codes: tuple[str, ...]
    several: bool
    shift: int
    width: int

    @property
    def mask(self) -> int:
        return (1 << self.width) - 1

    def number(self, codes: Collection[str]) -> int:
        """The bits of these codes: of several all at once, of one the number of it."""
        if self.several:
            return sum(1 << self.codes.index(code) for code in codes)
        return sum(self.codes.index(code) + 1 for code in codes)

    def unpack(self, number: int) -> Iterator[str]:
        """The codes behind a number that was shifted down; none where the visit has none."""
        if self.several:
            yield from (code for bit, code in enumerate(self.codes) if number >> bit & 1)
        elif number:
            yield self.codes[number - 1]


def _places(column: str, *fields: str) -> Iterator[Packed]:
    shift = 0
    for field in fields:
        known = VISIT_CODES[field]
        codes = tuple(each.code for each in LISTS[known.list_name].codes if each.code != NOT_ASKED)
        width = len(codes) if known.several else len(codes).bit_length()
        yield Packed(field, column, codes, known.several, shift, width)
        shift += width
    if shift > MOST_BITS:
        raise ValueError(f"{column} of a fact needs {shift} bits; give some of its fields another column")


LAYOUT: Mapping[str, Packed] = {
    each.field: each
    for each in (
        *_places("themes", "themes"),
        *_places(
            "codes",
            "situation",
            "help",
            "outcome",
            "selfReliance",
            "place",
            "contact",
            "ageBand",
            "device",
            "referredFrom",
            "referredTo",
        ),
    )
}
"""Every field of a visit with codes, by its name."""

VERSION = crc32(repr((FORM, sorted(LAYOUT.items()))).encode()) >> 1
"""Names this form; see `chassis.inbox.subscribe`."""

_APART = 1 << MOST_BITS
"""By which themes and codes are kept apart in one number while they are packed."""

_BITS = {
    f"{dimension.name}|{code}": place.number([code]) << place.shift
    for dimension in DIMENSIONS
    if (place := LAYOUT.get(dimension.field)) and place.column == "codes"
    for code in place.codes
} | {f"theme|{code}": _APART * LAYOUT["themes"].number([code]) for code in LAYOUT["themes"].codes}
"""By what a visit is counted by (`model.fold`), and its bits."""


def bits_of(keys: Iterable[str]) -> int:
    """The bits of a visit that counts under `keys`, each once; those of several parts of it add up.

    A code that is not in its list, because its sender has a newer release, is left out here: once this service has that
    release too, `VERSION` is another one and the facts are made anew.
    """
    return sum(map(_BITS.get, keys, repeat(0)))


def pack(bits: int) -> tuple[int, int]:
    """The numbers `themes` and `codes` of a visit with these bits."""
    return divmod(bits, _APART)
