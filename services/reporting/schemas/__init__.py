"""The API of the figures: `queries` are requests, all other modules are responses."""

from __future__ import annotations

from services.reporting.schemas.queries import FiguresQuery, SeriesQuery, SummaryQuery
from services.reporting.schemas.registers import Bottlenecks, ReferralsAnswer, Series
from services.reporting.schemas.summary import Summary

__all__ = [
    "Bottlenecks",
    "FiguresQuery",
    "ReferralsAnswer",
    "Series",
    "SeriesQuery",
    "Summary",
    "SummaryQuery",
]
