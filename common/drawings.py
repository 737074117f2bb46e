"""Whether a picture drawn on a screen is one: it can be decoded, it has a size that a canvas has, and something is drawn.

What a client sent is decoded in a process of its own, with little memory and little time.
"""

from __future__ import annotations

import sys
from typing import Literal, cast

from common.workers import Workers

Fault = Literal["unreadable", "size", "empty"]

SMALLEST = (20, 10)
LARGEST = (4000, 2000)
"""Width and height in pixels of a canvas, on a small screen and on a large one of high resolution."""

TIMEOUT = 10.0
AT_ONCE = 2


class Inspector:
    """Looks at drawings, a few at a time."""

    def __init__(self) -> None:
        self._workers = Workers(
            (sys.executable, "-m", "common.drawing_worker"),
            timeout=TIMEOUT,
            at_once=AT_ONCE,
            busy="Too many drawings are being looked at just now.",
            late="The drawing could not be looked at in time; try again.",
        )

    def fault(self, png: bytes) -> Fault | None:
        """What is wrong with a drawing; None when nothing is. Raises Unavailable when there is no time to look."""
        seen = self._workers.run(png)
        # A decoder that ran out of memory, or fell over, has not read it either.
        said = seen.output.decode() if seen.code == 0 else "unreadable"
        return None if said == "drawn" else cast("Fault", said)
