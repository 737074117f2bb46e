"""Addresses as people write them."""

from __future__ import annotations

from collections.abc import Mapping


def one_line(address: Mapping[str, object] | None) -> str | None:
    """Such as “Grote Markt 1, 3300 Tienen”; what is not known is left out, and None is left of nothing."""
    if not address:
        return None
    town = " ".join(str(part) for name in ("postalCode", "town") if (part := address.get(name)))
    return ", ".join(str(part) for part in (address.get("street"), town) if part) or None
