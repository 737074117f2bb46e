"""A measure in parts of time: columns where each value fits above its own, rows where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.reporting.charts.axis import GAP, labels_under
from services.reporting.charts.drawing import (
    EDGE,
    LINE,
    SIZE,
    Caption,
    Drawing,
    Form,
    begin,
    sentence,
    text_width,
)
from services.reporting.model.numbers import whole

COLUMN_HEIGHT = 180
"""Of the highest column, in pixels."""
WIDEST_COLUMN = 64
ROW = 28
"""From one row to the next."""
BAR, OUTLINE = 16, 8
"""How high the bar in a row is, and under it the outline of what it is compared with."""
HIDDEN_LENGTH = 28
"""Of a bar whose value is not told: always the same."""

_NOT_TOLD = {
    "c": {"nl": "verborgen", "fr": "masqué", "en": "hidden"},
    "x": {"nl": "niet beschikbaar", "fr": "pas disponible", "en": "not available"},
    "z": {"nl": "niet van toepassing", "fr": "sans objet", "en": "not applicable"},
}
"""What stands beside a bar without a value, by its sign."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One part: its label, under a column the label's first lines, and what was counted.

    `value` and `before` (the same part of the period it is compared with) are None where that is not told; `status` is then
    the sign that says why.
    """

    label: str
    under: tuple[str, ...]
    value: int | None
    before: int | None = None
    status: str = "A"


def bars(
    caption: Caption,
    parts: Sequence[Bar],
    form: Form,
    *,
    empty: str,
) -> str:
    """The SVG of a series; the sentence `empty` where nothing was counted in it, nor in what it is compared with."""
    if not any(part.value or part.before or part.value is None for part in parts):
        return sentence(form, caption, empty)
    drawing = begin(form, caption)
    told = [_told(part, form.language) for part in parts]
    room = (form.width - 2 * EDGE) / len(parts)
    # The value stands above its own column, not above the one it is compared with.
    share = 0.5 if any(part.before is not None for part in parts) else 1.0
    if max(map(text_width, told)) <= room * share:
        _columns(drawing, parts, told, room, share)
    else:
        _rows(drawing, parts, told)
    return drawing.svg(caption)


def _told(part: Bar, language: str) -> str:
    return whole(part.value, language) if part.value is not None else _NOT_TOLD[part.status][language]


def _highest(parts: Sequence[Bar]) -> int:
    return max(1, *(value or 0 for part in parts for value in (part.value, part.before)))


def _columns(drawing: Drawing, parts: Sequence[Bar], told: Sequence[str], room: float, share: float) -> None:
    base = drawing.bottom + LINE + COLUMN_HEIGHT
    scale = COLUMN_HEIGHT / _highest(parts)
    wide = min(room * share * 0.8, WIDEST_COLUMN)
    middles = [EDGE + room * (number + 0.5) for number in range(len(parts))]
    for middle, part, text in zip(middles, parts, told, strict=True):
        own = middle if part.before is None else middle - wide / 2
        if part.before is not None:
            height = part.before * scale
            drawing.box(middle + 1, base - height, wide, height, kind="outline")
        height = HIDDEN_LENGTH if part.value is None else part.value * scale
        kind = "hatched" if part.value is None else "bar"
        drawing.box(own - wide / 2, base - height, wide, height, kind=kind)
        drawing.text(own, base - height - GAP, text, anchor="middle")
    labels_under(drawing, base, middles, [part.under for part in parts])


def _rows(drawing: Drawing, parts: Sequence[Bar], told: Sequence[str]) -> None:
    left = EDGE + max(text_width(part.label) for part in parts) + GAP
    room = drawing.width - EDGE - left
    scale = _row_scale(parts, told, room)
    compared = any(part.before is not None for part in parts)
    for part, text in zip(parts, told, strict=True):
        top = drawing.bottom + GAP
        drawing.text(EDGE, top + SIZE - 3, part.label, muted=True)
        length = HIDDEN_LENGTH if part.value is None else part.value * scale
        drawing.box(left, top, length, BAR, kind="hatched" if part.value is None else "bar")
        drawing.text(left + length + GAP, top + SIZE - 3, text)
        if part.before is not None:
            drawing.box(left, top + BAR + 3, part.before * scale, OUTLINE, kind="outline")
        drawing.bottom += ROW + (OUTLINE + 3 if compared else 0)


def _row_scale(parts: Sequence[Bar], told: Sequence[str], room: float) -> float:
    """Pixels for one: as long as each bar leaves room for its value behind it."""
    scales = [room / _highest(parts)]
    for part, text in zip(parts, told, strict=True):
        if part.value:
            scales.append((room - GAP - text_width(text)) / part.value)
    return min(scales)
