"""Runs services: all in one process on one laptop, or one in a container."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import services
from chassis.errors import ConfigurationError
from chassis.http.sign_in import link
from chassis.run import Runner
from chassis.runtime import logs
from chassis.storage import migrations
from digipunt import front_page
from digipunt import settings as configuration
from digipunt.folder import DataFolder, default, settings_of

MIGRATE_PATIENCE = 300.0
"""Seconds that `migrate` waits for a database; a service, which has nothing else to do, waits for as long as it takes."""


def serve(*, port: int | None, data: Path | None, only: Sequence[str] | None) -> None:
    """Serve from the data folder until SIGTERM or Ctrl-C."""
    folder = DataFolder(data or default())
    folder.prepare()
    with folder.alone():
        settings = folder.settings(port=port)
        logs.configure(settings.log)
        runner = Runner(settings, services.load(only))
        front_page.mount(runner)
        runner.start()
        with folder.answering(runner.address):
            announce(runner)
            runner.run()


def announce(runner: Runner) -> None:
    """Print the address and, where the desk can take it, a link that signs in once."""
    print(f"Digipunt: {runner.address}/", file=sys.stderr, flush=True)
    if any(service.name == "desk" for service in runner.services):
        settings = runner.settings
        made = link(settings, runner.address, "coordinator", settings.municipalities)
        print(f"Aanmelden (één keer, 15 minuten geldig): {made}", file=sys.stderr, flush=True)


def run_one(service: str) -> None:
    """Run one service from the environment until SIGTERM."""
    settings = configuration.load()
    logs.configure(settings.log)
    [chosen] = services.load([service])
    runner = Runner(settings, [chosen])
    runner.start()
    runner.run()


def migrate(service: str | None, data: Path | None) -> None:
    """Migrate one database, or all that are set."""
    settings = settings_of(data)
    names = (
        services.select([service])
        if service
        else [name for name in services.NAMES if name in settings.database_urls]
    )
    if not names:
        raise ConfigurationError(
            "no database is set: name one, such as DIGIPUNT_VISITS_DATABASE_URL, or give --data"
        )
    logs.configure(settings.log)
    for each in services.load(names):
        migrations.upgrade(
            settings.database_url(each.name), each.migrations / "versions", patience=MIGRATE_PATIENCE
        )
        print(f"{each.name}: up to date")
