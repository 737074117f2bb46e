"""The signs that stand for a number that is not there, or that qualify one: the same in page, PDF, spreadsheet, CSV and JSON.

JSON and CSV have the code as `status` (`A` for a plain number), all that people read has it in brackets. A real zero is `0`.
"""

from __future__ import annotations

from dataclasses import dataclass

PLAIN = "A"
"""The status of a number of which nothing is to be said."""

HIDDEN, NOT_APPLICABLE, NOT_AVAILABLE = "c", "z", "x"
ESTIMATED, PROVISIONAL, REVISED, BREAK = "e", "p", "r", "b"


@dataclass(frozen=True, slots=True)
class Sign:
    """A status code and what it means."""

    code: str
    nl: str
    fr: str
    en: str

    @property
    def mark(self) -> str:
        """As it is printed, such as `[c]`."""
        return f"[{self.code}]"

    def words(self, language: str) -> str:
        """What it means, in `nl`, `fr` or `en`."""
        return str(getattr(self, language))


SIGNS: dict[str, Sign] = {
    sign.code: sign
    for sign in (
        Sign(
            HIDDEN,
            "verborgen, om mensen te beschermen",
            "masqué, pour protéger les personnes",
            "hidden, to protect people",
        ),
        Sign(
            NOT_APPLICABLE,
            "niet van toepassing: het punt was niet open, of de vraag bestond niet",
            "sans objet : le point n'était pas ouvert, ou la question n'existait pas",
            "not applicable: the point was not open, or the question did not exist",
        ),
        Sign(
            NOT_AVAILABLE,
            "niet beschikbaar: de dienst was weg",
            "non disponible : le service était absent",
            "not available: the service was away",
        ),
        Sign(ESTIMATED, "geschat", "estimé", "estimated"),
        Sign(PROVISIONAL, "voorlopig", "provisoire", "provisional"),
        Sign(REVISED, "herzien", "révisé", "revised"),
        Sign(BREAK, "breuk in de reeks", "rupture dans la série", "break in the series"),
    )
}
"""In the order in which notes list them."""
