"""Which digipunt a row means: those of the mapping and those that there are, by name and municipality."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from common.names import normal
from digipunt.client import ApiError, Client
from digipunt.importing.former import digipunt_id
from digipunt.importing.mapping import ColumnMapping

PAGE = 500

_NIS = re.compile(r"\d{5}")


@dataclass(slots=True)
class Place:
    """A digipunt; `missing` is what it is made of when a visit needs it and it is not there yet."""

    id: str
    name: str
    municipality: str
    missing: dict[str, str] | None = None
    refused: str | None = None
    """Why it could not be made."""


class Digipunts:
    """The digipunten that rows may name: those of the mapping, or all there are where it names none."""

    def __init__(self, mapping: ColumnMapping, existing: Sequence[Mapping[str, Any]]) -> None:
        self._by_name: dict[str, list[Place]] = {}
        self._named = bool(mapping.digipunts)
        places = (
            [_place(each, existing) for each in mapping.digipunts]
            if mapping.digipunts
            else [Place(each["id"], each["name"], each["municipality"]) for each in _open_first(existing)]
        )
        names = [each["name"] for each in mapping.digipunts] or [place.name for place in places]
        for name, place in zip(names, places, strict=True):
            self._by_name.setdefault(normal(name), []).append(place)

    def find(self, name: str, municipality: str) -> Place | tuple[str, str]:
        """The digipunt of this name; or the field that is wrong, and why. Without a municipality the name has to do."""
        places = self._by_name.get(normal(name)) or self._nearly(name)
        if not places:
            if self._named:
                return "digipunt", "digipunt {name!r} staat niet in de vertaaltabel"
            return (
                "digipunt",
                "digipunt {name!r} bestaat niet; maak het eerst, of noem het in een vertaaltabel",
            )
        # The name of a municipality that no mapping translates says nothing.
        if municipality and (self._named or _NIS.fullmatch(municipality)):
            here = [place for place in places if place.municipality == municipality]
            if not here:
                return "municipality", "digipunt {name!r} ligt niet in {municipality}"
            return here[0]
        if len({place.municipality for place in places}) > 1:
            return "digipunt", "er zijn meer digipunten {name!r}; zet de gemeente in een kolom"
        return places[0]

    def _nearly(self, name: str) -> list[Place]:
        """The one name that differs in accents and signs only; none where two do."""
        found = [places for key, places in self._by_name.items() if _loose(key) == _loose(name)]
        return found[0] if len(found) == 1 else []

    def all(self) -> list[Place]:
        """Each digipunt once."""
        found = {place.id: place for places in self._by_name.values() for place in places}
        return list(found.values())


def existing_digipunts(client: Client) -> list[dict[str, Any]]:
    """All digipunten of the caller's municipalities."""
    found: list[dict[str, Any]] = []
    page = 1
    while True:
        answer = client.get("/visits/v1/digipunts", page=page, pageSize=PAGE)
        found += answer["items"]
        if not answer["items"] or len(found) >= answer["total"]:
            return found
        page += 1


def ensure(client: Client, place: Place) -> None:
    """Make a digipunt that is missing; one that may not be made keeps the reason, for its rows."""
    if place.missing is None or place.refused:
        return
    try:
        client.put(f"/visits/v1/digipunts/{place.id}", place.missing)
    except ApiError as error:
        if error.status not in (400, 403, 409):
            raise
        place.refused = str(error)
    else:
        place.missing = None


def _place(named: Mapping[str, str], existing: Sequence[Mapping[str, Any]]) -> Place:
    """A digipunt of the mapping: the one that an earlier import made of it, one of its name, or one to be made."""
    id, municipality = digipunt_id(named), named["municipality"]
    for each in existing:
        if each["id"] == id:
            return Place(id, each["name"], municipality)
    for each in _open_first(existing):
        if each["municipality"] == municipality and normal(each["name"]) == normal(named["name"]):
            return Place(each["id"], each["name"], municipality)
    nearly = [
        each
        for each in _open_first(existing)
        if each["municipality"] == municipality and _loose(each["name"]) == _loose(named["name"])
    ]
    if len(nearly) == 1:
        return Place(nearly[0]["id"], nearly[0]["name"], municipality)
    return Place(id, named["name"], municipality, missing=dict(named))


@lru_cache(4096)
def _loose(name: str) -> str:
    """A name by its letters and digits alone, without the word `digipunt` before it: `Cafe-Numerique`, `T RECUPKE`."""
    plain = unicodedata.normalize("NFKD", normal(name).removeprefix("digipunt "))
    return "".join(each for each in plain if each.isalnum())


def _open_first(existing: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(existing, key=lambda each: each.get("state") == "closed")
