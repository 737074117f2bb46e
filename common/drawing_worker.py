"""The process that `common.drawings` starts: a PNG on stdin, what it is on stdout.

Somebody waits at the desk for its answer, so it loads nothing of ours.
"""

from __future__ import annotations

import resource
import sys
from io import BytesIO
from typing import Literal

Fault = Literal["unreadable", "size", "empty"]

SMALLEST = (20, 10)
LARGEST = (4000, 2000)
"""Width and height in pixels of a canvas, on a small screen and on a large one of high resolution."""

MAX_MEMORY = 1024**3
"""Bytes of address space; a picture that needs more is none."""

CONTRAST = 48
"""How much a sign differs from what is around it, of 255."""

LEAST_INK = 10
LEAST_LENGTH = 5
"""Pixels of ink, and of the longer side of what is drawn: a finger that touched the screen leaves less."""


def look(png: bytes) -> Literal["drawn"] | Fault:
    """What this picture is."""
    from PIL import Image

    try:
        with Image.open(BytesIO(png), formats=["PNG"]) as picture:
            width, height = picture.size
            if not (SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]):
                return "size"
            picture.load()
            # As it will be on paper: what is transparent is white there.
            paper = Image.new("RGBA", picture.size, "white")
            grey = Image.alpha_composite(paper, picture.convert("RGBA")).convert("L")
    except Exception:
        return "unreadable"
    counts = grey.histogram()
    around = counts.index(max(counts))
    ink = grey.point([255 if abs(value - around) >= CONTRAST else 0 for value in range(256)])
    box = ink.getbbox()
    if box is None or ink.histogram()[255] < LEAST_INK:
        return "empty"
    return "drawn" if max(box[2] - box[0], box[3] - box[1]) >= LEAST_LENGTH else "empty"


def main() -> int:
    """Look at one picture. Returns the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    sys.stdout.write(look(sys.stdin.buffer.read()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
