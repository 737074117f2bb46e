"""The agreement that goes with a loan, in plain Dutch, French or English, to sign on paper or signed on the screen; and the
page that tells of an extension.

They promise only what the service does: no fine, nobody refused because of an address, and what is left on a device is
wiped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml

from common import dates
from contracts.refdata import label
from services.loans.documents.pages import TEMPLATES, load, page, picture

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
    """Everything on the page. `contact` is whom an organisation named, `collected_by` the person who really collected for it.

    `signature` is a PNG that was drawn on the screen on `handed_over_on`; without one there is a line to sign on.
    `made_later_on` is the day on which the page of an older loan was made from what was known then.
    """

    language: str
    borrower: str
    place: Place
    devices: Sequence[AgreedDevice]
    handed_over_on: date
    due_on: date
    contact: str | None = None
    collected_by: str | None = None
    signature: bytes | None = None
    made_later_on: date | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """What was agreed when a loan was extended: what is still out, until when it was, and until when it is."""

    language: str
    borrower: str
    place: Place
    devices: Sequence[AgreedDevice]
    handed_over_on: date
    previously_due_on: date
    due_on: date
    extended_on: date


def html(agreement: Agreement) -> str:
    """The page, for common.pdf."""
    language = agreement.language
    return page(
        "agreement.html",
        language=language,
        words=filled(agreement),
        place=agreement.place,
        borrower=agreement.borrower,
        contact=None if agreement.collected_by else agreement.contact,
        collected_by=agreement.collected_by,
        devices=_described(agreement.devices, language),
        handed_over_on=day(agreement.handed_over_on, language),
        signature=picture("image/png", agreement.signature) if agreement.signature else None,
        made_later=agreement.made_later_on is not None,
    )


def extension_html(extension: Extension) -> str:
    """The page of an extension, for common.pdf."""
    language = extension.language
    values = {
        "name": extension.borrower,
        "digipunt": extension.place.name,
        "phone": extension.place.phone,
        "agreed": day(extension.handed_over_on, language),
        "before": day(extension.previously_due_on, language, weekday=True),
        "due": day(extension.due_on, language, weekday=True),
        "later": None,
    }
    return page(
        "extension.html",
        language=language,
        words=_fill(_words()[language], values)
        | _fill(_for(extension.devices, _words()[language]["extension"]), values),
        place=extension.place,
        devices=_described(extension.devices, language),
        extended_on=day(extension.extended_on, language),
    )


def filled(agreement: Agreement) -> dict[str, Any]:
    """The words of the agreement's language with its names and days in them; `agreed` is a list of sentences."""
    later = agreement.made_later_on
    values = {
        "name": agreement.borrower,
        "digipunt": agreement.place.name,
        "phone": agreement.place.phone,
        "due": day(agreement.due_on, agreement.language, weekday=True),
        "later": day(later, agreement.language) if later else None,
    }
    return _fill(_for(agreement.devices, _words()[agreement.language]), values)


def _for(devices: Sequence[AgreedDevice], words: Mapping[str, Any]) -> dict[str, Any]:
    """The words with those of `several` in their place where there is more than one device."""
    return {**words, **(words["several"] if len(devices) > 1 else {})}


def _fill(words: Mapping[str, Any], values: Mapping[str, str | None]) -> dict[str, Any]:
    def fill(text: str) -> str:
        # In French a sign of two parts stands apart, and never alone on the next line.
        return re.sub(r" (?=[?:])", "\N{NO-BREAK SPACE}", text).format_map(values)

    return {
        name: [fill(each) for each in text] if isinstance(text, list) else fill(text)
        for name, text in words.items()
        if not isinstance(text, dict)
    }


def _described(devices: Sequence[AgreedDevice], language: str) -> list[dict[str, Any]]:
    return [
        {
            "kind": label("deviceKind", each.kind, language),
            "label": each.label,
            "serial": each.serial,
            "condition": label("condition", each.condition, language),
            "accessories": each.accessories,
        }
        for each in devices
    ]


def is_png(content: bytes) -> bool:
    """Whether it begins as a PNG does (RFC 2083 §3.1)."""
    return content.startswith(PNG)


def day(value: date, language: str, *, weekday: bool = False) -> str:
    """Such as “30 november 2026”, or “maandag 30 november 2026”."""
    return dates.day(value, language, "weekdayFull" if weekday else "full")


def prepare() -> None:
    """Load what pages are made with, so that this is not done while a transaction waits."""
    load()
    for language in _words():
        day(date.min, language, weekday=True)


@cache
def _words() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(
        (TEMPLATES / "agreement.yaml").read_text(encoding="utf-8")
    )
    return loaded
