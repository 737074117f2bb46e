"""Letters as one HTML document to print: large type, and only the address can be seen through the window.

The window of a Belgian C5/6 (229 × 114 mm) or DL (220 × 110 mm) envelope is 90 × 35 mm, 20 mm from the right (or left) and
30 mm from the bottom edge, as bpost's MassPost guide wants it (section 1, "positioning of the address"). A sheet of A4 folded
in three can slide in it by up to 19 mm sideways and 15 mm up. So the address is where every position shows it (71 × 20 mm,
49 mm from the top of the sheet), the area that any position could show is otherwise empty, and the text begins below the
fold. `model.envelope` breaks a long address into lines, in smaller type if it must; one that fits in no type is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chassis.errors import Conflict
from common.dates import day
from contracts.message_context import Language
from services.notifications.model.envelope import lay_out
from services.notifications.model.routing import Person, address_of
from services.notifications.model.wording import tidy
from services.notifications.texts import Text

Window = Literal["right", "left"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it is printed."""

    language: Language
    sender: list[str]
    address: list[str]
    size: float
    long: bool
    day: str
    subject: str
    paragraphs: list[list[str]]


MUCH = 160
"""Characters of a sender that is set in smaller type, so that it stays above the text."""


def letter(person: Person, text: Text, facts: Mapping[str, str | None], today: date) -> Letter:
    """The letter to this person, or to the carer or partner organisation that is contacted instead.

    Raises Conflict when the address fits in no type; `Person.address_for` keeps such a letter from being planned.
    """
    laid = lay_out(address_of(person))
    if laid is None:
        raise Conflict("addressTooLong", id=person.id)
    sender = [tidy(str(line)) for line in (facts["digipunt"], facts["address"], facts["phone"]) if line]
    return Letter(
        language=person.language,
        sender=sender,
        address=laid.lines,
        size=laid.size,
        long=sum(map(len, sender)) > MUCH,
        day=day(today, person.language, "weekdayFull"),
        subject=text.subject,
        paragraphs=[paragraph.splitlines() for paragraph in text.text.split("\n\n")],
    )


def page(letters: Sequence[Letter], window: Window) -> str:
    """The HTML of these letters, each on its own sheet."""
    return str(_template().render(letters=letters, window=window))


@cache
def _template() -> Any:
    # As for the texts, the library is loaded with the first letter and not at every start.
    from jinja2 import Environment, StrictUndefined

    source = (Path(__file__).parent / "templates" / "letter.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
