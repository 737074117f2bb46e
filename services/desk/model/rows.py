"""The rows of the desk service, column by column as `tables.py` declares them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict


class PointRow(TypedDict):
    """A row of `points`: what this service knows of a digipunt."""

    id: str
    municipality: str
    name: str | None
    phone: str | None
    version: int


class PairingRow(TypedDict):
    """A row of `pairings`: a code that pairs one laptop with a digipunt."""

    id: str
    code_hash: str
    digipunt: str
    municipality: str
    expires_at: datetime


class GuessesRow(TypedDict):
    """A row of `guesses`: how many codes of one kind were wrong since a moment."""

    kind: str
    wrong: int
    since: datetime


class LaptopRow(TypedDict):
    """A row of `laptops`. What the laptop last told of itself is None until it did."""

    id: str
    name: str
    digipunt: str
    municipality: str
    secret_hash: str
    check_digits: str
    paired_at: datetime
    last_seen_at: datetime | None
    waiting: int | None
    parked: int | None
    app_version: str | None
    storage: Any
    browser: str | None
    wrong_pins: int
    wrong_since: datetime | None
    version: int


class HelperRow(TypedDict):
    """A row of `helpers`. `sealed` is the encrypted `Personal` of the helper, `pin` their encrypted PIN hash."""

    id: str
    code: str
    sealed: str
    pin: str | None
    pin_set_at: datetime | None
    wrong_pins: int
    locked_until: datetime | None
    version: int


class HelperDigipuntRow(TypedDict):
    """A row of `helper_digipunts`: where a helper helps."""

    helper: str
    digipunt: str
    municipality: str


class SessionRow(TypedDict):
    """A row of `sessions`: a helper who signed in on a laptop."""

    id: str
    laptop: str
    helper: str
    started_at: datetime
    expires_at: datetime


class UsedLinkRow(TypedDict):
    """A row of `used_links`: a sign-in link that was used, until it would have expired."""

    id: str
    expires_at: datetime
