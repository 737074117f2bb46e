"""Figures taken in turns with those of a peer, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: our figures and the peer's, run by run, and the ratio that is promised.

    `at_most` turns the floor into a ceiling, for times and sizes. `unit` is that of both figures.
    """

    row: int
    what: str
    peer_name: str
    unit: str
    ours: Sequence[float]
    peer: Sequence[float]
    floor: float
    at_most: bool = False

    @property
    def ratios(self) -> list[float]:
        """Ours divided by the peer's, run by run."""
        return [ours / peer for ours, peer in zip(self.ours, self.peer, strict=True)]

    @property
    def ok(self) -> bool:
        """Whether the median of the ratios keeps the promise."""
        ratio = median(self.ratios)
        return ratio <= self.floor if self.at_most else ratio >= self.floor

    def as_json(self) -> dict[str, Any]:
        """Everything, for comparing with another day's."""
        return {
            "row": self.row,
            "what": self.what,
            "peer": self.peer_name,
            "unit": self.unit,
            "oursRuns": list(self.ours),
            "peerRuns": list(self.peer),
            "ratio": median(self.ratios),
            "ratioMin": min(self.ratios),
            "ratioMax": max(self.ratios),
            "floor": self.floor,
            "atMost": self.at_most,
            "ok": self.ok,
        }


@dataclass
class Runs:
    """What each of two sides measured, run by run, by the name of the figure."""

    ours: dict[str, list[float]] = field(default_factory=dict)
    peer: dict[str, list[float]] = field(default_factory=dict)


Measured = dict[str, float]


def in_turns(runs: int, ours: Callable[[], Measured], peer: Callable[[], Measured]) -> Runs:
    """Measure both `runs` times; who goes first changes, so that what drifts hits both alike."""
    found = Runs()
    for number in range(runs):
        sides = [(ours, found.ours), (peer, found.peer)]
        for measure, into in sides if number % 2 == 0 else reversed(sides):
            for name, value in measure().items():
                into.setdefault(name, []).append(value)
    return found


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
