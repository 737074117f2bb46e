"""What a digipunt may be."""

from datetime import date

from services.visits.model.digipunts import day_issues, opening_issues

TODAY = date(2026, 3, 4)


def part(**changes):
    return {"weekday": "tue", "opens": "13:30", "closes": "16:30", "every": 1} | changes


def test_a_pattern_may_skip_weeks_from_a_first_day_on():
    """Every second Tuesday needs a Tuesday to count from."""
    assert opening_issues([part(), part(every=2, first="2026-03-03")]) == []
    assert [issue.name for issue in opening_issues([part(every=2)])] == ["opening[0].first"]
    assert [issue.name for issue in opening_issues([part(), part(every=2, first="2026-03-04")])] == [
        "opening[1].first"
    ]


def test_it_closes_after_it_opens():
    """An opening that ends before it begins is refused."""
    assert [issue.name for issue in opening_issues([part(closes="13:30")])] == ["opening[0].closes"]


def test_a_closing_is_after_the_opening_and_not_to_come():
    """A digipunt is closed from a day on that has come and that follows its first day."""
    assert day_issues(date(2026, 1, 1), TODAY, TODAY) == []
    assert day_issues(date(2026, 3, 5), TODAY, TODAY)
    assert day_issues(None, date(2026, 3, 5), TODAY)
