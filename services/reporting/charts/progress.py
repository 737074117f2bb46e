"""How far a target has come: a line to its last step, filled as far as is certain and hatched as far as is possible."""

from __future__ import annotations

from collections.abc import Sequence

from services.reporting.charts.axis import GAP
from services.reporting.charts.drawing import (
    EDGE,
    LINE,
    SIZE,
    Caption,
    Drawing,
    Form,
    begin,
    text_width,
    wrapped,
)
from services.reporting.charts.wording import bounds_words
from services.reporting.model.numbers import whole

HEIGHT = 24
"""Of the line, in pixels."""
TICK = 8


def progress(
    caption: Caption,
    at_least: int,
    at_most: int,
    steps: Sequence[int],
    form: Form,
) -> str:
    """The SVG of a target: what was counted stands above the line, its steps below it; `steps` go up."""
    drawing = begin(form, caption)
    room = form.width - 2 * EDGE
    scale = room / max(steps[-1], at_most)
    low, high = at_least * scale, at_most * scale
    _counted(drawing, EDGE + high, bounds_words(at_least, at_most, form.language))
    top = drawing.bottom + GAP
    drawing.box(EDGE, top, low, HEIGHT)
    if at_most > at_least:
        drawing.box(EDGE + low, top, high - low, HEIGHT, kind="hatched")
    drawing.box(EDGE, top, room, HEIGHT, kind="outline")
    drawing.bottom = top + HEIGHT + TICK
    _steps(drawing, top, [(EDGE + step * scale, whole(step, form.language)) for step in steps])
    return drawing.svg(caption)


def _counted(drawing: Drawing, end: float, text: str) -> None:
    """Above the end of what is filled, and inside the drawing: in two lines where one is too narrow."""
    for line in wrapped(text, drawing.width - 2 * EDGE, bold=True):
        half = text_width(line, bold=True) / 2
        drawing.bottom += LINE
        middle = min(max(end, EDGE + half), drawing.width - EDGE - half)
        drawing.text(middle, drawing.bottom, line, anchor="middle", bold=True)


def _steps(drawing: Drawing, top: float, steps: Sequence[tuple[float, str]]) -> None:
    """A mark each; its number below, one line lower where it would touch that of the step before."""
    free: list[float] = []
    under = drawing.bottom
    for x, text in steps:
        half = text_width(text) / 2
        middle = min(max(x, EDGE + half), drawing.width - EDGE - half)
        row = next((n for n, end in enumerate(free) if end <= middle - half), len(free))
        free[row : row + 1] = [middle + half + GAP]
        baseline = under + row * LINE + SIZE
        drawing.line(x, top, x, baseline - SIZE)
        drawing.text(middle, baseline, text, anchor="middle")
        drawing.bottom = max(drawing.bottom, baseline)
