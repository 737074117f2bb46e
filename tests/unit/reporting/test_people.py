"""Counts of distinct visitors follow each visit that comes or goes."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.reporting.model.fold import BY_POINT, BY_RESIDENCE
from services.reporting.model.people import GRAINS, people_deltas, period_start

VISITS = st.tuples(
    st.sampled_from("abc"),
    st.integers(0, 730).map(lambda days: date(2024, 1, 1) + timedelta(days)),
    st.sampled_from(["24107", "24059"]),
    st.sampled_from(["bib", "bom"]),
    st.sampled_from(["", "24107"]),
)


def distinct(days):
    """What the counts must be, from scratch."""
    seen = set()
    for (visitor, day, municipality, digipunt, residence), count in days.items():
        if count > 0:
            for grain in GRAINS:
                start = period_start(day, grain)
                seen.add((visitor, BY_POINT, grain, start, "", municipality))
                seen.add((visitor, BY_POINT, grain, start, digipunt, municipality))
                if residence:
                    seen.add((visitor, BY_RESIDENCE, grain, start, "", residence))
    return Counter(group for _, *group_ in seen for group in [tuple(group_)])


@given(st.lists(st.lists(VISITS, max_size=6), max_size=6), st.data())
def test_counts_equal_those_from_scratch(batches, data):
    """However visits come and go, in whatever batches, the counts equal a count from scratch."""
    days, counts = Counter(), Counter()
    for batch in batches:
        change = Counter(batch)
        there = sorted(key for key, count in days.items() if count > 0)
        if there:
            for key in data.draw(st.lists(st.sampled_from(there), max_size=3, unique=True)):
                change[key] -= 1
        change = {key: count for key, count in change.items() if count}
        counts.update(people_deltas(days, change))
        days.update(change)
    assert {group: count for group, count in counts.items() if count} == distinct(days)
