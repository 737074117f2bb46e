"""Under which dimensions a visit counts: one line for each field of its event (contracts/visits.py).

A test holds that each field of the event is a dimension, or stands in `NO_DIMENSION` with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass

from contracts.visits import VISIT_CODES, Visit


@dataclass(frozen=True, slots=True)
class Dimension:
    """A field that is counted by its codes, as `dimension|code`.

    `figure` is its name in a summary, where it is a list of codes and counts; None when the summary has another form for it.
    """

    field: str
    name: str
    figure: str | None


DIMENSIONS = (
    Dimension("contact", "contact", "contact"),
    Dimension("themes", "theme", "themes"),
    Dimension("help", "help", "help"),
    Dimension("outcome", "outcome", "outcomes"),
    Dimension("selfReliance", "selfReliance", None),
    Dimension("place", "place", "places"),
    Dimension("ageBand", "ageBand", "ageBands"),
    Dimension("situation", "situation", "situations"),
    Dimension("device", "device", "devices"),
    Dimension("residence", "residence", "residences"),
    Dimension("referredFrom", "referredFrom", None),
    Dimension("referredTo", "referredTo", None),
)

NO_DIMENSION = {
    "id": "nothing is shown of one visit",
    "digipunt": "whose cell it counts in",
    "municipality": "whose cell it counts in",
    "startedAt": "the day of the cell it counts in",
    "durationMinutes": "added up as minutes",
    "visitor": "counted as people, each once",
    "bottlenecks": "counted by service and cause together, in a register of its own",
}
"""The other fields of a visit, and why each is not counted by its codes."""


def _several(field: str) -> bool:
    return field in VISIT_CODES and VISIT_CODES[field].several


NOT_ASKED = "notAsked"
"""The row of the contacts of which something was not asked."""

REQUIRED = frozenset(name for name, field in Visit().fields.items() if field.required)
"""What no visit may lack."""

SINGLE = tuple((each.field, f"{each.name}|") for each in DIMENSIONS if not _several(each.field))
"""Field and the beginning of its key, where a visit has one code at most."""

SEVERAL = tuple((each.field, f"{each.name}|") for each in DIMENSIONS if _several(each.field))
"""Field and the beginning of its key, where a visit may have several codes."""

OPTIONAL = {
    each.name: _several(each.field)
    for each in DIMENSIONS
    if each.field not in REQUIRED and not each.field.startswith("referred")
}
"""Dimension of which a contact may have no code because nobody asked → whether it may have several.

A contact that was not referred has no code either, but that is no question left unasked.
"""

FIGURES = {each.figure: each.name for each in DIMENSIONS if each.figure}
"""Name of a list of codes and counts in a summary → its dimension."""
