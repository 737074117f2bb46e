"""How long what is kept: one clock for all services, in months, from `DIGIPUNT_RETENTION`."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date

from chassis.errors import ConfigurationError

MOST = 120
"""Months that anything of this may be kept."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Months after which something goes."""

    borrowers: int = 12
    """After they brought back the last device, or asked for one."""
    contacts: int = 3
    """After their last session or follow-up."""
    texts: int = 24
    """Remarks in free text, after the day that they are about."""
    trail: int = 60
    """Who saw and changed what, after that."""

    @classmethod
    def read(cls, setting: str, text: str, usual: Retention) -> Retention:
        """`name=months` with commas, for what is not kept as long as usual. Raises ConfigurationError."""
        names = [each.name for each in fields(cls)]
        found = {}
        for part in filter(None, (each.strip() for each in text.split(","))):
            match = re.fullmatch(r"([a-z]+)=([0-9]{1,3})", part)
            if not match or match[1] not in names or not 1 <= int(match[2]) <= MOST:
                raise ConfigurationError(
                    f"{setting} holds {part!r}: it takes name=months with commas, of {', '.join(names)}, 1 to {MOST} months"
                )
            found[match[1]] = int(match[2])
        return replace(usual, **found)


@dataclass(frozen=True, slots=True)
class Due:
    """What has to go, or went: so many of this kind, because it is from before this day."""

    what: str
    count: int
    before: date


def months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or the last day of it when that month is shorter."""
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - date.resolution).day))
