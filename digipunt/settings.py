"""The settings of a deployment of Digipunt: those of the chassis, for our services and our municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import services
from chassis.errors import ConfigurationError
from chassis.settings import Settings
from common.municipalities import MUNICIPALITIES
from common.phones import e164

DEFAULTS = {"DIGIPUNT_MUNICIPALITIES": ",".join(MUNICIPALITIES)}


def load(
    environ: Mapping[str, str] | None = None,
    *,
    data_dir: Path | None = None,
    port: int | None = None,
    defaults: Mapping[str, str] | None = None,
) -> Settings:
    """Read the settings; see `chassis.settings.Settings.load`."""
    settings = Settings.load(
        environ,
        services=services.NAMES,
        data_dir=data_dir,
        port=port,
        defaults=DEFAULTS | dict(defaults or {}),
    )
    if settings.phone and not e164(settings.phone):
        raise ConfigurationError(
            f"DIGIPUNT_PHONE is {settings.phone!r}: it takes a number that people can call, such as 016 80 56 62"
        )
    return settings


def unknown_databases(settings: Settings) -> list[str]:
    """The settings and SQLite files that name a database for which this release has no service."""
    urls = [name for name in settings.database_urls if name not in services.REGISTRY]
    files = sorted(settings.data_dir.glob("*.sqlite")) if settings.data_dir else []
    return [f"DIGIPUNT_{name.upper()}_DATABASE_URL" for name in urls] + [
        str(file) for file in files if file.stem not in services.REGISTRY
    ]


def has_database(settings: Settings, service: str) -> bool:
    """Whether the service has a database here. On a laptop one that never ran has none, and asking would make an empty one."""
    # Loaded here, because every command reads settings, and few ask a database.
    import sqlalchemy as sa

    url = settings.database_urls.get(service)
    return url is not None and (not url.startswith("sqlite") or Path(str(sa.make_url(url).database)).exists())
