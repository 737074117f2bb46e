"""When two bodies sent under one id say the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any


def fingerprint(content: Mapping[str, Any]) -> str:
    """A hash of what was sent, after normalising and before anything is filled in from the clock or the database.

    So a resend is the same in an hour from now too, and `10:12+01:00` is the same as `09:12Z`.
    """
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")


def utc_text(moment: datetime) -> str:
    """A moment as events and answers write it: UTC with `Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def drop_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is not known is left out, not sent as null or as an empty list."""
    return {name: value for name, value in values.items() if value is not None and value != []}
