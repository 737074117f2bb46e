"""Where the library `limits` counts: in this process, by a clock that never jumps.

Its own storage in memory follows the wall clock, so that a laptop whose clock is put back would keep a caller out for as long,
and runs a thread beside.
"""

from __future__ import annotations

from collections.abc import Callable

from limits.storage import Storage


class Windows(Storage):
    """Counts that end with their window. All windows are equally long, so those that began first end first."""

    STORAGE_SCHEME = None

    def __init__(self, monotonic: Callable[[], float]) -> None:
        super().__init__()
        self._monotonic = monotonic
        self._counts: dict[str, tuple[int, float]] = {}
        """How often, and when the window ends."""

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        now = self._monotonic()
        self._forget(now)
        count, ends = self._counts.get(key, (0, now + expiry))
        self._counts[key] = count + amount, ends
        return count + amount

    def get(self, key: str) -> int:
        self._forget(self._monotonic())
        return self._counts.get(key, (0, 0.0))[0]

    def get_expiry(self, key: str) -> float:
        return self._counts.get(key, (0, self._monotonic()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int | None:
        forgotten = len(self._counts)
        self._counts.clear()
        return forgotten

    def clear(self, key: str) -> None:
        self._counts.pop(key, None)

    def _forget(self, now: float) -> None:
        while self._counts:
            oldest = next(iter(self._counts))
            if self._counts[oldest][1] > now:
                return
            del self._counts[oldest]
