"""The report of a half-year of random visits, corrected, moved and voided, with some lending; written down once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from services.reporting.reports.asked import Asked
from services.reporting.reports.composing import compose
from services.reporting.reports.gathering import gather
from services.reporting.reports.parts import Report
from services.reporting.reports.rendering import Renderer
from services.reporting.reports.tidy import csv_of
from tests.services.reporting.api import TODAY, ReadModels
from tests.services.reporting.ledger import LANDEN, TIENEN
from tests.services.reporting.test_loans import BOM, Lending
from tests.services.reporting.test_oracle import journal

VISITS, SEED = 1_500, 13


@dataclass(frozen=True)
class Written:
    """A report with its files, and what the summary says of the same days."""

    report: Report
    pdf: bytes
    xlsx: bytes
    csv: bytes
    summary: dict[str, Any]


def written(read_models: ReadModels, language: str) -> Written:
    """The report of the first half of 2025, in this language."""
    asked = Asked.of("halfYear", 2025, 1, [TIENEN, LANDEN], language)
    with read_models.database.read() as connection:
        found = gather(connection, asked, TODAY, lambda done: None)
    report, renderer = compose(found), Renderer()
    summary = read_models.summary(date(2025, 1, 1), date(2025, 6, 30))
    return Written(report, renderer.pdf(report), renderer.xlsx(report), csv_of(report), summary)


def lending() -> Lending:
    """A laptop and a tablet, lent one after the other; the tablet is still out when the half-year ends."""
    journal = Lending()
    for name in ("laptop", "tablet"):
        journal.device(name, name, BOM, addedOn="2025-01-01")
    first = journal.loan("first", {"laptop": "laptop"}, "2025-02-03", "2025-03-03")
    journal.ended("returned", first, "laptop", "laptop", "2025-02-28")
    journal.loan("second", {"tablet": "tablet"}, "2025-06-02", "2025-06-30")
    return journal


@pytest.fixture(scope="package")
def figures(read_models: ReadModels) -> ReadModels:
    """Read models that hold two years of random visits."""
    read_models.begin_again()
    read_models.apply(journal(VISITS, SEED).events)
    read_models.apply_loans(lending().events)
    return read_models


@pytest.fixture(scope="package")
def half_year(figures: ReadModels) -> Written:
    """The report in Dutch."""
    return written(figures, "nl")
