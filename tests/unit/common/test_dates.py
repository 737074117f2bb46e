"""Days, hours and opening times, written as people in Belgium write them."""

from datetime import UTC, date, datetime, time

import pytest

from common.dates import day, enumerated, hour, moment
from common.openings import in_words

TUESDAYS = {"weekday": "tue", "opens": "13:30", "closes": "17:00", "every": 1}
SECOND_MONDAYS = {"weekday": "mon", "opens": "09:00", "closes": "12:00", "every": 2, "first": "2026-03-02"}


@pytest.mark.case("use 11")
def test_the_first_of_a_month_is_premier_in_french():
    """“le mardi 1er décembre”, with or without the weekday and the year; every other day is a plain number."""
    first = date(2026, 12, 1)
    assert [day(first, language) for language in ("nl", "fr", "en")] == [
        "dinsdag 1 december",
        "mardi 1er décembre",
        "Tuesday 1 December",
    ]
    assert day(first, "fr", "day") == "1er décembre"
    assert day(first, "fr", "weekdayFull") == "mardi 1er décembre 2026"
    assert day(date(2026, 12, 21), "fr") == "lundi 21 décembre"


@pytest.mark.case("use 11")
@pytest.mark.parametrize(
    ("at", "nl", "fr", "en"),
    [
        (time(13, 30), "13.30 uur", "13 h 30", "1.30 pm"),
        (time(13), "13.00 uur", "13 h", "1 pm"),
        (time(9, 5), "9.05 uur", "9 h 05", "9.05 am"),
        (time(12), "12.00 uur", "12 h", "12 pm"),
        (time(0, 15), "0.15 uur", "0 h 15", "12.15 am"),
    ],
)
def test_an_hour_has_one_form_in_each_language(at, nl, fr, en):
    """With a full stop in Dutch, h in French, and twelve hours in English."""
    assert [hour(at, language) for language in ("nl", "fr", "en")] == [nl, fr, en]


@pytest.mark.case("use 11")
def test_opening_times_send_nobody_to_a_closed_door():
    """A digipunt of every second week tells its next days, a holiday left out; weekly ones tell the weekday."""
    monday = date(2026, 11, 30)
    assert in_words([TUESDAYS], "nl", monday) == "dinsdag van 13.30 tot 17.00 uur"
    assert in_words([TUESDAYS], "fr", monday) == "mardi de 13 h 30 à 17 h"
    assert in_words([TUESDAYS], "en", monday) == "Tuesday from 1.30 pm to 5 pm"
    assert in_words([], "en", monday) is None
    # Open on 23 November, 7 and 21 December; 4 January is the next; Easter Monday is a holiday.
    assert (
        in_words([SECOND_MONDAYS], "fr", monday)
        == "lundi 7 décembre, 21 décembre et 4 janvier, de 9 h à 12 h"
    )
    assert (
        in_words([SECOND_MONDAYS], "nl", date(2026, 3, 20))
        == "maandag 30 maart, 13 april en 27 april, van 9.00 tot 12.00 uur"
    )
    assert in_words([SECOND_MONDAYS | {"first": "2026-03-09"}], "nl", date(2026, 3, 25)) == (
        "maandag 20 april, 4 mei en 18 mei, van 9.00 tot 12.00 uur"
    )


def test_a_moment_and_a_list():
    """The hour is that of Belgium; the last of a list comes after “en”."""
    assert moment(datetime(2026, 12, 1, 9, tzinfo=UTC), "fr") == "mardi 1er décembre à 10 h"
    assert enumerated(["laptop 12", "tablet 9", "hotspot 3"], "nl") == "laptop 12, tablet 9 en hotspot 3"
    assert enumerated(["laptop 12"], "en") == "laptop 12"
