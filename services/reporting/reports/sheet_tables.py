"""The tables and pictures of the bottleneck sheet, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from common import dates
from contracts.refdata import codes, label
from services.reporting.charts import PAPER, Bar, Caption, Form, bars
from services.reporting.charts.wording import NOT_STOPPED
from services.reporting.model.bottlenecks import headline
from services.reporting.model.dimensions import NOT_ASKED
from services.reporting.model.numbers import whole
from services.reporting.model.periods import Period
from services.reporting.model.signs import NOT_AVAILABLE, PLAIN, PROVISIONAL
from services.reporting.queries.pictures import part_labels
from services.reporting.reports.parts import Cell, Chart, Row, Section, Table
from services.reporting.reports.words import Words, words

DRAWN = 3
"""Services that have a picture of their own beside that of all together: those named most often."""
WIDTH = 640
"""Of a picture, in pixels; it is as wide as the page."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one sheet is made of. `months` are the twelve that end with this one; in `counts` '' stands for all services.

    `there`: whether visits ever were.
    """

    place: str
    month: Period
    today: date
    language: str
    items: Sequence[dict[str, Any]]
    counts: dict[tuple[str, date], int]
    months: Sequence[Period]
    as_of: str
    there: bool

    @property
    def words(self) -> Words:
        return words(self.language)

    def cell(self, count: int, period: Period, dimension: str = "", code: str = "", text: str = "") -> Cell:
        """How often, in a month: provisional while that is not over."""
        status = PROVISIONAL if period.last >= self.today else PLAIN
        return Cell(
            count if self.there else None,
            "bottlenecks",
            period.first,
            period.last,
            status if self.there else NOT_AVAILABLE,
            dimension=dimension,
            code=code,
            label=text,
        )

    def name(self, list_name: str, code: str) -> str:
        """The label of a code; one that is newer than this service is named by itself."""
        if code == NOT_ASKED:
            return self.words("notAsked")
        return label(list_name, code, self.language) if code in codes(list_name) else code

    def of_service(self, service: str, period: Period) -> Cell:
        """How often one service stopped people in a month."""
        text = self.name("onlineService", service)
        return self.cell(self.counts[service, period.first], period, "onlineService", service, text)


def in_numbers(found: Found) -> Section:
    say = found.words
    before = found.months[-2]
    services = [
        Row(
            found.name("onlineService", item["service"]),
            (found.of_service(item["service"], found.month), found.of_service(item["service"], before)),
        )
        for item in found.items
    ]
    return Section(
        say("monthly.inNumbers"),
        tables=(
            Table(
                say("monthly.services"),
                (say("column.service"), say("column.times"), say("column.monthBefore")),
                tuple(services),
                bars=0,
            ),
            _detail(found, "causes", "cause", "bottleneckCause"),
            _detail(found, "outcomes", "outcome", "outcome"),
        ),
    )


def _detail(found: Found, of: str, column: str, list_name: str) -> Table:
    """Each service with each of its causes, or of how its visits ended."""
    say = found.words
    rows = [
        Row(
            found.name("onlineService", item["service"]),
            (
                found.name(list_name, each["code"]),
                found.cell(
                    each["count"],
                    found.month,
                    f"onlineService,{list_name}",
                    f"{item['service']},{each['code']}",
                    f"{found.name('onlineService', item['service'])}, {found.name(list_name, each['code'])}",
                ),
            ),
        )
        for item in found.items
        for each in item[of]
    ]
    return Table(
        say(f"monthly.{of}"),
        (say("column.service"), say(f"column.{column}"), say("column.times")),
        tuple(rows),
        bars=1,
    )


def over_time(found: Found) -> Section:
    """A table of the twelve months, and a picture of each of its columns."""
    say, language = found.words, found.language
    services = [item["service"] for item in found.items[:DRAWN]]
    rows = [
        Row(
            dates.month(month.first, language),
            (
                found.cell(found.counts["", month.first], month),
                *(found.of_service(service, month) for service in services),
            ),
        )
        for month in found.months
    ]
    names = [found.name("onlineService", service) for service in services]
    all_months = sum(found.counts["", month.first] for month in found.months)
    titles = [say("monthly.noted", number=whole(all_months, language))]
    for service in services:
        titles.append(
            headline(service, sum(found.counts[service, month.first] for month in found.months), language)
        )
    return Section(
        say("monthly.overTime"),
        tables=(
            Table(say("bottlenecks.trend"), (say("column.month"), say("together"), *names), tuple(rows)),
        ),
        charts=tuple(
            Chart(
                "column",
                title,
                say("monthly.alt", title=title),
                _picture(found, title, service),
                say("bottlenecks.trend"),
                (place,),
            )
            for place, (title, service) in enumerate(zip(titles, ["", *services], strict=True))
        ),
    )


def _picture(found: Found, title: str, service: str) -> str:
    return bars(
        Caption(title, found.place),
        _bars(found, service),
        Form(WIDTH, found.language, PAPER, captioned=False),
        empty=NOT_STOPPED[found.language],
    )


def _bars(found: Found, service: str) -> list[Bar]:
    months: Iterable[tuple[int, Period]] = enumerate(found.months)
    return [
        Bar(
            *part_labels(month.first, "month", number, found.language),
            found.counts[service, month.first],
        )
        for number, month in months
    ]
