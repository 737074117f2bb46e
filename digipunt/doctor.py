"""`digipunt doctor`: checks everything that a deployment depends on, and says in plain words what to do."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pika
import sqlalchemy as sa
from pika.exceptions import AMQPConnectionError, AMQPError, ProbableAuthenticationError
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

import services
from chassis.clock import SystemClock
from chassis.errors import ConfigurationError, Unavailable
from chassis.http.jwks import Jwks
from chassis.settings import Settings
from chassis.storage import migrations
from chassis.storage.capacity import shortage
from chassis.storage.database import Database
from common.pdf import PACKAGES, PdfRenderer
from common.reachability import why_unreachable
from digipunt.folder import DataFolder, default, settings_of
from digipunt.settings import unknown_databases
from services.notifications.channels.base import ChannelUnavailable
from services.notifications.channels.gateway import read_gateway
from services.notifications.channels.sms import SmsChannel
from services.notifications.channels.smtp import SmtpChannel, SmtpServer
from services.notifications.queries.messages import count_waiting_for_number

LEAST_DISK = 1_000_000_000
"""Bytes that should be free."""

RELEASED = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock before this is certainly wrong."""

MARKS = {True: "[green]ok[/]", None: "[yellow]??[/]", False: "[red]--[/]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check; `advice` says what to do when it is not well, or could be better (None)."""

    what: str
    well: bool | None
    detail: str
    advice: str = ""


def doctor(port: int | None, data: Path | None) -> bool:
    """Print the findings; whether all is well."""
    findings = list(examine(port, data))
    console = Console(highlight=False)
    for finding in findings:
        console.print(f"{MARKS[finding.well]} {finding.what}: ", end="")
        console.print(finding.detail, markup=False)
        if not finding.well:
            console.print(f"   {finding.advice}", markup=False)
    return all(finding.well is not False for finding in findings)


def examine(port: int | None, data: Path | None) -> Iterator[Finding]:
    """Check settings, clock, disk, port, databases, broker, channels of messages, and printing, in that order."""
    folder = DataFolder(data or default())
    try:
        settings = settings_of(data)
    except ConfigurationError as error:
        advice = f"Correct it in the environment. If keys are missing: `digipunt serve` makes them in {folder.path}."
        yield Finding("settings", False, str(error), advice)
        return
    yield Finding("settings", True, f"deployment {settings.deployment}")
    now = SystemClock().now()
    yield Finding(
        "clock", now >= RELEASED, f"{now:%Y-%m-%d %H:%M} UTC", "Set the clock of this machine, best by NTP."
    )
    yield _disk(folder.path)
    if folder.path.is_dir():
        yield _private(folder)
    yield _port(settings.listen[1] if port is None else port)
    for name in services.NAMES:
        if name in settings.database_urls:
            yield _database(settings, name)
    yield from connections(settings)
    for database in unknown_databases(settings):
        advice = "Use the release that has that service, or take the database away: there is no backup while it is there."
        yield Finding("databases", False, f"{database} belongs to no service of this release", advice)
    yield _broker(settings.broker_url)
    if settings.oidc_issuer:
        yield _issuer(settings.oidc_issuer)
    yield from _messages(settings)
    if {"loans", "notifications"} & {*settings.database_urls}:
        yield _personal(settings)
    if "loans" in settings.database_urls:
        yield _documents()


def _personal(settings: Settings) -> Finding:
    what = "key of personal data"
    if not settings.data_keys:
        return Finding(
            what,
            False,
            "not set",
            "Set DIGIPUNT_DATA_KEY: without it nothing can be lent, and nobody of a session can be reached.",
        )
    if len(settings.data_keys) > 1:
        return Finding(
            what, True, f"{len(settings.data_keys)} keys: run `digipunt rotate-keys` to need only the first"
        )
    return Finding(what, True, "set; keep a copy of it where the backups are not")


def _issuer(address: str) -> Finding:
    what, advice = (
        "issuer of accounts",
        "Nobody can sign in there now: docs/sign-in.md says what it has to do.",
    )
    try:
        return Finding(what, True, f"{address} answers, and signs with {Jwks(address).count()} keys")
    except Unavailable:
        return Finding(what, False, f"{address} does not answer as an issuer", advice)


def _documents() -> Finding:
    try:
        PdfRenderer().render("<p>digipunt</p>")
    except Unavailable as error:
        advice = (
            f"Install them, on Debian with `sudo apt-get install {PACKAGES}`. All but printing works without."
        )
        return Finding("documents", False, str(error), advice)
    return Finding("documents", True, "agreements, labels and letters can be made")


def _disk(path: Path) -> Finding:
    existing = next(each for each in (path, *path.parents) if each.exists())
    free = shutil.disk_usage(existing).free
    return Finding(
        "disk",
        free >= LEAST_DISK,
        f"{free / 1e9:.1f} GB free at {existing}",
        "Make room: writing stops when it is full.",
    )


def _private(folder: DataFolder) -> Finding:
    what = "data folder"
    if found := folder.open_to_others():
        names = ", ".join(path.name for path in found)
        advice = f"Run `chmod -R go= {folder.path}`, or start `digipunt serve` once more, which does that."
        return Finding(what, False, f"others on this machine may read {names}", advice)
    return Finding(what, True, "nobody else on this machine may read what is in it")


def _port(port: int) -> Finding:
    with socket.socket() as probe:
        probe.settimeout(1)
        busy = probe.connect_ex(("127.0.0.1", port)) == 0
    detail = f"{port} is in use; fine when that is Digipunt" if busy else f"{port} is free"
    return Finding("port", True, detail)


def _database(settings: Settings, name: str) -> Finding:
    what = f"database of {name}"
    if not _is_made(settings, name):
        return Finding(what, True, "not made yet; `digipunt serve` makes it")
    [service] = services.load([name])
    database = Database(settings.database_url(name))
    try:
        current = migrations.is_current(database, service.migrations / "versions")
        role = "" if migrations.may_change_tables(database) else "; this role changes no table"
    except Exception as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        return Finding(what, False, reason, "Is it running, and are address, user and password right?")
    finally:
        database.close()
    detail = f"{'newest' if current else 'older'} schema{role}"
    return Finding(what, current, detail, f"Run `digipunt migrate {name}`.")


def connections(settings: Settings) -> Iterator[Finding]:
    """Each limit of a PostgreSQL that is too low for all services there. One that does not answer has a finding already."""
    urls = {
        name: sa.make_url(url)
        for name, url in settings.database_urls.items()
        if name in services.REGISTRY and not url.startswith("sqlite")
    }
    told: set[str] = set()
    for url in urls.values():
        beside = [name for name, each in urls.items() if (each.host, each.port) == (url.host, url.port)]
        database = Database(url.render_as_string(hide_password=False))
        try:
            sentence = shortage(database, expected=beside)
        except SQLAlchemyError:
            continue
        finally:
            database.close()
        if sentence and sentence not in told:
            limit, _, remedy = sentence.partition(": ")
            yield Finding("connections", False, limit, f"{remedy[0].upper()}{remedy[1:]}.")
        told.add(sentence or "")
    if urls and told == {""}:
        yield Finding("connections", True, "PostgreSQL allows as many as all services may need at once")


def _is_made(settings: Settings, name: str) -> bool:
    """Whether there is a database to look into; a server says itself what it does not have."""
    path = settings.database_url(name)
    return not path.startswith("sqlite") or Path(path.removeprefix("sqlite:///")).exists()


def _broker(url: str) -> Finding:
    if url.startswith("memory:"):
        return Finding("broker", True, "inside the process")
    try:
        with pika.BlockingConnection(pika.URLParameters(url)) as connection:
            connection.channel()
        return Finding("broker", True, f"answers at {urlsplit(url).hostname}")
    except ProbableAuthenticationError:
        return Finding(
            "broker", False, "refuses user or password", "Correct the user in DIGIPUNT_BROKER_URL."
        )
    except (AMQPConnectionError, AMQPError, OSError) as error:
        advice = (
            "Is it running, and is DIGIPUNT_BROKER_URL right? Nothing is lost: events wait in the journals."
        )
        return Finding("broker", False, f"{urlsplit(url).hostname}: {why_unreachable(error)}", advice)


def _messages(settings: Settings) -> Iterator[Finding]:
    """What notifications needs to reach people; another service's container has none of these settings."""
    if "notifications" not in settings.database_urls:
        advice = "Ask where it runs, such as `docker compose exec notifications digipunt doctor`."
        yield Finding("messages", None, "the service notifications is not set up in this place", advice)
        return
    yield _mail(settings)
    yield _sms(settings)
    yield number_to_call(settings)


def number_to_call(settings: Settings) -> Finding:
    """Whether messages have a number to give, and how many wait because they have none."""
    what = "number to call"
    if settings.phone:
        return Finding(
            what, True, f"{settings.phone}, where neither digipunt nor municipality has one of its own"
        )
    advice = (
        "Give the digipunt a number, or its municipality, or set DIGIPUNT_PHONE: without any, messages wait."
    )
    if waiting := _waiting_for_number(settings):
        return Finding(what, False, f"messages that wait because there is none: {waiting}", advice)
    return Finding(what, None, "DIGIPUNT_PHONE is not set", advice)


def _waiting_for_number(settings: Settings) -> int:
    if not _is_made(settings, "notifications"):
        return 0
    database = Database(settings.database_url("notifications"))
    try:
        with database.read() as connection:
            return count_waiting_for_number(connection)
    except SQLAlchemyError:
        return 0  # The finding about the database says so.
    finally:
        database.close()


def _mail(settings: Settings) -> Finding:
    what = "mail server"
    if not settings.smtp_url:
        advice = "Set DIGIPUNT_SMTP_URL; until then people hear by SMS, letter or phone."
        return Finding(what, None, "not set up: nobody is told by e-mail", advice)
    try:
        SmtpChannel(SmtpServer.of(settings.smtp_url)).check()
    except (ConfigurationError, ChannelUnavailable) as error:
        advice = "Is DIGIPUNT_SMTP_URL right, and may this machine reach it? Messages wait for a day, and then go another way."
        return Finding(what, False, str(error), advice)
    return Finding(what, True, "lets us in")


def _sms(settings: Settings) -> Finding:
    what = "SMS gateway"
    if not settings.sms_gateway:
        advice = "Set DIGIPUNT_SMS_GATEWAY; until then people hear by e-mail, letter or phone."
        return Finding(what, None, "not set up: nobody is told by SMS", advice)
    try:
        gateway = read_gateway(settings.sms_gateway)
        SmsChannel(gateway, secret=settings.sms_secret, report="").check()
    except (ConfigurationError, ChannelUnavailable) as error:
        advice = "Is the file of DIGIPUNT_SMS_GATEWAY right, and may this machine reach the gateway?"
        return Finding(what, False, str(error), advice)
    return Finding(what, True, "answers; doctor sends no SMS, so its key is not tried")
