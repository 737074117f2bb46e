"""Postal addresses: the parts that are stored, and the one line in which people read them."""

from __future__ import annotations

from typing import TypedDict


class Address(TypedDict, total=False):
    """An address, as far as it is known."""

    street: str | None
    postalCode: str | None
    town: str | None


def address_line(address: Address | None) -> str | None:
    """An address on one line, such as “Grote Markt 1, 3300 Tienen”; None when no part of it is known."""
    if not address:
        return None
    town = " ".join(filter(None, (address.get("postalCode"), address.get("town"))))
    return ", ".join(filter(None, (address.get("street"), town))) or None
