"""Each field of a visit's event is counted, or is left out for a reason."""

from contracts.visits import VISIT_CODES, Visit
from services.reporting.model.dimensions import DIMENSIONS, FIGURES, NO_DIMENSION
from services.reporting.schemas.summary import Figures

COUNTED = {dimension.field for dimension in DIMENSIONS}


def test_each_field_of_a_visit_is_a_dimension_or_is_left_out_by_name():
    """A field that comes to the event without a line here fails this test, and so does a line without its field."""
    assert COUNTED | set(NO_DIMENSION) == set(Visit().fields)
    assert not COUNTED & set(NO_DIMENSION)


def test_each_field_with_codes_is_counted():
    """What holds codes of a reference list is a figure."""
    assert set(VISIT_CODES) <= COUNTED


def test_each_dimension_and_each_figure_is_named_once():
    """No two fields count under one name, and a summary has a field for each figure."""
    assert len({dimension.name for dimension in DIMENSIONS}) == len(DIMENSIONS)
    assert len(FIGURES) == sum(1 for dimension in DIMENSIONS if dimension.figure)
    assert set(FIGURES) <= set(Figures().fields)
