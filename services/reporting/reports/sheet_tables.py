"""The tables and pictures of the bottleneck sheet, and what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from common import dates
from contracts.refdata import codes, label
from services.reporting.charts import PAPER, Bar, Caption, Form, bars
from services.reporting.charts.wording import NOT_STOPPED
from services.reporting.model.bottlenecks import headline
from services.reporting.model.dimensions import NOT_ASKED
from services.reporting.model.numbers import whole
from services.reporting.model.periods import Period
from services.reporting.model.signs import PLAIN, PROVISIONAL
from services.reporting.queries.pictures import part_labels
from services.reporting.reports.parts import Cell, Chart, Row, Section, Table
from services.reporting.reports.sheet_words import say

DRAWN = 3
"""Services that have a picture of their own beside that of all together: those named most often."""
WIDTH = 640
"""Of a picture, in pixels; it is as wide as the page."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one sheet is made of. `months` are the twelve that end with this one; in `counts` '' stands for all services."""

    place: str
    month: Period
    today: date
    language: str
    items: Sequence[dict[str, Any]]
    counts: dict[tuple[str, date], int]
    months: Sequence[Period]
    as_of: str

    @property
    def say(self) -> Callable[..., str]:
        return partial(say, language=self.language)

    def cell(self, count: int, period: Period, dimension: str = "", code: str = "", text: str = "") -> Cell:
        """How often, in a month: provisional while that is not over."""
        status = PROVISIONAL if period.last >= self.today else PLAIN
        return Cell(
            count,
            "bottlenecks",
            period.first,
            period.last,
            status,
            dimension=dimension,
            code=code,
            label=text,
        )

    def name(self, list_name: str, code: str) -> str:
        """The label of a code; one that is newer than this service is named by itself."""
        if code == NOT_ASKED:
            return {"nl": "niet gevraagd", "fr": "pas demandé", "en": "not asked"}[self.language]
        return label(list_name, code, self.language) if code in codes(list_name) else code

    def of_service(self, service: str, period: Period) -> Cell:
        """How often one service stopped people in a month."""
        text = self.name("onlineService", service)
        return self.cell(self.counts[service, period.first], period, "onlineService", service, text)


def in_numbers(found: Found) -> Section:
    say = found.say
    before = found.months[-2]
    services = [
        Row(
            found.name("onlineService", item["service"]),
            (found.of_service(item["service"], found.month), found.of_service(item["service"], before)),
        )
        for item in found.items
    ]
    return Section(
        say("inNumbers"),
        tables=(
            Table(say("services"), (say("service"), say("times"), say("before")), tuple(services), bars=0),
            _detail(found, "causes", "cause", "bottleneckCause"),
            _detail(found, "outcomes", "outcome", "outcome"),
        ),
    )


def _detail(found: Found, of: str, column: str, list_name: str) -> Table:
    """Each service with each of its causes, or of how its visits ended."""
    say = found.say
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
    return Table(say(of), (say("service"), say(column), say("times")), tuple(rows), bars=1)


def over_time(found: Found) -> Section:
    """A table of the twelve months, and a picture of each of its columns."""
    say, language = found.say, found.language
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
    titles = [say("noted", n=whole(all_months, language))]
    for service in services:
        titles.append(
            headline(service, sum(found.counts[service, month.first] for month in found.months), language)
        )
    return Section(
        say("overTime"),
        tables=(Table(say("trend"), (say("month"), say("together"), *names), tuple(rows)),),
        charts=tuple(
            Chart(
                "column",
                title,
                say("alt", title=title),
                _picture(found, title, service),
                say("trend"),
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
