"""Paired laptops: the codes and secrets by which they come in, and when wrong PINs close one."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from services.desk.model.rows import LaptopRow, PointRow

PAIRING_LIFE = timedelta(minutes=10)
LIVE_PAIRINGS = 5
"""Codes that one digipunt may have open; another one takes the place of the oldest."""

WRONG_CODES = 10
"""Wrong codes within `PAIRING_LIFE`, from anywhere, after which no code is looked at and those that were open are gone."""

TOKEN_LIFE = timedelta(minutes=60)
WRONG_PINS = 10
"""Wrong PINs on one laptop after which it asks for the coordinator."""

FORGOTTEN_AFTER = timedelta(hours=1)
"""So long after the first wrong PIN a right one sets the laptop's count back."""

CHECK_SHOWN = timedelta(days=1)


def new_code(below: int) -> str:
    """The code of a pairing, of a number below a million."""
    return f"{below:06d}"


def code_hash(key: bytes, code: str) -> str:
    """What is kept of a code. Keyed: a million codes are tried out in a second by whoever has a plain hash."""
    return hmac.new(key, b"digipunt pairing\0" + code.encode(), hashlib.sha256).hexdigest()


def secret_hash(secret: str) -> str:
    """What is kept of a laptop's secret, which is too random to be tried out."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Whether two hashes are the same, in a time that does not depend on where they differ."""
    return hmac.compare_digest(left, right)


def is_locked(row: LaptopRow) -> bool:
    """Whether too many PINs were wrong on it."""
    return row["wrong_pins"] >= WRONG_PINS


def to_itself(row: LaptopRow, point: PointRow | None) -> dict[str, Any]:
    """A laptop as it sees itself, with what it shows of its digipunt."""
    return {
        "id": row["id"],
        "name": row["name"],
        "digipunt": row["digipunt"],
        "digipuntName": point["name"] if point else None,
        "phone": point["phone"] if point else None,
        "locked": is_locked(row),
    }


def to_api(row: LaptopRow, now: datetime) -> dict[str, Any]:
    """A laptop as its coordinators see it."""
    return {
        "id": row["id"],
        "name": row["name"],
        "digipunt": row["digipunt"],
        "municipality": row["municipality"],
        "check": row["check_digits"] if now - row["paired_at"] < CHECK_SHOWN else None,
        "pairedAt": row["paired_at"],
        "lastSeenAt": row["last_seen_at"],
        "waiting": row["waiting"],
        "parked": row["parked"],
        "version": row["app_version"],
        "storage": row["storage"],
        "browser": row["browser"],
        "locked": is_locked(row),
        "etag": f'"{row["version"]}"',
    }
