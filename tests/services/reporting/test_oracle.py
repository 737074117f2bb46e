"""Every figure of summary, reach and query equals what pandas counts from the raw journal."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import uuid5

import pytest

from services.reporting.model.answers import Answer
from services.reporting.model.periods import Period
from services.reporting.model.questions import CODED, MEASURES, PEOPLE_RECOGNISED, TIMES, Question
from services.reporting.queries import ask
from services.reporting.queries.area import area
from services.reporting.queries.reach import reach_figures
from tests.services.reporting.api import TODAY
from tests.services.reporting.ledger import LANDEN, POINTS, SPACE, TIENEN, Ledger, codes, visit
from tests.services.reporting.oracle import WITHOUT, Oracle

SIZES = [2_000, pytest.param(50_000, marks=pytest.mark.slow)]
BATCH = 500
FIRST, LAST = datetime(2024, 6, 1, tzinfo=UTC), datetime(2026, 6, 30, tzinfo=UTC)
AREAS = [
    {},
    {"municipality": [TIENEN]},
    {"municipality": [LANDEN]},
    *({"digipunt": point} for point in POINTS),
]
SUMMARISED = {
    "contact": "contact",
    "themes": "theme",
    "help": "help",
    "outcomes": "outcome",
    "places": "place",
    "ageBands": "ageBand",
    "situations": "situation",
    "devices": "device",
    "residences": "residence",
}
NO_ROW_WHERE_NONE = {"referredFrom", "referredTo"}


def journal(size, seed):
    """A journal of so many visits at three points over two years; a fifth is corrected or moved, a twentieth voided."""
    chance = random.Random(seed)
    ledger = Ledger()
    cards = [str(uuid5(SPACE, f"card {number}")) for number in range(size // 5)]
    points = sorted(POINTS)

    def some(name):
        return chance.choice(CODED[name].codes)

    def started():
        # Also at the borders of days and years in Brussels, and when the clock changes.
        if chance.random() < 0.1:
            moment = chance.choice(["2025-12-31T23:30:00", "2025-03-30T00:59:00", "2025-10-25T22:30:00"])
            return f"{moment}Z"
        moment = FIRST + timedelta(seconds=chance.random() * (LAST - FIRST).total_seconds())
        return moment.isoformat(timespec="seconds").replace("+00:00", "Z")

    def details():
        found = {
            "themes": chance.sample(CODED["theme"].codes, chance.randint(1, 3)),
            "contact": chance.choice(["first", "first", "repeat", "repeat", "unknown"]),
            "place": some("place"),
        }
        for name in ("help", "outcome", "selfReliance", "ageBand", "device", "referredFrom", "referredTo"):
            if chance.random() < 0.7:
                found[name] = some(name)
        if chance.random() < 0.1:
            found["ageBand"] = found["selfReliance"] = "notAsked"
        if chance.random() < 0.5:
            found["situation"] = chance.sample(CODED["situation"].codes, chance.randint(0, 2))
        if chance.random() < 0.5:
            found["durationMinutes"] = chance.randint(0, 90)
        if chance.random() < 0.6:
            found["residence"] = chance.choice([TIENEN, LANDEN, "24001"])
        if chance.random() < 0.3:
            found["bottlenecks"] = [
                {"service": some("onlineService"), "cause": some("bottleneckCause")}
                for _ in range(chance.randint(0, 3))
            ]
        if chance.random() < 0.3:
            found["visitor"] = chance.choice(cards)
        return found

    for number in range(size):
        id = str(uuid5(SPACE, f"random visit {seed} {number}"))
        began = started()
        # Most on the day itself, some after midnight, some from a laptop that was away for weeks.
        ledger.now = datetime.fromisoformat(began) + timedelta(hours=chance.choice([0, 0, 0, 0, 2, 600]))
        ledger.register(visit(id, chance.choice(points), began, **details()))
        dice = chance.random()
        if dice < 0.15:
            ledger.correct(id, **details())
        elif dice < 0.2:
            point = chance.choice(points)
            ledger.correct(id, digipunt=point, municipality=POINTS[point], startedAt=started())
        elif dice < 0.25:
            ledger.void(id)
        if dice < 0.02:
            ledger.correct(id, **details())
        elif dice < 0.03:
            ledger.void(id)
    return ledger


@cache
def foretold(size):
    """The events of a random journal, and the oracle of it: made once, for they are the same on each backend."""
    events = journal(size, seed=13).events
    return events, Oracle(event.encode() for event in events)


@pytest.fixture(scope="module", params=SIZES)
def counted(request, read_models):
    """The read models of a random journal, and the oracle of it."""
    events, oracle = foretold(request.param)
    read_models.begin_again()
    for start in range(0, len(events), BATCH):
        read_models.apply(events[start : start + BATCH])
    return read_models, oracle


def periods(chance):
    """A year, a half-year, the grant's, a month, and any days."""
    yield date(2025, 1, 1), date(2025, 12, 31)
    yield date(2025, 7, 1), date(2025, 12, 31)
    yield date(2025, 1, 1), date(2026, 7, 31)
    yield date(2025, 10, 1), date(2025, 10, 31)
    yield date(2025, 12, 31), date(2025, 12, 31)
    for _ in range(4):
        first = FIRST.date() + timedelta(days=chance.randrange(700))
        yield first, first + timedelta(days=chance.randrange(500))


