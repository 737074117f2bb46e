"""Whether a picture drawn on a screen is one: it can be decoded, it has a size that a canvas has, and something is drawn.

What a client sent is decoded in a process of its own, with little memory and little time.
"""

from __future__ import annotations

import sys
from typing import cast

import structlog

from common.drawing_worker import LARGEST, SMALLEST, Fault
from common.workers import Workers

__all__ = ["LARGEST", "SMALLEST", "Fault", "Inspector"]

log = structlog.get_logger(__name__)

TIMEOUT = 10.0
AT_ONCE = 2


class Inspector:
    """Looks at drawings, a few at a time."""

    def __init__(self) -> None:
        self._workers = Workers(
            (sys.executable, "-m", "common.drawing_worker"),
            timeout=TIMEOUT,
            at_once=AT_ONCE,
            busy="tooManyDrawings",
            late="drawingTooSlow",
        )

    def fault(self, png: bytes) -> Fault | None:
        """What is wrong with a drawing; None when nothing is. Raises Unavailable when there is no time to look."""
        seen = self._workers.run(png)
        if seen.code:  # A decoder that ran out of memory, or fell over, has not read it either.
            log.warning("drawing.notDecoded", code=seen.code, error=seen.error)
        said = "unreadable" if seen.code else seen.output.decode()
        return None if said == "drawn" else cast("Fault", said)
