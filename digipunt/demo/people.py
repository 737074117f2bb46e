"""Visitors of the demo, none of whom exists: what they are like stays the same from visit to visit and year to year."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from digipunt.demo import codes
from digipunt.demo.points import POINTS, Point, id_of

WITH_CARD = 0.25
FIRST_NAMES = (
    "Maria", "An", "Rita", "Jan", "Luc", "Fatima", "Mohamed", "Godelieve", "Marc", "Ahmed", "Lieve", "Roger", "Elif",
    "Jozef", "Nadia", "Willy", "Hilde", "Yusuf", "Paula", "Dirk",
)  # fmt: skip
LAST_NAMES = (
    "Peeters", "Janssens", "Maes", "Jacobs", "Mertens", "Willems", "Claes", "Goossens", "Wouters", "Yilmaz", "Vranken",
    "Pauwels", "Hermans", "Aerts", "Smets", "Diallo",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Visitor:
    """Somebody who comes to a digipunt, perhaps with a visitor card."""

    point: Point
    card: str | None
    age: str
    situation: tuple[str, ...]
    device: str
    residence: str

    @property
    def fields(self) -> dict[str, Any]:
        """What every visit says of them."""
        return {
            "ageBand": self.age,
            "situation": list(self.situation),
            "residence": self.residence,
            "device": self.device,
        }


def visitor(point: Point, number: int, chance: random.Random) -> Visitor:
    """A new visitor of this digipunt."""
    card = id_of("card", number) if chance.random() < WITH_CARD else None
    age = codes.pick(codes.AGE_BANDS, chance)
    situation = set()
    if age in codes.OCCUPATIONS:
        situation = {codes.pick(codes.OCCUPATIONS[age], chance)} - {""}
        situation |= {trait for trait, part in codes.TRAITS[age].items() if chance.random() < part}
    device = codes.pick(codes.DEVICES.get(age, codes.DEVICE), chance)
    if "smartphoneOnly" in situation:
        device = "smartphone"
    own = chance.random() < 0.85
    residence = point.municipality if own else chance.choice(POINTS).municipality
    return Visitor(point, card, age, tuple(sorted(situation)), device, residence)
