"""A list is understood without a mapping where its columns have names that people give them."""

from pathlib import Path

import pytest
import yaml

from chassis.errors import InvalidInput
from digipunt.importing.guess import guess_mapping
from digipunt.importing.mapping import ColumnMapping
from tests.unit.importing.lists import HEADER, VISIT, rows, tables, text

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "registraties-map.yaml"


@pytest.mark.case("use import")
def test_the_shipped_example_is_found():
    """Every column of the example, and every word with the same code."""
    example = ColumnMapping.load(EXAMPLE)
    found = guess_mapping(list(example.columns.values()))
    assert found.columns == example.columns
    for field, words in example.codes.items():
        assert words.items() <= found.codes[field].items(), field
    assert example.bottlenecks.items() <= found.bottlenecks.items()
    assert example.municipalities.items() <= found.municipalities.items()
    assert example.totals <= found.totals
    assert yaml.safe_load(EXAMPLE.read_text())["separators"] == [";", ",", " + "]


@pytest.mark.case("use import")
@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["Dag", "Uur", "Locatie", "Onderwerp", "Minuten", "Vrijwilliger"], "date time digipunt themes duration helper"),
        (["Date", "Heure", "Lieu", "Thèmes", "Durée (min)", "Tranche d'âge"], "date time digipunt themes duration ageBand"),
        (["DATE", "Start time", "Location", "Topic", "Duration", "Remarks"], "date time digipunt themes duration note"),
        (["datum", "UUR ", "Digipunt:", "Thema’s", "Duur", "1e?"], "date time digipunt themes duration"),
        (["Datum", "Digipunt", "Thema", "Duur (uren)"], "date digipunt themes"),
    ],
)  # fmt: skip
def test_columns_in_three_languages(header, columns):
    """With capitals, units and question marks. A duration that counts hours is left alone."""
    assert set(guess_mapping(header).columns) == set(columns.split())


@pytest.mark.parametrize("field", ["themes", "help", "outcome", "ageBand", "contact", "referredTo"])
def test_labels_are_understood(field):
    """Those of refData, in each language, and the codes themselves."""
    codes = guess_mapping(["Datum", "Digipunt", "Thema"]).codes[field]
    labels = {
        "themes": ["belastingen", "impôts", "taxes", "tax"],
        "help": ["uitgelegd", "expliqué", "explained"],
        "outcome": ["samen opgelost", "résolu ensemble", "solved together"],
        "ageBand": ["65 tot 74", "65 à 74 ans", "65-74", "65to74"],
        "contact": ["eerste keer dit jaar", "oui", "yes", "ja"],
        "referredTo": ["ocmw", "cpas"],
    }[field]
    assert len({codes[label] for label in labels}) == 1


@pytest.mark.parametrize(
    "header",
    [
        ["Tijdstempel", "Digipunt/locatie", "Thema", "Opm."],
        ["datum_bezoek", "digipunt_naam", "thema", "opm"],
        ["Datum van bezoek", "Naam van het digipunt", "Thema(s)", "Bemerking"],
    ],
)
def test_columns_of_forms_and_exports(header):
    """With an underscore for a blank, and short words."""
    mapping = guess_mapping(header)
    assert mapping is not None
    assert list(mapping.columns.values()) == header


@pytest.mark.parametrize("total", ["Totaal:", "TOTAAL :", "Eindtotaal", "Aantal bezoeken:", "Total général"])
def test_a_row_of_totals_is_no_visit(total):
    """Whatever stands behind the word."""
    content = text(HEADER, VISIT, [total, "", "60", "", "", ""]).encode()
    assert [row is None for row in rows(content)] == [False, True]


def test_a_list_that_is_not_understood_asks_for_a_mapping():
    """One sentence."""
    with pytest.raises(InvalidInput, match="--map"):
        rows(text(["Naam", "Adres"], ["a", "b"]).encode())


@pytest.mark.case("public I28")
@pytest.mark.parametrize("twice", ["Datum", "datum ", "DATUM", "Da\u200btum"])
def test_a_column_that_is_there_twice_is_named(twice):
    """Nobody knows which one was meant."""
    with pytest.raises(InvalidInput, match="Datum is there more than once"):
        tables(text(["Datum", twice, "Digipunt", "Thema"], ["1/1/2026", "2/1/2026", "x", "apps"]).encode())
    assert tables(text(["Datum", "x", "x", "Digipunt", "Thema"]).encode())
