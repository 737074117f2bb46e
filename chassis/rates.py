"""How often one caller is let in: writes by who the token says is asking, attempts to sign in by where they come from.

Counted in this process, by each service for itself, in minutes that begin with the first request. It holds off a script gone
wild, a stolen token, a stranger who tries; what a request may cost is bounded elsewhere (`chassis.http.parser`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING, Any, Literal

from chassis.errors import ConfigurationError, TooOften

if TYPE_CHECKING:
    from limits.strategies import FixedWindowRateLimiter

Rated = Literal["writes", "signIns"]

MOST = 1_000_000
CODES: dict[Rated, str] = {"writes": "tooManyWrites", "signIns": "tooManySignIns"}


@dataclass(frozen=True, slots=True)
class Rates:
    """How often a minute one caller may do something; 0 for as often as they like."""

    writes: int = 0
    sign_ins: int = 0

    @classmethod
    def read(cls, setting: str, text: str, usual: Rates) -> Rates:
        """`name=number` with commas, for what is not as usual. Raises ConfigurationError."""
        names = {"writes": "writes", "signIns": "sign_ins"}
        found = {}
        for part in filter(None, (each.strip() for each in text.split(","))):
            match = re.fullmatch(r"([a-zA-Z]+)=([0-9]{1,7})", part)
            if not match or match[1] not in names or int(match[2]) > MOST:
                raise ConfigurationError(
                    f"{setting} holds {part!r}: it takes name=number with commas, of {', '.join(names)}, a minute"
                )
            found[names[match[1]]] = int(match[2])
        return replace(usual, **found)


USUAL = Rates(writes=1200, sign_ins=300)
"""A desk that comes back sends its outbox in a few batches, and a list of 100,000 rows is imported in 200. Behind one address
may be all laptops of a town, which ask for a new token when their day begins."""


class Turnstile:
    """Lets each caller through so many times a minute."""

    def __init__(self, rates: Rates, monotonic: Callable[[], float]) -> None:
        self._most: dict[Rated, int] = {"writes": rates.writes, "signIns": rates.sign_ins}
        self._monotonic = monotonic
        self._limiter: FixedWindowRateLimiter | None = None
        self._limits: dict[Rated, Any] = {}

    def pass_through(self, what: Rated, who: str) -> None:
        """Count this time. Raises TooOften, which says when the caller's minute is over."""
        if not self._most[what]:
            return
        limiter, limit = self._ready(), self._limits[what]
        if not limiter.hit(limit, what, who):
            ends = limiter.get_window_stats(limit, what, who).reset_time
            seconds = max(1, math.ceil(ends - self._monotonic()))
            raise TooOften(CODES[what], retry_after=seconds, seconds=seconds)

    def _ready(self) -> FixedWindowRateLimiter:
        # Most starts never write, and the library would take part in every one.
        if self._limiter is None:
            from limits import RateLimitItemPerMinute
            from limits.strategies import FixedWindowRateLimiter

            from chassis.windows import Windows

            self._limits = {what: RateLimitItemPerMinute(most) for what, most in self._most.items() if most}
            self._limiter = FixedWindowRateLimiter(Windows(self._monotonic))
        return self._limiter


def neighbourhood(address: str) -> str:
    """The address, or the network of an IPv6 address: whoever has one address there has all of them."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        return str(ip.ipv4_mapped or IPv6Address(int(ip) >> 64 << 64))
    return str(ip)
