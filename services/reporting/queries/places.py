"""An area in words, as it stands above a chart or in a report."""

from __future__ import annotations

import sqlalchemy as sa

from common.dates import enumerated
from common.municipalities import municipality_name
from services.reporting.queries.area import Area, points

FEW = 3
"""So many municipalities are named; more are counted."""

_MANY = {"nl": "{n} gemeenten", "fr": "{n} communes", "en": "{n} municipalities"}
_LIVING = {
    "nl": "Inwoners van {place}",
    "fr": "Personnes domiciliées à {place}",
    "en": "Residents of {place}",
}


def place_words(connection: sa.Connection, area: Area, language: str) -> str:
    """The digipunt, or the municipalities: such as “BOM”, “Landen en Tienen”, “7 gemeenten” or “Inwoners van Tienen”."""
    if area.digipunt is not None:
        return points(connection, area)[0].name
    names = sorted(municipality_name(code, language) for code in area.municipalities)
    many = len(names) > FEW
    place = _MANY[language].format(n=len(names)) if many else enumerated(names, language)
    return place if area.by_point else _LIVING[language].format(place=place)
