"""Runs one service as `digipunt run` does, with faults that only tests have; production code holds no switch for them.

`python -m tests.faults.launcher visits --strikes FILE`: FILE holds `POINT N`, and SIGUSR1 arms it: the process then kills
itself with SIGKILL when it stands at that fault point for the Nth time. SIGUSR2 sets the wall clock as many seconds off as
the file of `--clock` says.
"""

import time

_shift, _time = 0.0, time.time
# Before anything takes a reference to it: libraries see the shifted clock too.
time.time = lambda: _time() + _shift

from chassis.green import patch

patch()

import argparse
import os
import signal
from datetime import datetime, timedelta
from pathlib import Path

import services
from chassis.clock import SystemClock
from chassis.faults import FaultPoints
from chassis.inbox.projection import Batch
from chassis.inbox.subscribe import subscribe
from chassis.run import Runner
from chassis.runtime import logs
from chassis.runtime.application import Application
from chassis.service import Service
from digipunt import settings as configuration
from tests.faults import next_release


class Strikes(FaultPoints):
    """Kills the process at the point that `file` names."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._point = ""
        self._left = 0

    def arm(self) -> None:
        """Strike at what the file names now."""
        self._point, left = self._file.read_text().split()
        self._left = int(left)

    def reach(self, point: str) -> None:
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class ShiftedClock(SystemClock):
    """The machine's clocks, the wall clock some seconds off from the start, and by what `file` says after a jump.

    So a test of office hours can run at night.
    """

    def __init__(self, file: Path, seconds: float) -> None:
        self._file = file
        self._seconds = seconds

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self._seconds + _shift)

    def set(self) -> None:
        """Jump to what the file says now."""
        global _shift
        _shift = float(self._file.read_text())


def defective(service: type[Service], file: Path) -> type[Service]:
    """Reporting with a defect for as long as `file` exists: it raises on the theme that the file names."""
    from services.reporting.handlers.figures import apply
    from services.reporting.model.layout import VERSION
    from services.reporting.tables import PREPARED, READ_MODELS

    @subscribe("visits", [*READ_MODELS, *PREPARED], version=VERSION)
    def on_visits(app: Application, batch: Batch) -> None:
        theme = file.read_text() if file.exists() else None
        for event in batch.events:
            if theme in event.data.get("visit", {}).get("themes", ()):
                raise RuntimeError(f"a defect with {theme}")
        apply(batch)

    others = tuple(each for each in service.projections if each.source != "visits")
    return type("Defective", (service,), {"projections": (on_visits, *others)})


def hurry() -> None:
    """Have notifications take a process for dead after seconds instead of minutes."""
    from services.notifications.model import timing

    timing.CLAIM = timing.SENDING = timing.OWNER_PAUSE = timedelta(seconds=3)
    timing.SETTLING = timedelta(seconds=1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("service")
    parser.add_argument("--strikes", type=Path, required=True)
    parser.add_argument("--clock", type=Path, required=True)
    parser.add_argument("--defect", type=Path)
    parser.add_argument("--next-release", action="store_true")
    parser.add_argument("--shift", type=float, default=0.0)
    parser.add_argument("--hurry", action="store_true")
    arguments = parser.parse_args()
    settings = configuration.load()
    logs.configure(settings.log)
    [service] = services.load([arguments.service])
    if arguments.defect:
        service = defective(service, arguments.defect)
    if arguments.next_release:
        next_release.know()
    if arguments.hurry:
        hurry()
    strikes = Strikes(arguments.strikes)
    signal.signal(signal.SIGUSR1, lambda *_: strikes.arm())
    clock = ShiftedClock(arguments.clock, arguments.shift)
    signal.signal(signal.SIGUSR2, lambda *_: clock.set())
    runner = Runner(settings, [service], clock=clock, faults=strikes)
    runner.start()
    runner.run()


if __name__ == "__main__":
    main()
