"""A mapping that is found in the header of a list, for those who give none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from common.names import normal
from contracts.refdata import LISTS
from contracts.visits import VISIT_CODES
from digipunt.importing.cells import Cell, text_of
from digipunt.importing.mapping import NEEDED, ColumnMapping, by_label

_BRACKETS = re.compile(r"\s*[(\[]([^)\]]*)[)\]]\s*")
_HOURS = re.compile(r"(?:in )?(?:u|uur|uren|h|heures?|hours?)\.?")
LANGUAGES = ("nl", "fr", "en")


def guess_mapping(header: Sequence[Cell]) -> ColumnMapping | None:
    """How a list with this header is read; None when its columns of day, digipunt and theme are not recognised."""
    words = _words()
    named: dict[str, str] = {}
    for cell in header:
        column = text_of(cell)
        name = _column(column)
        if name:
            named.setdefault(name, column)
    columns: dict[str, str] = {}
    for field, synonyms in words["columns"].items():
        found = next((named[synonym] for synonym in synonyms if synonym in named), None)
        if found is not None and found not in columns.values():
            columns[field] = found
    if not all(name in columns for name in NEEDED):
        return None
    if _in_hours(columns.get("duration", "")):
        del columns["duration"]
    return ColumnMapping(_content(words, columns))


def _content(words: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    return {
        "columns": columns,
        "dates": ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"],
        "times": ["%Hu%M", "%H:%M"],
        "separators": [";", ",", " + ", "\n"],
        "totals": words["totals"],
        "codes": words["codes"],
        "bottlenecks": words["bottlenecks"],
        "municipalities": words["municipalities"],
        "digipunts": [],
    }


@cache
def _words() -> dict[str, Any]:
    """The words of `words.yaml`, and of the labels of refData in each language."""
    words: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    words["columns"] = {
        field: [normal(each) for each in synonyms] for field, synonyms in words["columns"].items()
    }
    words["codes"] = {
        field: _labels(codes.list_name) | by_label(words["codes"].get(field, {}))
        for field, codes in VISIT_CODES.items()
    }
    services, causes = _labels("onlineService"), _labels("bottleneckCause")
    words["bottlenecks"] = {
        f"{service_label}: {cause_label}": {"service": service, "cause": cause}
        for service_label, service in services.items()
        for cause_label, cause in causes.items()
    } | by_label(words["bottlenecks"])
    return words


def _labels(list_name: str) -> dict[str, str]:
    """Each label and each code of a list, with the code it stands for."""
    found: dict[str, str] = {}
    for each in LISTS[list_name].codes:
        if not each.retired:
            for label in (each.code, *(getattr(each, language) for language in LANGUAGES)):
                found.setdefault(normal(label), each.code)
    return found


def _column(header: str) -> str:
    """`Duur (min)` → `duur`; `Thema('s)` → `thema`."""
    return normal(_BRACKETS.sub(" ", header).replace("_", " ")).rstrip(" ?:.*")


def _in_hours(header: str) -> bool:
    """Whether a duration counts hours, which the mapping cannot say and a guess should not."""
    unit = _BRACKETS.search(header)
    return unit is not None and _HOURS.fullmatch(normal(unit[1])) is not None
