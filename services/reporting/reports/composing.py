"""Puts the half-year or year report together from its figures."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from services.reporting.model.periods import Period
from services.reporting.queries.area import VISITS
from services.reporting.reports.context import Context
from services.reporting.reports.gathering import Gathered
from services.reporting.reports.pages.activities import activities
from services.reporting.reports.pages.bottlenecks import bottlenecks
from services.reporting.reports.pages.brief import brief
from services.reporting.reports.pages.closing import comparison, signs, sources
from services.reporting.reports.pages.help import helped, people, referrals, self_reliance, themes
from services.reporting.reports.pages.method import definitions, method
from services.reporting.reports.pages.places import places
from services.reporting.reports.pages.reach import reach
from services.reporting.reports.parts import Report, numbered
from services.reporting.reports.tidy import csv_of

PAGES = (
    brief,
    method,
    reach,
    places,
    themes,
    helped,
    people,
    self_reliance,
    referrals,
    bottlenecks,
    activities,
    comparison,
    sources,
)


def compose(found: Gathered) -> Report:
    """The report; its last page names the checksum of its CSV."""
    context = Context(found)
    report = Report(
        language=context.language,
        title=_title(context),
        subject=context.words("subject", places=_places(context)),
        author="Digipunt",
        made_on=found.today,
        facts=_facts(context),
        definitions=definitions(context),
        signs=signs(context),
        sections=numbered([page(context) for page in PAGES]),
        warnings=_warnings(context),
    )
    checksum = context.words("sources.sha256", sha256=sha256(csv_of(report)).hexdigest())
    *pages, last = report.sections
    return replace(report, sections=(*pages, replace(last, sentences=(*last.sentences, checksum))))


def _title(context: Context) -> str:
    return context.words(f"title.{context.found.asked.kind}", period=context.days(context.period))


def _places(context: Context) -> str:
    return ", ".join(context.place_name(nis) for nis in context.found.asked.municipalities)


def _facts(context: Context) -> tuple[tuple[str, str], ...]:
    words, found = context.words, context.found
    return tuple(
        (words(f"facts.{name}"), text)
        for name, text in (
            ("municipalities", _places(context)),
            ("period", _from_to(context, context.period)),
            ("asOf", _as_of(context)),
            ("madeOn", context.day(found.today)),
            ("filters", words("filters.none")),
            ("version", words("version.all")),
            ("contact", words("contact")),
            ("licence", words("licence")),
        )
    )


def _from_to(context: Context, period: Period) -> str:
    return context.words("fromTo", first=context.day(period.first), last=context.day(period.last))


def _as_of(context: Context) -> str:
    """Up to when the figures go: of several deployments, the one that is behind."""
    times = [each.event_time for each in context.found.sources[VISITS] if each.event_time]
    return context.moment(min(times)) if times else context.words("sources.neverThere")


def _warnings(context: Context) -> tuple[str, ...]:
    words = context.words
    told = []
    if context.provisional:
        told.append(words("warning.provisional", day=context.day(context.period.last)))
    if context.found.rebuilding:
        told.append(words("sources.rebuilding"))
    return tuple(told)