@pytest.mark.case("figures 1")
@pytest.mark.case("figures 4")
@pytest.mark.case("figures 25")
@pytest.mark.case("figures 27")
def test_the_summary(counted):
    """Contacts, people, and every list, of points and by residence."""
    read_models, oracle = counted
    for first, last in periods(random.Random(1)):
        for place in [*AREAS, {"residence": [LANDEN]}, {"residence": [LANDEN, TIENEN]}]:
            frame = oracle.chosen(first, last, place)
            figures = read_models.summary(first, last, **place)
            assert figures["contacts"] == len(frame)
            assert figures["minutes"]["total"] == frame["minutes"].sum()
            assert figures["people"]["recognised"] == frame["visitor"].nunique()
            by = "residence" if "residence" in place else "municipality"
            new = figures["people"]["newPeople"]
            assert new["value"] == oracle.new_people(frame, first, last, by=by)
            assert (new["notAsked"], new["contacts"]) == ((frame["contact"] == "unknown").sum(), len(frame))
            one_year = (first.month, first.day) == (1, 1) and first.year == last.year
            assert figures["people"]["estimated"] == (new["value"] if one_year else None)
            for figure, name in SUMMARISED.items():
                assert codes(figures[figure]) == oracle.counts(frame, name), figure
            for way, name in (("in", "referredFrom"), ("out", "referredTo")):
                expected = oracle.counts(frame, name)
                expected.pop("none", None)
                assert codes(figures["referrals"][way]) == expected
            assert codes(figures["selfReliance"]["answers"]) == oracle.counts(frame, "selfReliance")
            assert {
                (each["service"], each["cause"]): each["count"] for each in figures["bottlenecks"]
            } == Counter(pair for pairs in frame["pairs"] for pair in pairs)
            told = {name: each["count"] for name, each in figures["completeness"].items()}
            assert told == oracle.completeness(first, last, place)
            if "digipunts" in figures:
                expected = frame["digipunt"].value_counts().to_dict()
                assert {
                    each["id"]: each["contacts"] for each in figures["digipunts"] if each["contacts"]
                } == expected


