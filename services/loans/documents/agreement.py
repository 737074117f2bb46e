"""The agreement that goes with a loan, in plain Dutch, French or English, to sign on paper or signed on the screen.

It promises only what the service does: no fine, nobody refused because of an address, and what is left on a
device is wiped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from common import dates
from contracts.refdata import label
from services.loans.documents.pages import TEMPLATES, page, picture

PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Place:
    """The digipunt that lends. What is not known about it is left out of the page."""

    name: str
    address: str | None = None
    phone: str | None = None
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class AgreedDevice:
    """One device with what goes with it; `kind` and `condition` are codes."""

    kind: str
    label: str
    condition: str
    serial: str | None = None
    accessories: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Everything on the page. `collected_by` is the person who collects for an organisation.

    `signature` is a PNG that was drawn on the screen on `handed_over_on`; without one there is a line to sign on.
    """

    language: str
    borrower: str
    place: Place
    devices: Sequence[AgreedDevice]
    handed_over_on: date
    due_on: date
    collected_by: str | None = None
    signature: bytes | None = None


def html(agreement: Agreement) -> str:
    """The page, for common.pdf."""
    language = agreement.language
    return page(
        "agreement.html",
        language=language,
        words=filled(agreement),
        place=agreement.place,
        borrower=agreement.borrower,
        collected_by=agreement.collected_by,
        devices=[
            {
                "kind": label("deviceKind", each.kind, language),
                "label": each.label,
                "serial": each.serial,
                "condition": label("condition", each.condition, language),
                "accessories": each.accessories,
            }
            for each in agreement.devices
        ],
        handed_over_on=day(agreement.handed_over_on, language),
        signature=picture("image/png", agreement.signature) if agreement.signature else None,
    )


def filled(agreement: Agreement) -> dict[str, Any]:
    """The words of the agreement's language with its names and days in them; `rules` is a list of sentences."""
    words = _words()[agreement.language]
    values = {
        "name": agreement.borrower,
        "digipunt": agreement.place.name,
        "phone": agreement.place.phone,
        "due": day(agreement.due_on, agreement.language, weekday=True),
    }

    def fill(text: str) -> str:
        return text.format_map(values)

    return {
        name: [fill(each) for each in text] if isinstance(text, list) else fill(text)
        for name, text in words.items()
    }


def is_png(content: bytes) -> bool:
    """Whether it begins as a PNG does (RFC 2083 §3.1)."""
    return content.startswith(PNG)


def day(value: date, language: str, *, weekday: bool = False) -> str:
    """Such as “30 november 2026”, or “maandag 30 november 2026”."""
    return dates.day(value, language, "weekdayFull" if weekday else "full")


@cache
def _words() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(
        (TEMPLATES / "agreement.yaml").read_text(encoding="utf-8")
    )
    return loaded
