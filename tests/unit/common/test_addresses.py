"""An address as people read it."""

import pytest

from common.addresses import one_line


@pytest.mark.parametrize(
    ("address", "line"),
    [
        (
            {"street": "Grote Markt 1", "postalCode": "3300", "town": "Tienen"},
            "Grote Markt 1, 3300 Tienen",
        ),
        ({"street": "Grote Markt 1", "postalCode": None, "town": "Tienen"}, "Grote Markt 1, Tienen"),
        ({"town": "Tienen"}, "Tienen"),
        ({}, None),
        (None, None),
    ],
)
def test_an_address_is_one_line_of_what_is_known_of_it(address, line):
    """A part that is missing leaves no comma or space behind."""
    assert one_line(address) == line
