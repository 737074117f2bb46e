"""A sheet of labels to stick on devices, each with a QR code that a scanner or a phone reads at stock-taking.

A4 sheets of 24 labels of 70 × 37 mm, three columns and eight rows, as every stationer sells them. What stands beside the code
is set as large as all of it fits: a number to call of which a part is missing is worse than a small one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import product

from chassis.green import in_turns
from services.loans.documents.fitting import Part, height
from services.loans.documents.pages import page, picture

PER_SHEET = 24
"""Labels on a sheet."""

WIDTH, HEIGHT, SPACING = 34.0, 28.0, 1.2
"""Millimetres beside the code, and the height of a line in parts of its type; as in the template."""

SIZES = (9.0, 8.0, 7.0, 6.0, 5.0, 4.5, 4.0)
LABEL_SIZES = (14.0, 12.0, 10.5, *SIZES)
"""Points, for the label itself and for the rest."""


@dataclass(frozen=True, slots=True)
class DeviceLabel:
    """One label: the text in its QR code, and what people read next to it."""

    code: str
    kind: str
    label: str
    owner: str
    phone: str | None = None


def html(labels: Sequence[DeviceLabel], *, skip: int = 0) -> str:
    """The sheets, for common.pdf; `skip` labels of the first sheet are used already."""
    places = [None] * skip + [_drawn(each) for each in in_turns(labels)]
    sheets = [places[start : start + PER_SHEET] for start in range(0, len(places), PER_SHEET)]
    return page("labels.html", sheets=sheets)


def _drawn(label: DeviceLabel) -> dict[str, object]:
    large, small = _sizes(label)
    return {
        "qr": picture("image/svg+xml", qr(label.code)),
        "kind": label.kind,
        "label": label.label,
        "owner": label.owner,
        "phone": label.phone,
        "large": large,
        "small": small,
    }


def _sizes(label: DeviceLabel) -> tuple[float, float]:
    """The largest type in which everything fits, of the label and of the rest: first the label gives way, then all."""
    for small, large in product(SIZES, LABEL_SIZES):
        if large < small:
            continue
        parts = [
            Part(label.label, large, bold=True),
            Part(label.kind, small),
            Part(label.owner, small),
            *([Part(label.phone, small, whole=True)] if label.phone else []),
        ]
        high = height(parts, WIDTH, SPACING)
        if high is not None and high <= HEIGHT:
            return large, small
    return SIZES[-1], SIZES[-1]


def qr(text: str) -> bytes:
    """The QR code of `text` as SVG, readable when a quarter of it is scratched off (error correction Q)."""
    import segno

    drawn = BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="svg", border=0, scale=4, xmldecl=False)
    return drawn.getvalue()
