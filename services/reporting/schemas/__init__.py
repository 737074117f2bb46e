"""The API of the figures: `queries` are requests, all other modules are responses."""

from __future__ import annotations

from services.reporting.schemas.charts import (
    BottleneckChartQuery,
    ChartQuery,
    ReachChartQuery,
    TargetChartQuery,
)
from services.reporting.schemas.queries import FiguresQuery, ReachQuery, SeriesQuery, SummaryQuery, ToldQuery
from services.reporting.schemas.query import QuestionAnswer, QuestionQuery
from services.reporting.schemas.reach import ReachAnswer
from services.reporting.schemas.registers import Bottlenecks, ReferralsAnswer, Series
from services.reporting.schemas.sheet import SheetQuery
from services.reporting.schemas.summary import Summary
from services.reporting.schemas.targets import Target, TargetPut, TargetQuery, Targets

__all__ = [
    "BottleneckChartQuery",
    "Bottlenecks",
    "ChartQuery",
    "FiguresQuery",
    "QuestionAnswer",
    "QuestionQuery",
    "ReachAnswer",
    "ReachChartQuery",
    "ReachQuery",
    "ReferralsAnswer",
    "Series",
    "SeriesQuery",
    "SheetQuery",
    "Summary",
    "SummaryQuery",
    "Target",
    "TargetChartQuery",
    "TargetPut",
    "TargetQuery",
    "Targets",
    "ToldQuery",
]
