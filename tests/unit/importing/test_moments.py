"""Days, hours and durations, as lists write them."""

from datetime import date, datetime, time, timedelta

import pytest

from digipunt.importing.moments import read_date, read_minutes, read_time

DATES = ("%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d")
TIMES = ("%Hu%M", "%H:%M")


@pytest.mark.case("public I15")
@pytest.mark.parametrize(
    "cell",
    [
        "03/04/2026",
        "3/4/2026",
        "3/04/26",
        "3-4-2026",
        "03.04.2026",
        "2026-04-03",
        "2026-04-03 00:00:00",
        "3/04/2026 0:00",
        "2026-04-03T10:15:00",
        "3 april 2026",
        "vrijdag 3 april 2026",
        "vendredi 3 avril 2026",
        "3-apr-26",
        "vr 3/4/2026",
        "vr. 03-04-26",
        "3 / 4 / 2026",
        "2026/04/03",
        "2026-04-03T10:15:00Z",
        "2026-04-03T10:15:00+02:00",
        "April 3, 2026",
        date(2026, 4, 3),
        datetime.fromisoformat("2026-04-03T10:00"),
        46115,
        "46115",
    ],
)
def test_one_day(cell):
    """Whatever the list was kept in."""
    assert read_date(cell, DATES) == date(2026, 4, 3)


@pytest.mark.parametrize(
    "cell",
    ["31/02/2026", "morgen", "3/4", "2026", "3 smarch 2026", "31 april 2026", "4/13/2026", "3 4 2026", 7],
)
def test_no_day(cell):
    """Nothing is guessed."""
    assert read_date(cell, DATES) is None


@pytest.mark.case("public I16", "public I15")
@pytest.mark.parametrize(
    "cell",
    [
        "9u30",
        "09u30",
        "9 u 30",
        "9:30",
        "09:30:00",
        "9.30",
        "9h30",
        "9 uur 30",
        "9u30 uur",
        "930",
        "0930",
        "9:30 AM",
        "9.30 a.m.",
        "9u30-10u15",
        "9:30 - 10:15",
        "9u30 tot 10u",
        time(9, 30),
        datetime.fromisoformat("1900-01-01T09:30"),
        timedelta(hours=9, minutes=30),
        9.5 / 24,
    ],
)
def test_one_hour(cell):
    """A cell with an hour, its text, and the part of a day that Excel makes of it."""
    assert read_time(cell, TIMES) == time(9, 30)


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("9u", 9),
        ("9 uur", 9),
        ("9h", 9),
        (9, 9),
        ("14", 14),
        ("2 pm", 14),
        ("12 am", 0),
        ("9u-10u", 9),
        (9.0, None),
    ],
)
def test_a_whole_hour(cell, hour):
    """Without minutes."""
    assert read_time(cell, TIMES) == (None if hour is None else time(hour))


@pytest.mark.parametrize("cell", ["25u00", "9:75", "ochtend", "75", 9.3, "9,3", timedelta(hours=30)])
def test_no_hour(cell):
    """9,3 is 9:18, or 9:30, and nobody knows."""
    assert read_time(cell, TIMES) is None


@pytest.mark.case("public I16")
@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("45", 45),
        ("75.0", 75),
        (75.0, 75),
        ("22,5", 22.5),
        (22.5, 22.5),
        ("00u45", 45),
        ("0:45", 45),
        ("00:45:00", 45),
        ("1u30", 90),
        ("1 u 5", 65),
        ("1h15", 75),
        ("1,5 u", 90),
        ("1 uur", 60),
        ("1.5 uur", 90),
        ("45 min", 45),
        ("45 minuten", 45),
        ("45'", 45),
        ("9:30:00", 570),
        ("1 uur en 30 minuten", 90),
        ("1hr 30min", 90),
        ("1 u. 30", 90),
        ("1½ uur", 90),
        ("½ uur", 30),
        ("een half uur", 30),
        ("anderhalf uur", 90),
        ("±30", 30),
        ("ca. 45 min", 45),
        (time(0, 45), 45),
        (timedelta(minutes=45), 45),
    ],
)
def test_minutes(cell, minutes):
    """A number counts minutes; with hours in it, hours."""
    assert read_minutes(cell) == minutes


@pytest.mark.parametrize(
    "cell", ["lang", "-5", "nan", "1e5", "1u75", "30-45", "een uurtje", datetime.fromisoformat("2026-01-01")]
)
def test_no_minutes(cell):
    """What is no duration is refused."""
    assert read_minutes(cell) is None
