"""An address laid out for the window of an envelope."""

import pytest

from services.notifications.model.envelope import SIZES, lay_out


@pytest.mark.case("public L8")
@pytest.mark.parametrize(
    ("parts", "lines", "size"),
    [
        (["Jan Peeters", "Broekstraat 7", "3300 TIENEN"], 3, 11.0),
        (["Burgemeester Jozef Ruelensplein 105", "3300 TIENEN"], 2, 10.0),
        (["Jan", "Burgemeester Etienne Demunterlaan 5 bus 12", "1090 JETTE"], 4, 11.0),
        (["An", "Straat 1", "3300 SINT-KATELIJNE-WAVER (ONZE-LIEVE-VROUW-WAVER)"], 4, 11.0),
    ],
)
def test_an_address_is_rather_set_smaller_than_broken(parts, lines, size):
    """A house number stays on its line; where a part is longer than any line, it goes on in the next one."""
    laid = lay_out(parts)
    assert (len(laid.lines), laid.size) == (lines, size)
    assert " ".join(laid.lines) == " ".join(parts)
    assert not any(line[0].isdigit() and len(line) < 4 for line in laid.lines)


@pytest.mark.case("public L8")
def test_no_sign_is_lost_and_what_fits_in_no_type_is_refused():
    """Whatever the length, all of it is laid out, or nothing is."""
    for length in range(1, 400, 7):
        parts = ["N" * (length // 2 + 1), "straat " * (length // 8) + "105 bus 12", "3300 TIENEN"]
        laid = lay_out(parts)
        if laid is None:
            assert length > 100
        else:
            assert "".join("".join(laid.lines).split()) == "".join("".join(parts).split())
            assert laid.size in SIZES
