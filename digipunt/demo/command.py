"""`digipunt demo`: serves from a folder filled with synthetic data, and shows that it is synthetic."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import eventlet
from rich.console import Console
from rich.progress import Progress

import services
from chassis.clock import SystemClock, local_day
from chassis.errors import ConfigurationError
from chassis.run import Runner
from chassis.runtime import logs
from digipunt import front_page
from digipunt.demo import desk
from digipunt.folder import DataFolder, default
from digipunt.front_page import DEMO
from digipunt.serve import announce


def demo(*, port: int | None, data: Path | None, seed: int) -> None:
    """Serve the demo until SIGTERM or Ctrl-C."""
    folder = DataFolder(data or default().with_name("digipunt-demo"))
    folder.prepare(deployment=DEMO)
    with folder.alone():
        settings = folder.settings(port=port)
        if settings.deployment != DEMO:
            raise ConfigurationError(
                f"{folder.path} belongs to {settings.deployment!r}: made-up data has no place in it, choose another --data"
            )
        logs.configure(settings.log)
        # Whatever this machine is set up for, nobody gets a message about a loan that does not exist.
        runner = Runner(replace(settings, smtp_url=None, sms_gateway=None), services.load(), filled=0.0)
        front_page.mount(runner)
        runner.start()
        with folder.answering(runner.address):
            announce(runner)
            print("Demo: alle gegevens zijn verzonnen.", file=sys.stderr)
            print(f"Demo: de pincode van elke helper is {desk.PIN}.", file=sys.stderr, flush=True)
            eventlet.spawn(_fill_or_fail, runner, folder.path / "demo.json", seed)
            runner.run()


def _fill_or_fail(runner: Runner, marker: Path, seed: int) -> None:
    try:
        _fill_if_needed(runner, marker, seed)
    except Exception as error:
        if not runner.stopping:
            runner.fail(error)


def _fill_if_needed(runner: Runner, marker: Path, seed: int) -> None:
    now = SystemClock().now()
    today = str(local_day(now))
    filled = json.loads(marker.read_text()) if marker.exists() else None
    surroundings = runner.instance("desk").surroundings
    complete = filled == {"seed": seed, "until": today}
    surroundings.filled = 1.0 if complete else 0.0
    desk.fill_if_empty(runner)
    if complete:
        return
    # Loaded while the first answer is on its way.
    from digipunt.demo.fill import fill

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Demo vullen", total=1.0)

        def show(part: float) -> None:
            surroundings.filled = part
            progress.update(task, completed=part)

        show(0.0)
        fill(runner, seed, now, show, first=filled is None)
    marker.write_text(json.dumps({"seed": seed, "until": today}))
    print("Demo: gevuld.", file=sys.stderr, flush=True)
