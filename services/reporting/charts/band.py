"""A number that is known between two bounds, growing over time towards steps: certain below, possible in the hatched band."""

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
from services.reporting.charts.wording import at_least_words, at_most_words
from services.reporting.model.numbers import whole

HEIGHT = 260
"""Of the plot, in pixels."""


@dataclass(frozen=True, slots=True)
class Level:
    """How far it had come at the end of one part of the period."""

    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Step:
    """A number to reach, and how it stands with it in words, such as “1.000: zeker bereikt”."""

    value: int
    text: str


def band(
    caption: Caption,
    labels: Sequence[tuple[str, ...]],
    known: Sequence[Level],
    steps: Sequence[Step],
    form: Form,
    *,
    empty: str,
) -> str:
    """The SVG of the bounds after each part of a period, of which the first ones are `known`; all have `labels`.

    The sentence `empty` instead where nothing is known yet and there is no step either.
    """
    if not steps and not any(level.at_most for level in known):
        return sentence(form, caption, empty)
    drawing = begin(form, caption)
    top = drawing.bottom + 2 * LINE
    base = top + HEIGHT
    highest = max(1, *(step.value for step in steps), *(level.at_most for level in known))
    plot = _Plot(EDGE, drawing.width - EDGE, base, HEIGHT / highest, len(labels))
    if known:
        _bounds(drawing, plot, known)
    _steps(drawing, plot, steps, form.language)
    if known:
        _ends(drawing, plot, known, steps, form.language)
    middles = [plot.x(number + 0.5) for number in range(len(labels))]
    labels_under(drawing, base, middles, labels)
    return drawing.svg(caption)


@dataclass(frozen=True, slots=True)
class _Plot:
    left: float
    right: float
    base: float
    scale: float
    parts: int

    def x(self, part: float) -> float:
        """Where part number `part` ends; the period begins at 0."""
        return self.left + (self.right - self.left) * part / self.parts

    def y(self, value: float) -> float:
        return self.base - value * self.scale


def _bounds(drawing: Drawing, plot: _Plot, known: Sequence[Level]) -> None:
    start = (plot.left, plot.base)
    least = [start, *((plot.x(n), plot.y(level.at_least)) for n, level in enumerate(known, 1))]
    most = [start, *((plot.x(n), plot.y(level.at_most)) for n, level in enumerate(known, 1))]
    drawing.shape([*least, (least[-1][0], plot.base)], kind="area")
    if least != most:
        drawing.shape([*most, *reversed(least)], kind="hatched")
        drawing.shape(most, kind="line")
    drawing.shape(least, kind="line")


def _steps(drawing: Drawing, plot: _Plot, steps: Sequence[Step], language: str) -> None:
    """A line each, with its text above it at the left, where the band is low; the number alone where words do not fit."""
    for step in steps:
        y = plot.y(step.value)
        drawing.line(plot.left, y, plot.right, y, dashed=True)
        fits = text_width(step.text) <= (plot.right - plot.left) / 2
        drawing.text(plot.left, y - GAP, step.text if fits else whole(step.value, language))


def _ends(
    drawing: Drawing, plot: _Plot, known: Sequence[Level], steps: Sequence[Step], language: str
) -> None:
    """The bounds in numbers where they end: the upper one above its line, the lower one under it."""
    last, end = known[-1], plot.x(len(known))
    texts = [at_least_words(last.at_least, language), at_most_words(last.at_most, language)]
    wide = max(text_width(text, bold=True) for text in texts)
    beside = end + GAP + wide <= plot.right
    taken = [(plot.y(step.value) - SIZE - GAP, plot.y(step.value) + 2) for step in steps]
    lowest = plot.y(last.at_least) if beside else _curve(plot, known, end - wide)
    under = _clear(lowest + SIZE + GAP, sorted(taken), down=True)
    if beside:
        under = min(under, plot.base - GAP)
    elif under > plot.base - GAP:  # There is no room under a curve that rises so late: both stand above it.
        under = _clear(plot.y(last.at_most) - GAP, sorted(taken, reverse=True), down=False)
    above = min(plot.y(last.at_most) - GAP, under - LINE)
    above = _clear(above, sorted(taken, reverse=True), down=False)
    for text, baseline in list(zip(texts, (under, above), strict=True))[: 1 + (last.at_most > last.at_least)]:
        if beside:
            drawing.text(end + GAP, baseline, text, bold=True)
        else:
            drawing.text(end, baseline, text, anchor="end", bold=True)


def _curve(plot: _Plot, known: Sequence[Level], x: float) -> float:
    """How high the lower bound is at `x`, as pixels from the top."""
    values = [0, *(level.at_least for level in known)]
    part = max(0.0, (x - plot.left) / (plot.x(1) - plot.left))
    before = min(int(part), len(values) - 2)
    return plot.y(values[before] + (values[before + 1] - values[before]) * (part - before))


def _clear(baseline: float, taken: Sequence[tuple[float, float]], *, down: bool) -> float:
    """A baseline of which the text meets none of what is taken, moved down or up past it."""
    for top, bottom in taken:
        if baseline - SIZE < bottom and baseline > top:
            baseline = bottom + SIZE if down else top - 2
    return baseline
