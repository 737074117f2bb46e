"""A drawing that grows downwards: texts, lines and shapes with plain attributes, and the captions above them."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

NARROWEST, WIDEST = 280, 1200
"""Pixels: a small phone beside its margins, and a wide screen."""

SIZE, TITLE_SIZE = 16, 18
"""Height of texts in pixels; never less, so that each is readable on a phone."""
LINE = 22
"""From one line of text to the next."""
EDGE = 4
"""Room around the drawing, for strokes."""

_NARROW = frozenset("iljtfrI.,:;'’!|()- \u202f\u00a0")
_WIDE = frozenset("mwMWGOQ%@&")


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and the font of a chart."""

    ink: str
    muted: str
    hue: str
    font: str


SCREEN = Look(
    ink="currentColor",
    muted="var(--muted, #5f564e)",
    hue="var(--c1, var(--brand, #0f5c5a))",
    font="system-ui, sans-serif",
)
"""In a page: its colours, also those of a dark page or a municipality's theme."""

PAPER = Look(ink="#2b2622", muted="#5f564e", hue="#0f5c5a", font="DejaVu Sans, sans-serif")
"""In a document, where colours have no names."""


@dataclass(frozen=True, slots=True)
class Form:
    """How a chart is to be: `width` in pixels, and whether it has its caption in it."""

    width: int
    language: str
    look: Look = SCREEN
    captioned: bool = True


@dataclass(frozen=True, slots=True)
class Caption:
    """The message of a chart, and what, where and when it is about."""

    title: str
    subtitle: str


def text_width(text: str, size: int = SIZE, *, bold: bool = False) -> float:
    """About how wide a text is, in pixels; rather too wide, because the font is the reader's own."""
    units = sum(0.4 if sign in _NARROW else 0.95 if sign in _WIDE else 0.64 for sign in text)
    return units * size * (1.1 if bold else 1.0)


def wrapped(text: str, width: float, size: int = SIZE, *, bold: bool = False) -> list[str]:
    """The text in lines that fit; a word that is wider than a line has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def number(value: float) -> str:
    """A length as SVG has it, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(slots=True)
class Drawing:
    """What is drawn so far; `bottom` is how far down it reaches, in pixels."""

    width: int
    look: Look
    bottom: float = EDGE
    parts: list[str] = field(default_factory=list)
    hatched: bool = False

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        anchor: str = "start",
        bold: bool = False,
        size: int = SIZE,
        muted: bool = False,
    ) -> None:
        """A line of text whose baseline begins, has its middle or ends at `x`."""
        fill = self.look.muted if muted else self.look.ink
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(
            f'<text x="{number(x)}" y="{number(y)}" text-anchor="{anchor}" font-size="{size}"{weight} fill="{fill}">'
            f"{escape(text)}</text>"
        )

    def paragraph(self, text: str, *, bold: bool = False, size: int = SIZE, muted: bool = False) -> None:
        """Lines of text over the whole width, under what is there."""
        for line in wrapped(text, self.width - 2 * EDGE, size, bold=bold):
            self.bottom += LINE
            self.text(EDGE, self.bottom, line, bold=bold, size=size, muted=muted)

    def box(self, x: float, y: float, width: float, height: float, *, kind: str = "bar") -> None:
        """A rectangle: a `bar` filled, the `outline` of one, or one `hatched`."""
        look = self.look
        if kind == "hatched":
            self.hatched = True
        fill = {"bar": look.hue, "outline": "none", "hatched": "url(#digipunt-hatch)"}[kind]
        stroke = "" if kind == "bar" else f' stroke="{look.hue}" stroke-width="1.5"'
        self.parts.append(
            f'<rect class="{kind}" x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
            f' fill="{fill}"{stroke}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, *, dashed: bool = False) -> None:
        """A thin line, such as the one that bars stand on."""
        dashes = ' stroke-dasharray="6 4"' if dashed else ""
        self.parts.append(
            f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
            f' stroke="{self.look.muted}" stroke-width="1"{dashes}/>'
        )

    def shape(self, points: list[tuple[float, float]], *, kind: str) -> None:
        """The `line` through these points, or the `area` or `hatched` area that they enclose."""
        look = self.look
        if kind == "hatched":
            self.hatched = True
        paint = {
            "line": f'fill="none" stroke="{look.hue}" stroke-width="2.5"',
            "area": f'fill="{look.hue}" fill-opacity="0.2"',
            "hatched": 'fill="url(#digipunt-hatch)"',
        }[kind]
        name = "polyline" if kind == "line" else "polygon"
        places = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(f'<{name} class="{kind}" points="{places}" {paint}/>')

    def svg(self, caption: Caption) -> str:
        """The whole document; its title says the message to who cannot see it."""
        height = number(self.bottom + 2 * EDGE)
        hatch = (
            '<defs><pattern id="digipunt-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<path d="M0 6L6 0" stroke="{self.look.hue}" stroke-width="1.5" fill="none"/></pattern></defs>'
            if self.hatched
            else ""
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{self.width}" height="{height}"'
            f' viewBox="0 0 {self.width} {height}" font-family={quoteattr(self.look.font)}>'
            f"<title>{escape(caption.title)}</title><desc>{escape(caption.subtitle)}</desc>"
            f"{hatch}{''.join(self.parts)}</svg>"
        )


def begin(form: Form, caption: Caption) -> Drawing:
    """A drawing that begins with its caption, unless the page around it prints that."""
    drawing = Drawing(form.width, form.look)
    if form.captioned:
        drawing.paragraph(caption.title, bold=True, size=TITLE_SIZE)
        drawing.paragraph(caption.subtitle, muted=True)
        drawing.bottom += EDGE * 2
    return drawing


def sentence(form: Form, caption: Caption, text: str) -> str:
    """What stands where there is nothing to draw: no axes, a sentence."""
    drawing = begin(form, caption)
    drawing.paragraph(text)
    return drawing.svg(caption)
