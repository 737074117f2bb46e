"""Charts as a reader and a screen reader get them; numbers as in 7-figures §11."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from services.reporting.charts import (
    NARROWEST,
    PAPER,
    WIDEST,
    Bar,
    Caption,
    Form,
    Level,
    Step,
    band,
    bars,
    progress,
)
from services.reporting.model.periods import Period
from services.reporting.queries.pictures import part_labels, parts_of

SVG = "{http://www.w3.org/2000/svg}"
CAPTION = Caption("itsme hield mensen 41 keer tegen", "Tienen, januari tot en met december 2025")
MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
VALUES = [0, 5, 41, 12, 3, 0, 7, 28, 1, 9, 1, 41]


def year(values: list[int | None], status: str = "A", before: list[int] | None = None) -> list[Bar]:
    """A bar a month."""
    return [
        Bar(
            f"{month} 2025",
            (month,),
            value,
            before[n] if before else None,
            "A" if value is not None else status,
        )
        for n, (month, value) in enumerate(zip(MONTHS, values, strict=False))
    ]


def drawn(parts: list[Bar], width: int = 600, **more: object) -> ElementTree.Element:
    """The chart, parsed."""
    svg = bars(CAPTION, parts, Form(width, "nl", **more), empty="Nog niets.")  # type: ignore[arg-type]
    return ElementTree.fromstring(svg)


def texts(chart: ElementTree.Element) -> list[str]:
    """What is written in it, in order."""
    return [each.text or "" for each in chart.iter(f"{SVG}text")]


def boxes(chart: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    """Width and height of the boxes of a kind."""
    return [
        (float(each.attrib["width"]), float(each.attrib["height"]))
        for each in chart.iter(f"{SVG}rect")
        if each.attrib["class"] == kind
    ]


def span(text: ElementTree.Element) -> tuple[float, float]:
    """From where to where a text may reach: no letter of the fonts in use is wider than its height on average."""
    length = len(text.text or "") * float(text.attrib["font-size"]) * 0.64
    x = float(text.attrib["x"])
    start = {"start": x, "middle": x - length / 2, "end": x - length}[text.attrib["text-anchor"]]
    return start, start + length


@pytest.mark.parametrize("width", [NARROWEST, 320, 600, 1000, WIDEST])
def test_every_number_is_there_in_full_at_every_width(width):
    """Each value stands in the chart, 16 pixels high at least, horizontal, inside the drawing, and none touches another."""
    chart = drawn(year(VALUES), width)
    for value in VALUES:
        assert texts(chart).count(str(value)) == VALUES.count(value)
    rows: dict[str, list[tuple[float, float]]] = {}
    for each in chart.iter(f"{SVG}text"):
        assert float(each.attrib["font-size"]) >= 16
        assert "transform" not in each.attrib
        if (each.text or "").isdecimal():
            start, end = span(each)
            assert start >= 0
            assert end <= width, each.text
            rows.setdefault(each.attrib["y"], []).append((start, end))
    for row in rows.values():
        for (_, end), (start, _) in zip(sorted(row), sorted(row)[1:], strict=False):
            assert end <= start


@pytest.mark.parametrize("width", [NARROWEST, 1000])
def test_11_a_hidden_value_is_hatched_of_fixed_length_and_keeps_its_place(width):
    """Hidden is not drawn as 0, not sorted, and always as long: a bar of 0 has no length and a “0”."""
    few = drawn(year([0, 5, None, 41, None], "c"), width)
    many = drawn(year([0, 900, None, 4, None], "c"), width)
    assert len(boxes(few, "hatched")) == 2
    assert boxes(few, "hatched") == boxes(many, "hatched")
    assert texts(few).count("verborgen") == 2
    assert 0 in {min(box) for box in boxes(few, "bar")}
    order = [text for text in texts(few) if text in ("0", "5", "41", "verborgen")]
    assert order == ["0", "5", "verborgen", "41", "verborgen"]


def test_12_nothing_of_a_hidden_value_is_left_in_the_file():
    """What comes in is None, so two charts of different hidden values are the same bytes; the reason is a word."""
    hidden = bars(CAPTION, year([3, None], "c"), Form(600, "nl"), empty="")
    assert "None" not in hidden
    assert "verborgen" in hidden
    away = bars(CAPTION, year([3, None], "x"), Form(600, "fr"), empty="")
    assert "pas disponible" in away


def test_nothing_counted_is_a_sentence_without_axes():
    """Empty is told in words; a single zero among others is a bar of 0."""
    chart = drawn(year([0, 0, 0]))
    assert texts(chart)[-1] == "Nog niets."
    assert not boxes(chart, "bar")
    assert not list(chart.iter(f"{SVG}line"))


def test_the_period_before_is_outlined_and_has_no_numbers_of_its_own():
    """One hue: what is compared with is an outline beside the bar; a number belongs to a filled bar only."""
    chart = drawn(year([5, 7], before=[4000, 2]), 600)
    assert len(boxes(chart, "outline")) == 2
    assert "4.000" not in texts(chart)
    tall, _ = boxes(chart, "outline")
    filled, _ = boxes(chart, "bar")
    assert max(tall) > max(filled)


@pytest.mark.parametrize("captioned", [True, False])
def test_the_message_is_the_title_for_who_cannot_see(captioned):
    """role=img with a title; drawn as text too, unless the page prints it."""
    chart = drawn(year(VALUES), captioned=captioned)
    assert chart.attrib["role"] == "img"
    assert chart[0].tag == f"{SVG}title"
    assert chart[0].text == CAPTION.title
    assert (CAPTION.title in texts(chart)) is captioned


def test_a_strict_policy_of_the_page_holds_and_paper_has_plain_colours():
    """No style, no script, no address; on paper no names of colours that only a page knows."""
    screen = bars(CAPTION, year([1, None], "c"), Form(600, "nl"), empty="")
    assert not re.search(r"style|script|href|https?:(?!//www\.w3\.org/2000/svg)", screen)
    assert "currentColor" in screen
    paper = bars(CAPTION, year(VALUES), Form(600, "nl", PAPER), empty="")
    assert "var(" not in paper
    assert "currentColor" not in paper


def test_a_name_cannot_break_out_of_the_drawing():
    """A digipunt may be called anything."""
    caption = Caption("BOM & <b>co</b>", '"\'t Recupke" > 1')
    assert ElementTree.fromstring(bars(caption, year(VALUES), Form(280, "nl"), empty=""))[0].text == (
        "BOM & <b>co</b>"
    )


@pytest.mark.parametrize("width", [NARROWEST, 600, 1000])
def test_a_reach_has_two_bounds_and_its_steps(width):
    """Both bounds in numbers at their end, each step on its line; the texts do not run through one another."""
    steps = [Step(value, f"{value}: niet bereikt") for value in (1000, 1500, 1750)]
    svg = band(
        CAPTION,
        [(month,) for month in MONTHS],
        [Level(90 * n, 100 * n) for n in range(1, 11)],
        steps,
        Form(width, "nl"),
        empty="",
    )
    chart = ElementTree.fromstring(svg)
    found = texts(chart)
    assert "minstens 900" in found
    assert "hoogstens 1.000" in found
    assert sum(text.startswith(("1000", "1.000", "1500", "1.500", "1750", "1.750")) for text in found) == 3
    shown = [each for each in chart.iter(f"{SVG}text") if each.text not in (CAPTION.title, CAPTION.subtitle)]
    for one in shown:
        for other in shown:
            if one is not other and abs(float(one.attrib["y"]) - float(other.attrib["y"])) < 14:
                (start, end), (begin, stop) = span(one), span(other)
                assert end <= begin or stop <= start, (one.text, other.text)


def test_a_reach_that_rises_late_runs_through_no_text():
    """Under such a curve there is no room for a bound, so both stand above it."""
    levels = [*[Level(2 * n, 3 * n) for n in range(1, 12)], Level(900, 1000)]
    svg = band(CAPTION, [(month,) for month in MONTHS], levels, [], Form(NARROWEST, "nl"), empty="")
    chart = ElementTree.fromstring(svg)
    ends = [each for each in chart.iter(f"{SVG}text") if each.text in ("minstens 900", "hoogstens 1.000")]
    highest = min(
        float(point.split(",")[1]) for each in chart.iter() for point in each.get("points", "").split()
    )
    assert len(ends) == 2
    assert all(float(each.attrib["y"]) < highest for each in ends)


@pytest.mark.parametrize("width", [NARROWEST, 600])
def test_a_target_is_a_line_with_its_steps(width):
    """Filled as far as is certain, hatched as far as is possible; each number in full, none over another."""
    svg = progress(CAPTION, 878, 1442, [1000, 1500, 1750], Form(width, "nl", captioned=False))
    chart = ElementTree.fromstring(svg)
    assert " ".join(texts(chart)).split() == [
        "minstens",
        "878,",
        "hoogstens",
        "1.442",
        "1.000",
        "1.500",
        "1.750",
    ]
    [filled], [perhaps], [line] = (boxes(chart, kind) for kind in ("bar", "hatched", "outline"))
    assert filled[0] / line[0] == pytest.approx(878 / 1750, abs=0.01)
    assert (filled[0] + perhaps[0]) / line[0] == pytest.approx(1442 / 1750, abs=0.01)
    steps = [each for each in chart.iter(f"{SVG}text") if (each.text or "")[:2] == "1."]
    for one, other in pairwise(steps):
        assert one.attrib["y"] != other.attrib["y"] or span(one)[1] <= span(other)[0]
    exact = ElementTree.fromstring(progress(CAPTION, 897, 897, [1000], Form(width, "en")))
    assert "897" in texts(exact)
    assert not boxes(exact, "hatched")


@pytest.mark.parametrize(
    ("first", "last", "by"),
    [
        (date(2025, 3, 1), date(2025, 3, 31), "day"),
        (date(2025, 1, 1), date(2025, 6, 30), "month"),
        (date(2025, 1, 1), date(2027, 2, 28), "month"),
        (date(2025, 1, 1), date(2027, 3, 31), "quarter"),
        (date(2000, 1, 1), date(2025, 12, 31), "year"),
    ],
)
def test_a_period_is_cut_so_that_there_are_few_columns(first, last, by):
    """By day up to a month, then by calendar periods, 26 at most."""
    period = Period(first, last)
    assert parts_of(period) == by
    assert by == "day" or period.parts(by) <= 26


def test_the_year_stands_under_the_first_month_and_each_january():
    """So that no month is taken for that of another year."""
    assert part_labels(date(2024, 11, 1), "month", 0, "nl") == ("nov 2024", ("nov", "2024"))
    assert part_labels(date(2024, 12, 1), "month", 1, "nl")[1] == ("dec",)
    assert part_labels(date(2025, 1, 1), "month", 2, "fr")[1] == ("janv.", "2025")
