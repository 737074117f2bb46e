"""A sheet of labels to stick on devices, each with a QR code that a scanner or a phone reads at stock-taking.

A4 sheets of 24 labels of 70 × 37 mm, three columns and eight rows, as every stationer sells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from chassis.green import in_turns
from services.loans.documents.pages import page, picture

PER_SHEET = 24
"""Labels on a sheet."""


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
    places = [None] * skip + [
        {
            "qr": picture("image/svg+xml", qr(each.code)),
            "kind": each.kind,
            "label": each.label,
            "owner": each.owner,
            "phone": each.phone,
        }
        for each in in_turns(labels)
    ]
    sheets = [places[start : start + PER_SHEET] for start in range(0, len(places), PER_SHEET)]
    return page("labels.html", sheets=sheets)


def qr(text: str) -> bytes:
    """The QR code of `text` as SVG, readable when a quarter of it is scratched off (error correction Q)."""
    import segno

    drawn = BytesIO()
    segno.make(text, error="q", micro=False).save(drawn, kind="svg", border=0, scale=4, xmldecl=False)
    return drawn.getvalue()
