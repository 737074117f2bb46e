"""The figures equal a count of the visits one by one, however the events were cut into batches."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid5

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.reporting.ledger import LANDEN, POINTS, SPACE, TIENEN, Ledger, codes, visit

START = datetime(2025, 11, 1, tzinfo=UTC)

OPTIONAL = st.fixed_dictionaries(
    {},
    optional={
        "contact": st.sampled_from(["first", "repeat", "unknown"]),
        "themes": st.lists(st.sampled_from(["tax", "apps", "work"]), min_size=1, max_size=3),
        "outcome": st.sampled_from(["solvedSelf", "referred"]),
        "durationMinutes": st.integers(1, 90),
        "residence": st.sampled_from([TIENEN, LANDEN, "24001"]),
        "visitor": st.sampled_from([str(uuid5(SPACE, name)) for name in "abc"]),
        "bottlenecks": st.lists(
            st.fixed_dictionaries(
                {
                    "service": st.sampled_from(["itsme", "eBox"]),
                    "cause": st.sampled_from(["noDevice", "fee"]),
                }
            ),
            max_size=2,
        ),
    },
)
MOMENTS = st.integers(0, 200 * 24).map(
    lambda hours: (START + timedelta(hours=hours)).isoformat().replace("+00:00", "Z")
)


@st.composite
def ledgers(draw):
    """A journal of up to 25 visits that are registered, corrected and voided."""
    ledger = Ledger()
    for number in range(draw(st.integers(0, 25))):
        what = draw(st.sampled_from(["register"] * 3 + ["correct", "void"]))
        if what == "register" or not ledger.standing:
            digipunt = draw(st.sampled_from(sorted(POINTS)))
            ledger.register(
                visit(str(uuid5(SPACE, f"visit {number}")), digipunt, draw(MOMENTS), **draw(OPTIONAL))
            )
        elif what == "correct":
            id = draw(st.sampled_from(sorted(ledger.standing)))
            changes = draw(OPTIONAL)
            if draw(st.booleans()):
                changes["startedAt"] = draw(MOMENTS)
            ledger.correct(id, **changes)
        else:
            ledger.void(draw(st.sampled_from(sorted(ledger.standing))))
    return ledger


DAYS = st.integers(0, 210).map(lambda days: START.date() + timedelta(days))
PERIODS = st.one_of(
    st.tuples(DAYS, DAYS).map(sorted),
    st.sampled_from([[date(2026, 1, 1), date(2026, 3, 31)], [date(2025, 12, 1), date(2025, 12, 31)]]),
)
AREAS = st.sampled_from(
    [{}, {"municipality": [TIENEN]}, {"residence": [LANDEN]}, *({"digipunt": point} for point in POINTS)]
)
CUTS = st.lists(st.integers(1, 10), min_size=1, max_size=5)


def batches(events, sizes):
    """`events` cut into batches of these sizes, over and over."""
    start, number = 0, 0
    while start < len(events):
        size = sizes[number % len(sizes)]
        yield events[start : start + size]
        start, number = start + size, number + 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledgers(), CUTS, st.lists(st.tuples(PERIODS, AREAS), min_size=1, max_size=4))
def test_figures_equal_a_count_from_scratch(read_models, ledger, sizes, questions):
    """Contacts, people, themes, outcomes, minutes and bottlenecks of any period and place are those of the visits."""
    read_models.begin_again()
    for batch in batches(ledger.events, sizes):
        read_models.apply(batch)
    for (first, last), place in questions:
        counted = ledger.counted(
            first,
            last,
            **{"municipalities": place["municipality"]} if "municipality" in place else {},
            digipunt=place.get("digipunt"),
            residence=place.get("residence", [None])[0],
        )
        figures = read_models.summary(first, last, **place)
        assert figures["contacts"] == counted.contacts
        assert figures["people"]["recognised"] == counted.recognised
        assert codes(figures["themes"]) == counted.themes
        assert codes(figures["contact"]) == counted.contact
        assert codes(figures["outcomes"]) == counted.outcomes | counted.not_asked("outcome")
        assert codes(figures["situations"]) == counted.not_asked("situation")
        assert figures["minutes"]["total"] == counted.minutes
        assert {
            (each["service"], each["cause"]): each["count"] for each in figures["bottlenecks"]
        } == counted.bottlenecks


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ledgers(), CUTS)
def test_batches_leave_no_trace(read_models, ledger, sizes):
    """The same events leave the same rows, applied one by one or all at once."""
    read_models.begin_again()
    for batch in batches(ledger.events, sizes):
        read_models.apply(batch)
    in_batches = read_models.rows()
    read_models.begin_again()
    read_models.apply(ledger.events)
    assert _without_empty(read_models.rows()) == _without_empty(in_batches)


def _without_empty(rows):
    """Cells and counts that came back to nothing count as not there."""
    return {
        name: [row for row in table if not (name in ("cells", "people") and row[-1] in ({}, 0))]
        for name, table in rows.items()
    }