@pytest.mark.case("figures 3")
@pytest.mark.case("figures 9")
def test_the_reach(counted):
    """At least and at most, of all, under 18 and adults, and at the end of each month."""
    read_models, oracle = counted
    for first, last in periods(random.Random(2)):
        for place in AREAS:
            expected = oracle.reach(first, last, place)
            with read_models.database.read() as connection:
                where = area(connection, {TIENEN, LANDEN}, place)
                found = reach_figures(connection, where, Period(first, last), "nl")
            assert bounds(found) == expected["all"]
            assert bounds(found["under18"]) == expected["under18"]
            assert bounds(found["adults"]) == expected["adults"]
            middle = found["months"][len(found["months"]) // 2]
            assert bounds(middle) == oracle.reach(first, middle["to"], place)["all"]
            assert bounds(found["months"][-1]) == expected["all"]


def bounds(found):
    """At least and at most."""
    return found["atLeast"], found["atMost"]


def questions(chance, number):
    """Random questions: a measure by one or two dimensions, with up to three filters."""
    for _ in range(number):
        measure = chance.choice([each for each in MEASURES if each != PEOPLE_RECOGNISED])
        times = [name for name in TIMES if not (measure == "newPeople" and name == "day")]
        choices = ["municipality", "digipunt", chance.choice(times), *chance.sample(sorted(CODED), 4)]
        by = tuple(chance.sample(choices, chance.randint(1, 2)))
        filters = {}
        for name in chance.sample(sorted(CODED), chance.choice([0, 0, 1, 2])):
            known = [*CODED[name].codes, TIENEN, LANDEN] if name == "residence" else [*CODED[name].codes]
            known.append(WITHOUT.get(name, "notAsked"))
            filters[name] = frozenset(chance.sample(known, min(len(known), chance.randint(1, 4))))
        yield Question(measure, by, filters)


@pytest.mark.case("figures 2")
@pytest.mark.case("figures 5")
@pytest.mark.case("figures 6")
@pytest.mark.case("figures 7")
@pytest.mark.parametrize("few", [0, 10**9], ids=["prepared", "facts"])
def test_every_question(counted, few):
    """Cells, rows, columns and totals of random questions, from what is prepared and from the facts alone."""
    read_models, oracle = counted
    chance = random.Random(3)
    for (first, last), question in zip(periods_for_ever(chance), questions(chance, 60), strict=False):
        place = chance.choice(AREAS)
        found = answered(read_models, place, Period(first, last), question, few)

        def expected(*by, first=first, last=last, place=place, question=question):
            return oracle.ask(first, last, place, by, question.measure, question.filters)

        told = f"{question} {first} {last} {place}"
        assert values(found.cells) == expected(*question.by), told
        assert found.all.value == expected().get((), 0), told
        if len(question.by) == 2:
            one, two = question.by
            assert {(code,): each.value for code, each in found.rows.items()} == expected(one), told
            assert {(code,): each.value for code, each in found.columns.items()} == expected(two), told


@pytest.mark.case("figures 5")
def test_different_people(counted):
    """By place and period, with totals in which each counts once."""
    read_models, oracle = counted
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    frame = oracle.chosen(first, last, {})
    for by in (
        ("digipunt",),
        ("municipality", "quarter"),
        ("month", "digipunt"),
        ("municipality", "digipunt"),
    ):
        found = answered(read_models, {}, Period(first, last), Question(PEOPLE_RECOGNISED, by), 0)
        quarter = frame["day"].map(lambda day: f"{day.year}-Q{(day.month + 2) // 3}")
        keys = [quarter if name == "quarter" else frame[name] for name in by]
        expected = frame.groupby(keys)["visitor"].nunique().to_dict()
        expected = {
            key if isinstance(key, tuple) else (key,): count for key, count in expected.items() if count
        }
        assert values(found.cells) == expected
        assert found.all.value == frame["visitor"].nunique()
        if len(by) == 2:
            rows = frame.groupby(keys[0])["visitor"].nunique().to_dict()
            assert {code: each.value for code, each in found.rows.items()} == {
                k: v for k, v in rows.items() if v
            }


def periods_for_ever(chance):
    """One period after the other."""
    while True:
        yield from periods(chance)


def answered(read_models, place, period, question, few):
    """The answer, once all that it needs is prepared."""
    while True:
        with read_models.database.read() as connection:
            where = area(connection, {TIENEN, LANDEN}, place)
            found = ask.ask(connection, where, period, question, TODAY, few=few)
        if isinstance(found, Answer):
            return found
        ask.prepare(read_models.database, found, question)


def values(cells):
    """The value of each cell."""
    return {codes: each.value for codes, each in cells.items()}
