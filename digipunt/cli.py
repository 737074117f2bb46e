"""`digipunt …`. Each command says what went wrong in one sentence on standard error.

Exit codes: 1 bad input, 2 usage, 3 something needed is unavailable. Commands import what they need when they run, so
that `token` is quick and `serve` answers within two seconds.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from chassis.errors import DigipuntError, Unavailable
from digipunt import events_cli, person_cli, token_cli
from digipunt.options import LOCAL, Data, Port, Token, Url

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The back office of a digital-help point: visits, loans, and the figures that keep the funding.",
)
import_app = typer.Typer(no_args_is_help=True, help="Bring in what was registered elsewhere.")
app.add_typer(import_app, name="import")
app.add_typer(events_cli.app, name="events")
app.add_typer(token_cli.app, name="token")
app.add_typer(person_cli.app, name="person")

PRIVATE = 0o077
"""Nobody else on the machine may read what a command writes: databases, keys, backups, refused rows."""


@app.command()
def serve(
    port: Port = None,
    data: Data = None,
    only: Annotated[str | None, typer.Option(help="Only these services, with commas.")] = None,
) -> None:
    """Run all (or some) services in this process, on SQLite in the data folder."""
    from digipunt.serve import serve as run

    run(port=port, data=data, only=only.split(",") if only else None)


@app.command()
def demo(
    port: Port = None,
    data: Data = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same data.")] = 2024,
) -> None:
    """As serve, on a folder filled with synthetic data for the seven municipalities, 2024-01 to today."""
    from digipunt.demo.command import demo as run

    run(port=port, data=data, seed=seed)


@app.command()
def run(service: Annotated[str, typer.Argument(help="Which, such as visits.")]) -> None:
    """Run one service from the settings in the environment, for containers."""
    from digipunt.serve import run_one

    run_one(service)


@app.command()
def migrate(
    service: Annotated[
        str | None, typer.Argument(help="One service; all whose database is set if left out.")
    ] = None,
    data: Data = None,
) -> None:
    """Bring databases to the newest schema. Safe to run at once from several places."""
    from digipunt.serve import migrate as run

    run(service, data)


@app.command("rotate-keys")
def rotate_keys(data: Data = None) -> None:
    """Encrypt personal data again with the first of the keys in DIGIPUNT_DATA_KEY. Safe to stop and to run again."""
    from digipunt.rotate_keys import rotate_keys as run

    run(data)


@app.command()
def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would go; take nothing away.")
    ] = False,
    data: Data = None,
) -> None:
    """Take away now what DIGIPUNT_RETENTION keeps no longer; the services do so within the hour by themselves."""
    from digipunt.retention import retention as run

    run(data, dry_run=dry_run)


@app.command("link")
def sign_in_link(
    role: Annotated[str, typer.Option(help="coordinator, policy or ops")] = "coordinator",
    municipality: Annotated[
        list[str] | None,
        typer.Option(help="NIS code; again for more. If left out: all of the deployment."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port on this machine where it answers.")
    ] = None,
    url: Annotated[
        str | None,
        typer.Option(help="Where it answers, if neither the data folder nor DIGIPUNT_PUBLIC_URL says so."),
    ] = None,
    data: Data = None,
) -> None:
    """Print an address that signs in once, within 15 minutes, and nothing else."""
    from digipunt.links import link

    try:
        made = link(role, municipality or (), port=port, url=url, data=data)
    except ValueError as error:
        raise _Refused(str(error)) from None
    print(made)


@import_app.command("visits")
def import_visits(
    file: Annotated[
        Path,
        typer.Argument(
            exists=True,
            dir_okay=False,
            readable=True,
            allow_dash=True,
            help="CSV or XLSX; - is standard input.",
        ),
    ],
    map: Annotated[
        Path | None,
        typer.Option(
            "--map",
            exists=True,
            dir_okay=False,
            help="How its columns are to be read, if not by their names.",
        ),
    ] = None,
    rejected: Annotated[
        Path | None,
        typer.Option(
            "--rejected",
            dir_okay=False,
            allow_dash=True,
            help="Where refused rows go, if not to FILE.rejected.csv; - is standard output.",
        ),
    ] = None,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run", help="Only show which column becomes what and what would be refused; write nothing."
        ),
    ] = False,
    url: Url = LOCAL,
    token: Token = None,
    data: Data = None,
) -> None:
    """Import existing registrations, once however often it is run.

    Refused rows go to FILE.rejected.csv with the row, the column and the reason, beside the content of the row, so that
    they can be corrected and imported; that file may hold personal data and only you can read it.
    """
    from digipunt.importing.command import import_visits as run

    run(file, map, rejected, dry_run=dry_run, url=url, token=token, data=data)


@app.command()
def backup(
    file: Annotated[str, typer.Argument(help="Where to; - is standard output.")],
    keys: Annotated[
        Path | None,
        typer.Option(
            "--keys",
            help="Keep the keys of persons apart, in this one file that each backup replaces: erasing then reaches older ones.",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Write all databases of the deployment to one encrypted file, while the services go on."""
    from digipunt.backup.command import backup as run

    run(file, data, keys)


@app.command()
def restore(
    file: Annotated[str, typer.Argument(help="Where from; - is standard input.")],
    data: Data = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite what the databases hold.")] = False,
    keys: Annotated[
        Path | None,
        typer.Option("--keys", help="The newest file of the keys of persons, where they are apart."),
    ] = None,
) -> None:
    """Put a backup into the databases of this deployment, whose services are stopped."""
    from digipunt.backup.command import restore as run

    run(file, data, replace=replace, keys=keys)


@app.command()
def doctor(port: Port = None, data: Data = None) -> None:
    """Check settings, ports, disk, clock, databases and broker, and say what to do."""
    from digipunt.doctor import doctor as run

    if not run(port, data):
        raise typer.Exit(1)


class _Refused(DigipuntError):
    """Bad input on the command line."""


def main() -> None:
    """Run the command line; what went wrong becomes a sentence and an exit code."""
    os.umask(PRIVATE)
    try:
        app(standalone_mode=True)
    except Unavailable as error:
        _fail(str(error), 3)
    except DigipuntError as error:
        _fail(str(error), 1)


def _fail(sentence: str, code: int) -> None:
    print(f"digipunt: {sentence}", file=sys.stderr)
    sys.exit(code)
