"""The labels under a drawing's ground line."""

from __future__ import annotations

from collections.abc import Sequence

from services.reporting.charts.drawing import EDGE, LINE, SIZE, Drawing, text_width

GAP = 6
"""Between two texts, or a text and a line, in pixels."""


STRIDES = (1, 2, 3, 4, 6, 12)
"""Every how many parts one has its label; steps that months of a year fall into."""


def labels_under(
    drawing: Drawing, base: float, middles: Sequence[float], labels: Sequence[Sequence[str]]
) -> None:
    """Under a line at `base`, around each middle: all labels, or at regular distances as many as do not touch."""
    drawing.line(EDGE, base, drawing.width - EDGE, base)
    drawing.bottom = max(drawing.bottom, base)
    widths = [max(map(text_width, label)) + GAP for label in labels]
    room = middles[1] - middles[0] if middles[1:] else drawing.width
    stride = next((each for each in STRIDES if max(widths) <= room * each), STRIDES[-1])
    for middle, width, label in list(zip(middles, widths, labels, strict=True))[::stride]:
        x = min(max(middle, width / 2), drawing.width - width / 2)
        for number, text in enumerate(label):
            y = base + SIZE + 2 + number * LINE
            drawing.text(x, y, text, anchor="middle", muted=True)
            drawing.bottom = max(drawing.bottom, y)
