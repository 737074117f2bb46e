"""What is printed, as HTML: the agreement of a loan in plain language, and sheets of labels with QR codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
import segno
import yaml

from chassis.phones import as_dialled
from contracts.refdata import LISTS
from services.loans.model.devices import QR_PREFIX
from services.loans.model.opening import Point, in_words

TEMPLATES = Path(__file__).parent / "templates"
KIND_LABELS = {each.code: {"nl": each.nl, "fr": each.fr, "en": each.en} for each in LISTS["deviceKind"].codes}


def agreement(
    language: str, loan: Mapping[str, Any], devices: Sequence[Mapping[str, Any]], point: Point, **people: Any
) -> str:
    """The agreement as HTML; `people` are name, collected_by and signature, a picture as a `data:` address or None."""
    # Most starts print nothing, and the library would take part in every one of them.
    from babel.dates import format_date

    def day(value: Any) -> str:
        return str(format_date(value, "EEEE d MMMM y", locale=language))

    return (
        _environment()
        .get_template("agreement.html")
        .render(
            language=language,
            words=_words()[language],
            due_on=day(loan["due_on"]),
            handed_over_on=day(loan["handed_over_on"] or loan["prepared_on"]),
            devices=[
                {**each, "name": f"{KIND_LABELS[each['kind']][language]} {each['label']}"} for each in devices
            ],
            point=point,
            phone=as_dialled(point.phone) if point.phone else None,
            opening=in_words(point.opening, language),
            **people,
        )
    )


def label_sheet(devices: Sequence[Mapping[str, Any]], names: Mapping[str, str | None]) -> str:
    """Labels of 70 by 37 mm, 24 on an A4 sheet (Avery 3474 and the like), as HTML. `names` are those of digipunts."""
    labels = [
        {
            "kind": KIND_LABELS[each["kind"]]["nl"],
            "label": each["label"],
            "digipunt": names.get(each["digipunt"]) or "digipunt",
            "qr": segno.make(QR_PREFIX + each["id"], error="m", micro=False).svg_data_uri(border=0),
        }
        for each in devices
    ]
    return (
        _environment()
        .get_template("labels.html")
        .render(sheets=[labels[i : i + 24] for i in range(0, len(labels), 24)])
    )


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )


@cache
def _words() -> dict[str, dict[str, Any]]:
    words: dict[str, dict[str, Any]] = yaml.safe_load(
        (TEMPLATES / "agreement.yaml").read_text(encoding="utf-8")
    )
    return words
