"""The reports that were asked for, and the files of those that are made: kept with the positions they were made at."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Literal, TypedDict, cast

import sqlalchemy as sa

from chassis.errors import NotFound
from chassis.fingerprint import fingerprint
from chassis.inbox import checkpoints
from chassis.storage.database import upsert
from services.reporting.queries.area import VISITS
from services.reporting.queries.loans import LOANS
from services.reporting.reports.asked import Asked
from services.reporting.reports.edition import edition
from services.reporting.reports.gathering import targets_of
from services.reporting.tables import report_files, reports

Form = Literal["pdf", "xlsx", "csv"]
FORMS: tuple[Form, ...] = ("csv", "xlsx", "pdf")
"""In the order in which they are made: the quickest first."""

MAKING, MADE, FAILED = "making", "made", "failed"

CLAIM = timedelta(minutes=3)
"""How long one process has for a report, before another one may think that it is gone."""

SUPERSEDED = timedelta(days=1)
"""How long a report is kept beside a newer one about the same, for whoever has its address."""


class ReportRow(TypedDict):
    """A row of `reports`."""

    id: str
    digest: str
    subject: str
    parameters: dict[str, Any]
    state: str
    progress: float
    reason: dict[str, Any] | None
    as_of: dict[str, Any]
    rebuilding: bool
    asked_at: datetime
    made_at: datetime | None
    claimed_until: datetime | None


class FileRow(TypedDict):
    """A row of `report_files`."""

    report: str
    form: str
    content: bytes
    sha256: str


def digest_of(connection: sa.Connection, asked: Asked, today: date) -> str:
    """Of what is asked, of the events that answer now, of the targets and of what makes it.

    Also of the day, as long as the period runs.
    """
    sources = [
        [each.source, each.epoch, each.generation, each.position]
        for each in checkpoints.active_of(connection, VISITS, LOANS)
    ]
    filling = [checkpoints.being_filled(connection, service) for service in (VISITS, LOANS)]
    running = today if today <= asked.period.last else None
    targets = [[row["id"], row["version"]] for row in targets_of(connection, asked)]
    events = {"edition": edition(), "sources": sorted(sources), "filling": filling, "day": running}
    return fingerprint(asked.as_json() | events | {"targets": targets})


def find(connection: sa.Connection, id: str) -> ReportRow:
    """The report with this id. Raises NotFound."""
    row = _first(connection, reports.c.id == id)
    if row is None:
        raise NotFound("report", id)
    return row


def find_file(connection: sa.Connection, id: str, form: str) -> FileRow | None:
    """One file of a report; None while it is not made."""
    found = connection.execute(
        sa.select(report_files).where(report_files.c.report == id, report_files.c.form == form)
    )
    row = found.mappings().first()
    return cast(FileRow, dict(row)) if row else None


def ask(connection: sa.Connection, row: ReportRow) -> ReportRow:
    """The report with the digest of `row`: that one, or the one that is there. One that failed is to be made again."""
    insert = upsert(connection.dialect.name, reports).on_conflict_do_nothing(
        index_elements=[reports.c.digest]
    )
    if connection.execute(insert, dict(row)).rowcount == 0:
        again = {"state": MAKING, "progress": 0.0, "reason": None, "claimed_until": None}
        failed = sa.and_(reports.c.digest == row["digest"], reports.c.state == FAILED)
        connection.execute(sa.update(reports).where(failed).values(again))
    found = _first(connection, reports.c.digest == row["digest"])
    assert found is not None, "it was put there a line above"
    return found


def claim(connection: sa.Connection, id: str, now: datetime) -> bool:
    """Take a report to make it; False when somebody else does, or when it is made."""
    free = sa.or_(reports.c.claimed_until.is_(None), reports.c.claimed_until < now)
    statement = sa.update(reports).where(reports.c.id == id, reports.c.state == MAKING, free)
    return bool(connection.execute(statement.values(claimed_until=now + CLAIM)).rowcount)


def left_behind(connection: sa.Connection, now: datetime) -> list[str]:
    """The reports that nobody makes: whoever did is gone."""
    free = sa.or_(reports.c.claimed_until.is_(None), reports.c.claimed_until < now)
    statement = sa.select(reports.c.id).where(reports.c.state == MAKING, free).order_by(reports.c.asked_at)
    return list(connection.execute(statement).scalars())


def update(connection: sa.Connection, id: str, **values: Any) -> None:
    """Change columns of one report."""
    connection.execute(sa.update(reports).where(reports.c.id == id).values(values))


def made_of(
    connection: sa.Connection, row: ReportRow, digest: str, as_of: dict[str, Any], *, rebuilding: bool
) -> None:
    """Note from which events a report is made. When another one is made from the same, this one is found by its id only."""
    if digest != row["digest"] and _first(connection, reports.c.digest == digest) is not None:
        digest = f"{digest} {row['id']}"
    update(connection, row["id"], digest=digest, as_of=as_of, rebuilding=rebuilding)


def keep(connection: sa.Connection, id: str, form: Form, content: bytes) -> None:
    """Keep a file; when it was kept already, it stays as it was."""
    row = {"report": id, "form": form, "content": content, "sha256": sha256(content).hexdigest()}
    columns = [report_files.c.report, report_files.c.form]
    connection.execute(
        upsert(connection.dialect.name, report_files).on_conflict_do_nothing(index_elements=columns), row
    )


def forget_superseded(connection: sa.Connection, now: datetime) -> int:
    """Delete the reports that are older than a day and have a newer one about the same; returns how many."""
    newer = reports.alias()
    superseded = sa.exists().where(
        newer.c.subject == reports.c.subject,
        newer.c.asked_at > reports.c.asked_at,
        newer.c.state == MADE,
    )
    statement = sa.select(reports.c.id).where(reports.c.asked_at < now - SUPERSEDED, superseded)
    gone = list(connection.execute(statement).scalars())
    connection.execute(sa.delete(report_files).where(report_files.c.report.in_(gone)))
    connection.execute(sa.delete(reports).where(reports.c.id.in_(gone)))
    return len(gone)


def _first(connection: sa.Connection, this: sa.ColumnElement[bool]) -> ReportRow | None:
    row = connection.execute(sa.select(reports).where(this)).mappings().first()
    return cast(ReportRow, dict(row)) if row else None
