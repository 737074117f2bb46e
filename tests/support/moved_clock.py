"""`moved_clock.py FILE …`: `digipunt …` whose wall clock is as many seconds off as FILE says, also when that changes."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chassis.green import patch

patch()

from chassis.clock import SystemClock
from digipunt.__main__ import main


def move(file: Path) -> None:
    """Let everything in this process that asks for the time get another one."""

    def now(_: SystemClock) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text()))

    SystemClock.now = now  # type: ignore[method-assign]


if __name__ == "__main__":
    move(Path(sys.argv.pop(1)))
    main()
