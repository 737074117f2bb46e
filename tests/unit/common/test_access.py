"""Who reaches which rows."""

from dataclasses import dataclass

import pytest

from chassis.errors import Forbidden, NotFound
from common.access import require_digipunt, scope

TIENEN, LANDEN = "24107", "24059"
POINT = "0190a000-0000-7000-8000-000000000001"
OTHER = "0190a000-0000-7000-8000-000000000002"


@dataclass(frozen=True)
class Token:
    roles: frozenset[str]
    municipalities: frozenset[str] = frozenset()
    digipunts: frozenset[str] = frozenset()


def helper(*digipunts, municipalities=(TIENEN,)):
    return Token(frozenset({"helper"}), frozenset(municipalities), frozenset(digipunts))


def coordinator(*municipalities):
    return Token(frozenset({"coordinator"}), frozenset(municipalities))


def test_a_helper_reaches_own_digipunts():
    """A helper works at the digipunts of the token."""
    require_digipunt(helper(POINT), POINT, TIENEN, "visit", "x")


def test_a_helper_is_refused_at_another_digipunt_of_the_municipality():
    """Another digipunt of the own municipality is known, and not for this helper."""
    with pytest.raises(Forbidden):
        require_digipunt(helper(POINT), OTHER, TIENEN, "visit", "x")


@pytest.mark.parametrize("caller", [helper(POINT), coordinator(TIENEN)])
def test_another_municipality_is_not_there(caller):
    """What belongs to another municipality is answered as if it did not exist."""
    with pytest.raises(NotFound):
        require_digipunt(caller, OTHER, LANDEN, "visit", "x")


def test_a_coordinator_reaches_the_whole_municipality():
    """A coordinator works at every digipunt of own municipalities."""
    require_digipunt(coordinator(TIENEN), POINT, TIENEN, "visit", "x")


def test_lists_hold_own_rows_only():
    """A list is narrowed to what the token names; a claim that is no id narrows nothing open."""
    assert scope(coordinator(TIENEN)).municipalities == {TIENEN}
    assert list(scope(helper(POINT, "everything")).digipunts) == [POINT]
    assert not scope(helper(POINT)).municipalities
