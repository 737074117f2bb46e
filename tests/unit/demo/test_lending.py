"""The demo's lending: made up, the same each time, and as lending really goes."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import phonenumbers

from digipunt.demo import lending as demo_lending
from digipunt.demo.points import POINTS

TODAY = date(2026, 11, 25)
generate = cache(demo_lending.generate)
POINT = {point.id: point for point in POINTS}


def test_a_later_day_only_adds():
    """The same seed gives the same lending; a month later there is more of it, and nothing is otherwise than it was."""
    before, later = generate(7, TODAY), generate(7, TODAY + timedelta(30))
    assert demo_lending.generate(7, TODAY) == before
    assert generate(8, TODAY) != before
    now = {loan.id: loan for loan in later.loans}
    for loan in before.loans:
        if loan.returned_on is None:
            assert (now[loan.id].returned_on or TODAY) >= TODAY
        else:
            assert now[loan.id] == loan


def test_a_device_is_with_one_borrower_at_a_time():
    """The next loan of a device begins after it came back, and a lost one is lent no more."""
    loans = defaultdict(list)
    for loan in generate(7, TODAY).loans:
        [device] = loan.devices
        loans[device].append(loan)
    assert sum(map(len, loans.values())) > 100
    for mine in loans.values():
        for before, after in pairwise(mine):
            assert before.returned_on < after.handed_over_on
            assert not before.lost


def test_devices_go_out_and_are_due_on_opening_days():
    """Nobody is at the digipunt on other days."""
    for loan in generate(7, TODAY).loans:
        for day in filter(None, (loan.handed_over_on, loan.due_on, loan.returned_on)):
            assert POINT[loan.digipunt].open_days(day, day), (loan.digipunt, day)


def test_nobody_can_be_reached_by_mistake():
    """Addresses of e-mail lead nowhere, and numbers are made up; the demo sends nothing besides."""
    lending = generate(7, TODAY)
    for borrower in lending.borrowers.values():
        assert borrower.get("email", "x@example.org").endswith("@example.org")
        if phone := borrower.get("phone"):
            assert phone.startswith(("016 00 ", "0470 00 0"))
            assert phonenumbers.is_valid_number(phonenumbers.parse(phone, "BE"))
    assert {loan.borrower for loan in lending.loans} <= set(lending.borrowers)
