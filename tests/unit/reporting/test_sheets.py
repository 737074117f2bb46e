"""When a sheet is complete, and what a message may say of it."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from services.reporting.model.bottlenecks import outside
from services.reporting.model.periods import Period
from services.reporting.model.sheets import month_to_tell, sheet_id


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 12, 1), None),
        (date(2026, 12, 2), None),
        (date(2026, 12, 3), Period(date(2026, 11, 1), date(2026, 11, 30))),
        (date(2026, 12, 31), Period(date(2026, 11, 1), date(2026, 11, 30))),
        (date(2027, 1, 3), Period(date(2026, 12, 1), date(2026, 12, 31))),
    ],
)
def test_a_month_is_complete_from_the_third_day_after_it(today, month):
    """Laptops that were offline are in by then, and the last day was corrected."""
    assert month_to_tell(today) == month


def test_a_sheet_has_one_id_for_ever():
    """Of its municipality and its month; another database gives it the same."""
    assert sheet_id("24107", date(2026, 11, 1)) == "a55fa11c-9204-5ff8-a64e-11139df4ba35"
    assert sheet_id("24107", date(2026, 12, 1)) != sheet_id("24107", date(2026, 11, 1))


def told(*found, language="nl"):
    """What is said of services with their counts and causes."""
    items = [
        {"service": service, "count": count, "causes": [{"code": code, "count": n} for code, n in causes]}
        for service, count, causes in found
    ]
    return outside(items, language)


def test_numbers_are_rounded_down_and_small_ones_are_left_out():
    """41 is at least 40; a cause of fewer than five is not told, nor is such a service."""
    smartphone = [("smartphoneOnly", 28), ("lostPassword", 13)]
    assert told(
        ("itsme", 41, smartphone), ("eBox", 5, [("language", 4), ("other", 1)]), ("deLijn", 4, [])
    ) == [
        "itsme hield mensen minstens 40 keer tegen. Minstens 25 keer omdat het alleen met een smartphone werkt.",
        "De eBox hield mensen minstens 5 keer tegen.",
    ]
    assert told(("itsme", 41, smartphone), language="en") == [
        "itsme stopped people at least 40 times. At least 25 times because it works on a smartphone only."
    ]
    assert told(("deLijn", 4, [])) == ["Geen enkele dienst hield mensen 5 keer of meer tegen."]
    assert told(language="fr") == ["Aucun service n'a bloqué des personnes 5 fois ou plus."]


def test_what_is_equal_after_rounding_does_not_show_which_is_more():
    """Neither services nor causes; and no more than three services are told."""
    one = told(("vdab", 14, []), ("eBox", 11, []), ("post", 40, []), ("deLijn", 6, []))
    other = told(("post", 44, []), ("eBox", 13, []), ("vdab", 10, []), ("deLijn", 9, []))
    assert one == other
    assert len(one) == 3
    causes = [("language", 9), ("unclearText", 5)], [("unclearText", 9), ("language", 5)]
    assert told(("itsme", 14, causes[0])) == told(("itsme", 14, causes[1]))


def test_14_the_messages_of_two_months_give_no_small_number_away():
    """Whatever two counts were: from what was told, at least five differences between them stay possible."""
    counts = range(40)
    by_told: dict[tuple[str, ...], set[int]] = {}
    for before, after in product(counts, counts):
        texts = (*told(("itsme", before, [])), *told(("itsme", after, [])))
        by_told.setdefault(texts, set()).add(after - before)
    assert all(len(found) >= 5 for found in by_told.values())
