"""`digipunt link`: an address that signs somebody in once, made without a word to the services that run."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from chassis.errors import ConfigurationError
from chassis.http.sign_in import link as sign_in_link
from chassis.settings import Settings
from digipunt.folder import DataFolder, default, settings_of
from digipunt.tokens import place_of

PUBLIC_URL = "DIGIPUNT_PUBLIC_URL"


def link(
    role: str, municipalities: Sequence[str], *, port: int | None, url: str | None, data: Path | None
) -> str:
    """The link. Raises ValueError for a role that has none, ConfigurationError when nothing says where it leads."""
    settings = settings_of(data)
    named, _ = place_of(settings, role, municipalities, ())
    return sign_in_link(settings, _address(settings, port, url, data), role, named)


def _address(settings: Settings, port: int | None, url: str | None, data: Path | None) -> str:
    """What was asked for, else where the process of the data folder answers, else what the deployment is known by."""
    if url is not None:
        return url
    if port is not None:
        return f"http://127.0.0.1:{port}"
    running = DataFolder(data or default()).address()
    if running is not None:
        return running
    if any(name in os.environ for name in (PUBLIC_URL, f"{PUBLIC_URL}_FILE")):
        return settings.public_url
    raise ConfigurationError(
        "nothing says where it answers: start `digipunt serve`, set DIGIPUNT_PUBLIC_URL, or name the address with --url"
    )
