"""Helpers: who signs in at a desk, under a pseudonym that visits are recorded with."""

from __future__ import annotations

import base64
import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, TypedDict

from services.desk.model.rows import HelperRow

WRONG_PINS = 5
"""Wrong PINs in a row after which a helper waits, on every laptop."""

LOCKED_FOR = timedelta(minutes=15)
SESSION_LIFE = timedelta(minutes=10)
LONGEST_SESSION = timedelta(hours=12)

_UP, _DOWN = "01234567890", "09876543210"
_ROUND = re.compile(r"(\d)\1{3}|(\d\d)\2")


class Personal(TypedDict):
    """What identifies a helper."""

    name: str


def new_code(drawn: bytes) -> str:
    """The pseudonym of a helper, of ten random bytes: nothing leads from it to the name."""
    return "h-" + base64.b32encode(drawn).decode().lower()


def is_weak(pin: str) -> bool:
    """Whether it is among the first that anybody would try: 0000, 1212, 1234, 4321, or straight down the keys."""
    return _ROUND.fullmatch(pin) is not None or pin in _UP or pin in _DOWN or pin in ("2580", "0852")


def is_locked(row: HelperRow, now: datetime) -> bool:
    """Whether the helper has to wait."""
    return row["locked_until"] is not None and now < row["locked_until"]


def to_desk(row: HelperRow, personal: Personal) -> dict[str, Any]:
    """A helper as a laptop shows them, to be chosen."""
    return {
        "id": row["id"],
        "name": personal["name"],
        "code": row["code"],
        "hasPin": row["pin"] is not None,
    }


def to_api(row: HelperRow, personal: Personal, digipunts: Collection[str], now: datetime) -> dict[str, Any]:
    """A helper as a coordinator sees them."""
    return {
        **to_desk(row, personal),
        "digipunts": sorted(digipunts),
        "locked": is_locked(row, now),
        "version": row["version"],
    }
