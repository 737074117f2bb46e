"""How complete the figures of a period are: what came in after it, and what was changed or taken out of it since."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.reporting.model.definitions import definition
from services.reporting.model.fold import CORRECTED, RECORDED_ON, VOIDED, Counts
from services.reporting.model.periods import Period


def completeness(total: Counts, period: Period, language: str) -> dict[str, dict[str, Any]]:
    """Of the sums of a period: each number with its definition."""
    counts = {
        "registeredLate": sum(
            count for key, count in total.items() if (on := _recorded_on(key)) and on > period.last
        ),
        "corrected": total[CORRECTED],
        "voided": total[VOIDED],
    }
    return {
        name: {"count": count, "definition": definition(name, language)} for name, count in counts.items()
    }


def _recorded_on(key: str) -> date | None:
    dimension, _, code = key.partition("|")
    return date.fromisoformat(code) if dimension == RECORDED_ON else None
