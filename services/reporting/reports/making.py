"""Makes the reports that were asked for, in the background, and keeps their files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import Any

import structlog

from chassis.clock import Clock, local_day
from chassis.errors import DigipuntError, Unavailable
from chassis.fingerprint import fingerprint, utc_text
from chassis.refusals import Reason
from chassis.storage.database import Database
from services.reporting.queries import figures
from services.reporting.reports import keeping
from services.reporting.reports.asked import Asked
from services.reporting.reports.composing import compose
from services.reporting.reports.gathering import gather
from services.reporting.reports.keeping import FAILED, FORMS, MADE, MAKING, FileRow, Form, ReportRow
from services.reporting.reports.parts import Report
from services.reporting.reports.rendering import Renderer
from services.reporting.reports.tidy import csv_of

log = structlog.get_logger(__name__)

GATHERED, TABLED = 0.3, 0.45
"""How far it is when all figures are read, and when the workbook is written. The PDF takes the rest."""

LOOK_EVERY = 0.1
"""Seconds between looks at a report that is being made, perhaps by another process."""

LONGEST = 60.0
"""Seconds that a request for a file waits; after that it is asked to come back, and finds it made."""


class Maker:
    """Makes reports. One per service. `spawn` runs a function in a thread of its own, until the service stops."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        new_id: Callable[[], str],
        spawn: Callable[[Callable[[], None]], object],
    ) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id
        self._spawn = spawn
        self._renderer = Renderer()

    def ask(self, asked: Asked) -> ReportRow:
        """The report of what is asked, made from what is known now; it is begun when it was not there."""
        now = self._clock.now()
        with self._database.read() as connection:
            digest = keeping.digest_of(connection, asked, local_day(now))
            as_of = figures.as_of(connection)
        row = ReportRow(
            id=self._new_id(),
            digest=digest,
            subject=fingerprint(asked.as_json()),
            parameters=asked.as_json(),
            state=MAKING,
            progress=0.0,
            reason=None,
            as_of=_told(as_of),
            rebuilding=False,
            asked_at=now,
            made_at=None,
            claimed_until=None,
        )
        with self._database.begin() as connection:
            found = keeping.ask(connection, row)
        if found["state"] == MAKING:
            self._begin(found["id"])
        return found

    def file(self, asked: Asked, form: Form) -> FileRow:
        """One file of the report of what is asked, as soon as it is made. Raises Unavailable."""
        return self.wait(self.ask(asked)["id"], form)

    def wait(self, id: str, form: Form) -> FileRow:
        """One file of a report, as soon as it is made. Raises NotFound, and Unavailable when it cannot be made now."""
        until = self._clock.monotonic() + LONGEST
        pause = Event()
        while self._clock.monotonic() < until:
            with self._database.read() as connection:
                found = keeping.find_file(connection, id, form)
                row = keeping.find(connection, id)
            if found is not None:
                return found
            if row["state"] == FAILED and row["reason"]:
                raise Unavailable(row["reason"]["code"], **row["reason"]["params"])
            pause.wait(LOOK_EVERY)
        raise Unavailable("reportInTheMaking")

    def take_up(self) -> None:
        """Make what somebody else began and did not end, such as a process that was stopped."""
        with self._database.read() as connection:
            ids = keeping.left_behind(connection, self._clock.now())
        for id in ids:
            self._begin(id)

    def forget(self) -> None:
        """Let go of reports that newer ones have taken the place of."""
        with self._database.begin() as connection:
            keeping.forget_superseded(connection, self._clock.now())

    def _begin(self, id: str) -> None:
        self._spawn(partial(self._make_if_free, id))

    def _make_if_free(self, id: str) -> None:
        """Never raises: what went wrong is kept with the report, or it is taken up again after a while."""
        try:
            with self._database.begin() as connection:
                if not keeping.claim(connection, id, self._clock.now()):
                    return
                row = keeping.find(connection, id)
            try:
                self._make(row)
            except DigipuntError as error:
                self._note(id, state=FAILED, reason=_kept(error.reason))
            except (RuntimeError, ValueError, LookupError) as error:
                log.error("report.failed", report=id, error=type(error).__name__)
                self._note(id, state=FAILED, reason=_kept(Reason("reportFailed")))
        except Exception as error:
            log.warning("report.leftBehind", report=id, error=type(error).__name__)

    def _make(self, row: ReportRow) -> None:
        id = row["id"]
        report = self._composed(row)
        write = {"csv": csv_of, "xlsx": self._renderer.xlsx, "pdf": self._renderer.pdf}
        for form, progress in zip(FORMS, (GATHERED, TABLED, 1.0), strict=True):
            content = write[form](report)
            with self._database.begin() as connection:
                keeping.keep(connection, id, form, content)
                keeping.update(connection, id, progress=progress)
        self._note(id, state=MADE, made_at=self._clock.now())

    def _composed(self, row: ReportRow) -> Report:
        """The report as the events that answer now make it, which may be some more than when it was asked for."""
        asked, id, today = Asked.of_json(row["parameters"]), row["id"], local_day(self._clock.now())
        with self._database.read() as connection:
            found = gather(
                connection, asked, today, lambda done: self._note(id, progress=round(done * GATHERED, 2))
            )
            as_of = figures.as_of(connection)
            digest = keeping.digest_of(connection, asked, today)
        with self._database.begin() as connection:
            keeping.made_of(connection, row, digest, _told(as_of), rebuilding=found.rebuilding)
        return compose(found)

    def _note(self, id: str, **values: object) -> None:
        with self._database.begin() as connection:
            keeping.update(connection, id, **values)


def _told(as_of: dict[str, Any]) -> dict[str, Any]:
    """Positions and times as JSON has them."""
    return {
        service: each | {"time": utc_text(each["time"]) if each["time"] else None}
        for service, each in as_of.items()
    }


def _kept(reason: Reason) -> dict[str, Any]:
    return {"code": str(reason), "params": dict(reason.params)}
