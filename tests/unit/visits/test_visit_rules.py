"""What a visit may be."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Forbidden
from chassis.fingerprint import fingerprint
from services.visits.model import visits as rules
from services.visits.model.digipunts import Digipunt
from services.visits.model.helpers import helper_id
from services.visits.model.rows import VisitRow

NOW = datetime(2026, 3, 4, 10, tzinfo=UTC)
POINT = Digipunt("p", "24107", opened_on=date(2024, 1, 8), closed_on=date(2026, 3, 1))


@given(st.permutations(["digipunt", "themes", "startedAt", "note"]), st.integers(-12, 14))
def test_the_same_content_is_the_same_in_any_order_and_time_zone(names, hours):
    """A resend is recognised when its fields come in another order or its moment has another offset."""
    content = {"digipunt": "p", "themes": ["tax"], "startedAt": NOW, "note": "x"}
    sent = {name: content[name] for name in names}
    sent["startedAt"] = NOW.astimezone(timezone(timedelta(hours=hours)))
    assert fingerprint(sent) == fingerprint(content)


def test_defaults_and_blanks_do_not_make_a_visit_another_one():
    """Leaving out, sending null, and sending the default are the same content."""
    short = rules.normalised({"digipunt": "p", "themes": ["tax"]})
    long = rules.normalised(
        {"digipunt": "p", "themes": ["tax", "tax"], "place": "point", "contact": "unknown", "help": None}
    )
    assert fingerprint(short) == fingerprint(long)


@pytest.mark.parametrize(
    ("moment", "right"),
    [
        (NOW, True),
        (NOW + timedelta(minutes=4), True),
        (NOW + timedelta(minutes=6), False),
        (datetime(2014, 12, 31, 23, 0, tzinfo=UTC), True),
        (datetime(2014, 12, 31, 22, 59, tzinfo=UTC), False),
    ],
)
def test_a_visit_is_between_2015_and_now(moment, right):
    """The year begins at midnight in Brussels; a desk's clock may run a little ahead."""
    assert (rules.time_issues(moment, NOW) == []) == right


@pytest.mark.parametrize(
    ("day", "right"),
    [
        (date(2024, 1, 7), False),
        (date(2024, 1, 8), True),
        (date(2026, 2, 28), True),
        (date(2026, 3, 1), False),
    ],
)
def test_a_digipunt_takes_visits_from_its_first_day_until_it_closed(day, right):
    """The first day belongs to it, the day of closing does not."""
    assert (rules.digipunt_issues(POINT, day) == []) == right


def test_a_retired_code_is_not_taken_for_new_visits(monkeypatch):
    """Each place with a retired code is named, in lists and in bottlenecks too."""
    monkeypatch.setattr(rules, "active", lambda name: frozenset({"tax", "itsme", "language"}))
    content = {
        "themes": ["tax", "health"],
        "self_reliance": "yes",
        "bottlenecks": [{"service": "itsme", "cause": "language"}, {"service": "eBox", "cause": "language"}],
    }
    names = [issue.name for issue in rules.retired_issues(content)]
    assert names == ["selfReliance", "themes[1]", "bottlenecks[1].service"]


@pytest.mark.case("security L12")
def test_a_helper_corrects_for_a_day_after_registering():
    """Later, or when it is not known when that was, it is the coordinator's."""
    row = cast("VisitRow", {"registered_at": NOW})
    rules.require_correctable(row, NOW + timedelta(hours=24), coordinator=False)
    rules.require_correctable(row, NOW + timedelta(days=90), coordinator=True)
    late = NOW + timedelta(hours=24, seconds=1)
    for old in (row, cast("VisitRow", {"registered_at": None})):
        with pytest.raises(Forbidden):
            rules.require_correctable(old, late, coordinator=False)


def test_a_helper_is_an_id_without_a_name():
    """The same name gives the same id under one key, another under another, and an id stays what it is."""
    id = helper_id("  Nicole  Janssens ", b"k" * 32)
    assert id == helper_id("nicole janssens", b"k" * 32)
    assert id != helper_id("nicole janssens", b"l" * 32)
    assert "nicole" not in id
    assert helper_id(id, b"k" * 32) == id
