"""Shows before anything is written what goes where."""

from __future__ import annotations

from collections.abc import Callable

from digipunt.importing.cells import text_of
from digipunt.importing.digipunts import Digipunts
from digipunt.importing.tables import Table

WORDS = {
    "date": "dag",
    "time": "uur",
    "duration": "duur, in minuten",
    "digipunt": "digipunt",
    "municipality": "gemeente",
    "themes": "thema's",
    "help": "hoe er geholpen is",
    "outcome": "resultaat",
    "selfReliance": "of iemand het nu zelf kan",
    "place": "waar er geholpen is",
    "contact": "eerste keer dit jaar of niet",
    "referredFrom": "gestuurd door",
    "referredTo": "doorverwezen naar",
    "ageBand": "leeftijd",
    "situation": "situatie",
    "device": "toestel",
    "bottleneck": "knelpunt",
    "note": "opmerking",
    "helper": "digihelper, als code zonder naam",
}


def show_plan(say: Callable[[str], None], table: Table, digipunts: Digipunts) -> None:
    """Which column becomes what, which are not read, and which digipunten the rows may name."""
    sheet = f"Blad {table.sheet.name}" if table.sheet.name else "De lijst"
    say(f"{sheet}, met de namen van de kolommen op rij {table.start + 1}:")
    for name, index in table.places.items():
        say(f"  kolom {text_of(table.header[index])} wordt: {WORDS.get(name, name)}")
    if unread := table.unread():
        say(f"  niet gelezen: {', '.join(unread)}")
    if missing := table.missing():
        say(f"  staat in de vertaaltabel en niet in de lijst: {', '.join(missing)}")
    for place in digipunts.all():
        if place.missing:
            say(
                f"  digipunt {place.name} ({place.municipality}) is er nog niet: wordt gemaakt als een rij het noemt"
            )
        else:
            say(f"  digipunt {place.name} ({place.municipality}) is er al")
