"""A visitor card: a random code on paper, and no name behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.fingerprint import drop_empty


def body(row: Mapping[str, Any]) -> dict[str, Any]:
    """A card as the API shows it to the desk that holds it."""
    return drop_empty({name: row.get(name) for name in ("id", "code", "state", "contact", "version")})
