"""The public calendar can be read by any calendar program."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from services.visits.calendar import calendar

NOW = datetime(2026, 3, 1, tzinfo=UTC)
SESSION = {
    "id": "0190a000-0000-7000-8000-000000000001",
    "title": "Veilig online, voor iedereen; gratis",
    "description": "Bel 016 00 00 00.\nKoffie staat klaar.",
    "location": None,
    "starts_at": datetime(2026, 3, 4, 13, tzinfo=UTC),
    "ends_at": datetime(2026, 3, 4, 15, tzinfo=UTC),
    "digipunt_name": "'t Recupke",
    "digipunt_address": {"street": "Stationsstraat 1", "postalCode": "3400", "town": "Landen"},
    "version": 2,
}


def test_a_session_reads_back_as_it_was_planned():
    """Times, title and place survive the format, with its commas and line breaks."""
    (event,) = Calendar.from_ical(calendar([SESSION], NOW)).walk("VEVENT")
    assert event["SUMMARY"] == SESSION["title"]
    assert event["DESCRIPTION"] == SESSION["description"]
    assert event["LOCATION"] == "'t Recupke, Stationsstraat 1, 3400 Landen"
    assert (event.start, event.end) == (SESSION["starts_at"], SESSION["ends_at"])
    assert (event["UID"], event["SEQUENCE"]) == (f"{SESSION['id']}@digipunt", 2)


def test_a_named_place_goes_before_the_digipunt():
    """A session in the library says the library."""
    (event,) = Calendar.from_ical(calendar([SESSION | {"location": "Bib Landen"}], NOW)).walk("VEVENT")
    assert event["LOCATION"] == "Bib Landen"


@pytest.mark.case("public C5")
def test_the_calendar_has_the_name_that_each_program_reads():
    """NAME is the standard's; Google, Outlook and Apple show X-WR-CALNAME."""
    lines = calendar([], NOW).decode().splitlines()
    assert "NAME:Infosessies van de digipunten" in lines
    assert "X-WR-CALNAME:Infosessies van de digipunten" in lines
