"""What the API takes as a visit, before any rule."""

from uuid import uuid4

import pytest
from marshmallow import ValidationError

from services.visits.schemas.sessions import Attendance
from services.visits.schemas.visits import VisitPatch, VisitPut, VisitQuery

LEAST = {"digipunt": str(uuid4()), "themes": ["tax"]}


def test_a_digipunt_and_a_theme_suffice():
    """The least that is accepted is loaded as it is."""
    assert VisitPut().load(LEAST) == LEAST


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"themes": ["cooking"]}, "themes"),
        ({"themes": []}, "themes"),
        ({"digipunt": "here"}, "digipunt"),
        ({"startedAt": "2026-03-04T10:12:00"}, "startedAt"),
        ({"startedAt": "04/03/2026"}, "startedAt"),
        ({"startedAt": "0001-01-01T00:00:00+14:00"}, "startedAt"),
        ({"durationMinutes": 0}, "durationMinutes"),
        ({"durationMinutes": 601}, "durationMinutes"),
        ({"durationMinutes": -15}, "durationMinutes"),
        ({"durationMinutes": "20"}, "durationMinutes"),
        ({"durationMinutes": True}, "durationMinutes"),
        ({"residence": "2410"}, "residence"),
        ({"residence": "24107\n"}, "residence"),
        *(
            ({"residence": code}, "residence")
            for code in ("99999", "00000", "12345", "24000", "26001", "Other")
        ),
        ({"startedAt": "9999-12-31T23:59:59Z"}, "startedAt"),
        ({"note": "\u200b"}, "note"),
        ({"note": "x" * 1001}, "note"),
        ({"note": "  "}, "note"),
        ({"endedAt": "2026-03-04T10:12:00Z"}, "endedAt"),
        ({"bottlenecks": [{"service": "itsme"}]}, "bottlenecks"),
        ({"municipality": "24107"}, "municipality"),
    ],
)
def test_a_wrong_shape_is_named(sent, name):
    """Each fault is told at the field where it stands; unknown fields are faults too."""
    with pytest.raises(ValidationError) as refused:
        VisitPut().load(LEAST | sent)
    assert list(refused.value.normalized_messages()) == [name]


def test_a_correction_may_take_values_away_but_not_the_themes():
    """Null takes an optional value away."""
    assert VisitPatch().load({"note": None, "referredTo": None}) == {"note": None, "referred_to": None}
    with pytest.raises(ValidationError):
        VisitPatch().load({"themes": None})


def test_a_period_ends_after_it_begins():
    """A list from a later to an earlier day is refused at `to`."""
    with pytest.raises(ValidationError) as refused:
        VisitQuery().load({"from": "2026-03-04", "to": "2026-03-03"})
    assert list(refused.value.normalized_messages()) == ["to"]


def test_counts_are_not_negative():
    """Attendance is counted in whole people."""
    with pytest.raises(ValidationError):
        Attendance().load({"present": -1, "registered": 0, "walkIn": 0})


@pytest.mark.case("use 13")
@pytest.mark.parametrize("code", ["24107", "11002", "21004", "25124", "62063", "93090", "other", None])
def test_a_residence_is_a_municipality_or_elsewhere(code):
    """Municipalities of all three regions, and `other` for whoever lives in none of them."""
    assert VisitPut().load(LEAST | {"residence": code})["residence"] == code
