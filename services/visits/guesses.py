"""Codes of visitor cards cannot be guessed: whoever names many that nobody has is not answered for a while.

A mistyped code is no guess: its check character is wrong. Nor is a code that was asked for before, which a desk without network
sends again and again. Counted in this process, by who the token says is asking.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from chassis.errors import TooManyRequests
from common.access import Caller, coordinates

if TYPE_CHECKING:
    from limits.strategies import RateLimiter

WRONG_CODES = {False: ("20/hour", "60/day"), True: ("1000/hour",)}
"""How many codes without a card are answered; more for a coordinator, who imports lists."""

REMEMBERED = 5_000
LOCKED_SECONDS = 3600


class Guesses:
    """The wrong codes of late, by who named them."""

    def __init__(self) -> None:
        self._limiter: RateLimiter | None = None
        self._seen: OrderedDict[tuple[str, str], None] = OrderedDict()

    def require_allowed(self, caller: Caller) -> None:
        """Raise TooManyRequests when the caller has named too many codes that nobody has."""
        limiter, key = self._ready(), _key(caller)
        if not all(limiter.test(limit, key) for limit in _limits(caller)):
            raise _refusal()

    def wrong(self, caller: Caller, codes: Collection[str]) -> None:
        """Count codes that nobody has. Raises TooManyRequests when these are too many: then none of them is answered."""
        limiter, key = self._ready(), _key(caller)
        for code in codes:
            if (key, code) in self._seen:
                continue
            if not all(limiter.hit(limit, key) for limit in _limits(caller)):
                raise _refusal()
            self._seen[key, code] = None
            if len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)

    def _ready(self) -> RateLimiter:
        # Most starts never ask, and the library would take part in every one.
        if self._limiter is None:
            from limits.storage import MemoryStorage
            from limits.strategies import MovingWindowRateLimiter

            self._limiter = MovingWindowRateLimiter(MemoryStorage())
        return self._limiter


def _limits(caller: Caller) -> list[Any]:
    from limits import parse

    return [parse(each) for each in WRONG_CODES[coordinates(caller)]]


def _key(caller: Caller) -> str:
    """Who asks, as far as the token tells: tokens of the same role may have no other subject than the role."""
    return " ".join([caller.subject, *sorted(caller.municipalities), *sorted(caller.digipunts)])


def _refusal() -> TooManyRequests:
    return TooManyRequests(
        "tooManyWrongCodes",
        retry_after=LOCKED_SECONDS,
    )
