"""One name in many writings."""

import pytest

from common.names import normal


@pytest.mark.case("public I6", "public I7", "use 8")
@pytest.mark.parametrize("apostrophe", "'’‘‛ʼ`´′＇ʻ❜")
def test_every_apostrophe_is_one(apostrophe):
    """A word processor, a telephone and a French keyboard each write another sign."""
    assert normal(f"{apostrophe}t  Recupke ") == normal("'t recupke")


@pytest.mark.case("public I6")
@pytest.mark.parametrize(
    "written",
    [
        "Cafe\u0301 Nume\u0301rique",
        "Café\u00a0Numérique",
        "\ufeffCafé \u200bNumé\u00adrique",
        "CAFÉ NUMÉRIQUE",
        "Ｃafé\tNumérique",
    ],
)
def test_what_cannot_be_seen_makes_no_other_name(written):
    """Accents that stand apart, blanks that do not break, signs without a width and capitals."""
    assert normal(written) == normal("Café Numérique")


def test_hyphens_are_one_and_letters_are_not():
    """Word makes a dash of the hyphen in `18-24`; another letter is another name."""
    assert normal("18–24") == normal("18‑24") == normal("18-24")
    assert normal("Cafe Numerique") != normal("Café Numérique")
