"""Query parameters of the charts: whose figures, in which days, and for what page."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from chassis.http.fields import Flag, ref_code, uuid
from services.reporting.charts import NARROWEST, WIDEST
from services.reporting.schemas.queries import ReachQuery, ToldQuery
from services.reporting.schemas.targets import TargetQuery


class _Form(Schema):
    """How wide a chart is to be, and whether it has its caption in it."""

    width = fields.Integer(
        load_default=600,
        validate=validate.Range(NARROWEST, WIDEST),
        metadata={"description": "Pixels; texts stay as large as they are."},
    )
    caption = Flag(
        load_default=True,
        metadata={
            "description": "false: title and subtitle are in `<title>` and `<desc>` only, for a page that prints them."
        },
    )


class ChartQuery(ToldQuery, _Form):
    """A chart of an area and a period."""


class ReachChartQuery(ReachQuery, _Form):
    """A chart of the period of a grant."""


class BottleneckChartQuery(ChartQuery):
    """A chart of one online service."""

    service = ref_code("onlineService", required=True)


class TargetChartQuery(TargetQuery, _Form):
    """A chart of one target."""

    target = uuid("The target.", required=True)
