"""Which digipunt a name in a list means."""

import pytest

from digipunt.importing.digipunts import Digipunts, Place
from digipunt.importing.guess import guess_mapping
from tests.unit.importing.lists import HEADER

EXISTING = [
    {"id": "1", "name": "Café Numérique", "municipality": "24107"},
    {"id": "2", "name": "'t Recupke", "municipality": "24059"},
    {"id": "3", "name": "Zaal A", "municipality": "24107"},
    {"id": "4", "name": "Zaal Ä", "municipality": "24107"},
]


def found(name, municipality=""):
    mapping = guess_mapping(HEADER)
    assert mapping is not None
    place = Digipunts(mapping, EXISTING).find(name, municipality)
    return place.id if isinstance(place, Place) else None


@pytest.mark.case("public I6", "public I7", "use 8")
@pytest.mark.parametrize(
    "name", ["Cafe Numerique", "café-numérique", "Digipunt Café Numérique", "CAFE  NUMERIQUE"]
)
def test_a_name_without_its_accents_and_signs(name):
    """As people type it on a telephone."""
    assert found(name) == "1"


@pytest.mark.case("public I7")
@pytest.mark.parametrize("name", ["t Recupke", "T. RECUPKE", "\u2019t-Recupke"])
def test_a_name_without_its_apostrophe(name):
    """It is the one digipunt of that name."""
    assert found(name) == "2"


def test_names_that_only_accents_tell_apart():
    """Each is itself, and a writing that can be both is neither."""
    assert (found("zaal a"), found("zaal ä"), found("zaal-a")) == ("3", "4", None)


@pytest.mark.parametrize("municipality", ["24107", "3300", "3300 Tienen", ""])
def test_a_postcode_is_no_municipality(municipality):
    """Only a NIS code says that a digipunt is elsewhere."""
    assert found("Café Numérique", municipality) == "1"
    assert found("Café Numérique", "24059") is None


@pytest.mark.case("use 8")
def test_a_mapping_makes_no_second_digipunt_for_another_writing():
    """The digipunt of the mapping is the one that there is."""
    mapping = guess_mapping(HEADER)
    assert mapping is not None
    mapping.digipunts = [{"name": "Cafe Numerique", "municipality": "24107"}]
    [place] = Digipunts(mapping, EXISTING).all()
    assert (place.id, place.missing) == ("1", None)
